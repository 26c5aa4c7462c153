import { count } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { vpcOf } from "../../model/queries";
import { ec2Instances } from "../formulas/instances";
import { publicAddresses } from "../formulas/network";
import type { Ledger } from "../ledger";
import { pack } from "../packing";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";
import { roomOf, tasksOn } from "./instance-tasks";

/** How many instances are paid, why, and what was assumed about it; undefined when it depends on use alone. */
interface Paid {
  instances: number;
  assumption?: string;
}

/** EC2 instances, their root volumes and their public addresses. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const autoScalingGroup = priced<"AWS::AutoScaling::AutoScalingGroup">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "asgCapacityProvider")) return;
  const { instanceType, maxSize, rootVolumeGiB, managedScaling } = node.props;
  const item = `EC2 instance hours (${instanceType}, Linux, On-Demand)`;
  const { instances, assumption } = paidOf(node, ledger);
  if (instances === 0) {
    if (managedScaling && maxSize > 0) {
      const why = `Depends on use: managed scaling starts up to ${count(maxSize, "instance")} when tasks need them.`;
      ledger.miss(item, "hours", 0, why);
    } else ledger.note(resource.type, "No instance runs.", "https://aws.amazon.com/ec2/pricing/on-demand/");
    return;
  }
  const assumed = assumption === undefined ? {} : { assumption };
  ledger.addAll(ec2Instances({ type: instanceType, instances, rootGb: rootVolumeGiB, ...assumed }));
  if (node.props.tier !== "public") return;
  const addresses = publicAddresses(hoursPerMonth * instances, `${hoursPerMonth} h × ${count(instances, "instance")}`);
  if (vpcOf(node as ModelNode)?.props.source === "new") ledger.add({ ...addresses, ...assumed });
  else {
    const why = "The subnets of the existing VPC decide whether instances get public addresses.";
    ledger.miss(addresses.item, "hours", 0, why);
  }
});

/** Fits the tasks onto instances, keeps the packing for whoever wants to see it, and says how many are paid. */
function paidOf(node: ModelNode<"asgCapacityProvider">, ledger: Ledger): Paid {
  const { instanceType, desiredCapacity, minSize, maxSize, managedScaling, targetCapacity } = node.props;
  const fixed = desiredCapacity ?? minSize;
  const { groups, notes } = tasksOn(ledger.model, node);
  const facts = roomOf(instanceType);
  if (!facts) {
    const why = `How much CPU and memory ${instanceType} has is not known here, so tasks are not packed onto it.`;
    if (groups.length > 0) ledger.miss("Packing of tasks onto instances", "instances", 0, why);
    return withScaling(fixed, node);
  }
  const packed = pack(groups, facts.room);
  const wanted = Math.ceil((packed.instances * 100) / Math.min(100, Math.max(1, targetCapacity)));
  const instances = managedScaling ? Math.min(Math.max(wanted, minSize), Math.max(maxSize, minSize)) : fixed;
  const all = [...notes, ...facts.notes];
  for (const { id, tasks, why } of packed.unplaced)
    all.push(`${count(tasks, "task")} of ${ledger.model.node(id)?.name ?? id} cannot be placed: ${why}`);
  if (packed.instances > instances)
    all.push(`The tasks need ${count(packed.instances, "instance")}, the group runs ${instances} at most.`);
  ledger.packings.push({ ...packed, node: node.id, type: instanceType, room: facts.room, paid: instances, notes: all });
  const tasks = groups.reduce((sum, group) => sum + (group.daemon ? 0 : group.tasks), 0);
  if (!managedScaling) return { instances };
  if (tasks === 0) return withScaling(fixed, node);
  return minSize === maxSize
    ? { instances }
    : {
        instances,
        assumption: `${count(instances, "instance")}, as ${count(tasks, "task")} fit on ${packed.instances} at ${targetCapacity} % target capacity, between ${minSize} and ${maxSize}; managed scaling decides.`,
      };
}

function withScaling(instances: number, node: ModelNode<"asgCapacityProvider">): Paid {
  const { desiredCapacity, maxSize, managedScaling } = node.props;
  if (!managedScaling || instances >= maxSize || instances <= 0) return { instances };
  const which = desiredCapacity === undefined ? "minimum" : "desired number";
  return {
    instances,
    assumption: `${count(instances, "instance")}, the ${which}; managed scaling may run up to ${maxSize}.`,
  };
}
