import { count } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { vpcOf } from "../../model/queries";
import { ec2Instances, rootVolumes } from "../formulas/instances";
import { internetOut, publicAddresses } from "../formulas/network";
import type { Ledger } from "../ledger";
import { type InstanceRoom, type Packed, pack, type StartedTasks, type TaskGroup } from "../packing";
import { hoursPerMonth } from "../prices";
import { assumption, isKnown, type Known } from "../usage";
import { figure } from "../words";
import { priced } from "./cell";
import { capacityIn, roomOf, startedGroup, tasksOn } from "./instance-tasks";
import { allStarted, runsOf } from "./started";
import { shares } from "./strategy";

/** How many instances are paid, why, and what was assumed about it; undefined when it depends on use alone. */
interface Paid {
  instances: number;
  assumption?: string;
  /** What is started for a while besides. */
  more: readonly More[];
}

/** How the items begin that are not known where the number of instances is not. */
const OF_INSTANCES = ["EC2 instance hours", "Root volumes", "Public IPv4", "Data transfer out"];

type Capacity = ModelNode<"asgCapacityProvider">;

/** EC2 instances, their root volumes and their public addresses. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const autoScalingGroup = priced<"AWS::AutoScaling::AutoScalingGroup">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "asgCapacityProvider")) return;
  const { instanceType, maxSize, rootVolumeGiB, managedScaling } = node.props;
  const item = `EC2 instance hours (${instanceType}, Linux, On-Demand)`;
  const { instances, assumption: counted, more } = paidOf(node, ledger);
  const own = node.props.ami === "custom" ? ["Your own AMI is taken to be Linux, without a licence to pay."] : [];
  const said = [...(counted === undefined ? [] : [counted]), ...own].join(" ");
  const assumed = said === "" ? {} : { assumption: said };
  if (instances > 0) {
    ledger.addAll(ec2Instances({ type: instanceType, instances, rootGb: rootVolumeGiB, ...assumed }));
    chargeAddresses(
      node,
      ledger,
      hoursPerMonth * instances,
      `${hoursPerMonth} h × ${count(instances, "instance")}`,
      assumed,
    );
  } else if (more.length === 0) {
    if (managedScaling && maxSize > 0) {
      const why = `Depends on use: managed scaling starts up to ${count(maxSize, "instance")} when tasks need them.`;
      ledger.miss(item, "hours", 0, why, OF_INSTANCES);
    } else ledger.note(resource.type, "No instance runs.", "https://aws.amazon.com/ec2/pricing/on-demand/");
  }
  for (const one of more) chargeForAWhile(node, ledger, one);
  if (instances > 0 || more.length > 0) chargeSent(node, ledger);
});

/**
 * What tasks send to the internet over the addresses of their instances: those with a network interface of their own have
 * no public address on EC2. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
 */
function chargeSent(node: Capacity, ledger: Ledger): void {
  if (node.props.tier !== "public" || vpcOf(node as ModelNode)?.props.source !== "new") return;
  const groups = [...tasksOn(ledger, node).groups, ...startedOn(ledger, node).map(({ group }) => group)];
  if (groups.some(({ interfaces }) => interfaces === 0)) ledger.use("internetGb", internetOut);
}

function chargeAddresses(
  node: Capacity,
  ledger: Ledger,
  hours: number,
  note: string,
  assumed: { assumption?: string },
): void {
  if (node.props.tier !== "public") return;
  const addresses = publicAddresses(hours, note);
  if (vpcOf(node as ModelNode)?.props.source === "new") ledger.add({ ...addresses, ...assumed });
  else {
    const why = "The subnets of the existing VPC decide whether instances get public addresses.";
    ledger.miss(addresses.item, "hours", 0, why);
  }
}

/** Instances that managed scaling starts for tasks which find no room, and stops when these are done. */
interface More {
  by: ModelNode;
  instances: number;
  runs: Known;
}

/**
 * How long an instance stays when its tasks are done, in minutes: ECS scales in after so many minutes in which there was
 * more than is needed. https://aws.amazon.com/blogs/containers/deep-dive-on-amazon-ecs-cluster-auto-scaling/
 */
const IDLE_MINUTES = 15;

function chargeForAWhile(node: Capacity, ledger: Ledger, { by, instances, runs }: More): void {
  const { instanceType: type, rootVolumeGiB } = node.props;
  const minutes = ledger.figureOf(by.id, "runMinutes");
  const [whole] = ec2Instances({ type, instances });
  if (!whole) return;
  if (!isKnown(runs) || !isKnown(minutes)) {
    ledger.miss(
      whole.item,
      "hours",
      0,
      [runs, minutes].flatMap((one) => (isKnown(one) ? [] : [one.why]))[0] ?? "",
      OF_INSTANCES,
    );
    return;
  }
  const stays = minutes.value + IDLE_MINUTES;
  const hours = Math.min(hoursPerMonth, (runs.value * stays) / 60);
  const note = `${figure(runs.value)} runs × ${stays} min × ${count(instances, "instance")} for ${by.name}`;
  const words = assumption([...runs.assumed, ...minutes.assumed, `${IDLE_MINUTES} idle minutes before ECS scales in`]);
  ledger.add({ ...whole, quantity: hours * instances, note, ...words });
  const gb = (rootVolumeGiB * instances * hours) / hoursPerMonth;
  if (rootVolumeGiB > 0) ledger.add({ ...rootVolumes(gb), note: `${rootVolumeGiB} GB × ${note}`, ...words });
  chargeAddresses(node, ledger, hours * instances, note, words);
}

/** Fits the tasks onto instances, keeps the packing for whoever wants to see it, and says how many are paid. */
function paidOf(node: Capacity, ledger: Ledger): Paid {
  const { instanceType, desiredCapacity, minSize, maxSize, managedScaling, targetCapacity } = node.props;
  const fixed = desiredCapacity ?? minSize;
  const { groups, atMost, assumed, notes } = tasksOn(ledger, node);
  const started = startedOn(ledger, node);
  const facts = roomOf(instanceType);
  if (!facts) {
    const why = `How much CPU and memory ${instanceType} has is not known here, so tasks are not packed onto it.`;
    if (groups.length + started.length > 0) ledger.miss("Packing of tasks onto instances", "instances", 0, why);
    return { ...withScaling(fixed, node), more: [] };
  }
  const { room } = facts;
  const most = Math.max(maxSize, minSize);
  const wanted = ({ instances }: Packed): number =>
    Math.ceil((instances * 100) / Math.min(100, Math.max(1, targetCapacity)));
  const packed = pack(groups, room);
  const tight = tightly(groups, room, facts.certainMemory, packed);
  const instances = managedScaling ? Math.min(Math.max(wanted(packed), minSize), most) : fixed;
  const all = [...notes, ...facts.notes, ...(BURSTS.test(instanceType) ? [bursting(instanceType)] : [])];
  if (tight !== undefined) all.push(tight);
  const unplaced = new Map(packed.unplaced.map((one) => [one.id, one]));
  if (packed.instances > instances)
    all.push(`The tasks need ${count(packed.instances, "instance")}, the group runs ${instances} at most.`);
  if (assumed.length > 0) {
    const peak = pack(atMost, room).instances;
    const limit = managedScaling ? most : fixed;
    if (peak > limit)
      all.push(
        `As many tasks as auto scaling may start need ${count(peak, "instance")}, the group runs ${limit} at most.`,
      );
  }
  const more: More[] = [];
  const beside: StartedTasks[] = [];
  for (const { by, group, runs, grows } of started) {
    const together = pack([...groups, group], room);
    const alone = together.unplaced.find(({ id }) => id === group.id);
    if (alone) unplaced.set(group.id, alone);
    const enough = grows && managedScaling ? Math.min(Math.max(wanted(together), instances), most) : instances;
    const [needs, extra] = [together.instances - instances, enough - instances];
    beside.push({ id: by.id, tasks: group.tasks, more: Math.max(0, needs), bins: together.bins });
    if (extra > 0) more.push({ by, instances: extra, runs });
    if (together.instances > enough) all.push(noRoom(by.name, group.tasks, together.instances, enough, grows));
  }
  for (const { id, tasks, why } of unplaced.values())
    all.push(`${count(tasks, "task")} of ${ledger.model.node(id)?.name ?? id} cannot be placed: ${why}`);
  ledger.packings.push({
    ...packed,
    unplaced: [...unplaced.values()],
    node: node.id,
    type: instanceType,
    room,
    paid: instances,
    started: beside,
    notes: all,
  });
  const tasks = groups.reduce((sum, group) => sum + (group.daemon ? 0 : group.tasks), 0);
  if (!managedScaling) return { instances, more };
  if (tasks === 0) return { ...withScaling(fixed, node), more };
  return minSize === maxSize
    ? { instances, more }
    : {
        instances,
        more,
        assumption: `${count(instances, "instance")}, as ${count(tasks, "task")} fit on ${packed.instances} at ${targetCapacity} % target capacity, between ${minSize} and ${maxSize}; managed scaling decides${assumed.map((words) => `; ${words}`).join("")}.${tight === undefined ? "" : ` ${tight}`}`,
      };
}

/**
 * What becomes of a packing that fills memory which the operating system and the agent may keep; undefined where none does.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
function tightly(
  groups: readonly TaskGroup[],
  room: InstanceRoom,
  certain: number,
  packed: Packed,
): string | undefined {
  if (packed.bins.every(({ used }) => used.memory <= certain)) return undefined;
  const less = pack(groups, { ...room, memory: certain });
  const filled = "Tasks fill memory that the operating system and the ECS agent may keep, a tenth at most";
  if (less.unplaced.length > packed.unplaced.length) return `${filled}: then some find no room on this type.`;
  return less.instances > packed.instances
    ? `${filled}: then they need ${count(less.instances, "instance")}.`
    : undefined;
}

/** T3, T3a and T4g instances begin in unlimited mode. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode.html */
const BURSTS = /^t[34]/;
const bursting = (type: string): string =>
  `${type} bursts without limit: where its CPU is above the baseline over a day, AWS charges each vCPU hour beyond, which is not in this estimate.`;

/** What becomes of tasks that find no room. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html */
const noRoom = (starter: string, tasks: number, needed: number, has: number, grows: boolean): string =>
  `${count(tasks, "task")} that ${starter} starts would need ${count(needed, "instance")} together with the services; ${has} ${has === 1 ? "is" : "are"} there. ${
    grows
      ? "More are not allowed to start, so some wait. Raise the maximum."
      : "With the launch type EC2 nothing is started for them, so RunTask fails. Start them through a capacity provider, or raise the minimum."
  }`;

interface OnCapacity {
  by: ModelNode;
  group: TaskGroup;
  runs: Known;
  /** True for tasks that a capacity provider was named for: managed scaling starts instances for them. */
  grows: boolean;
}

/** What rules and schedules start on a capacity. */
const startedOn = (ledger: Ledger, node: Capacity): OnCapacity[] =>
  allStarted(ledger).flatMap(({ by, resource, started }) => {
    const { definition, tasks, cluster, onInstances, providers, strategy } = started;
    const named = providers.indexOf(node.id);
    const here = providers.length > 0 ? (shares(tasks, strategy)[named] ?? 0) : tasks;
    const home = providers.length > 0 ? named >= 0 : capacityIn(ledger.model, cluster)?.id === node.id;
    if (!definition || !onInstances || !home || here <= 0) return [];
    const group = startedGroup(by.id, definition, here);
    const runs = runsOf(ledger, by, resource.properties.ScheduleExpression);
    return [{ by, group, runs, grows: providers.length > 0 }];
  });

function withScaling(instances: number, node: Capacity): Omit<Paid, "more"> {
  const { desiredCapacity, maxSize, managedScaling } = node.props;
  if (!managedScaling || instances >= maxSize || instances <= 0) return { instances };
  const which = desiredCapacity === undefined ? "minimum" : "desired number";
  return {
    instances,
    assumption: `${count(instances, "instance")}, the ${which}; managed scaling may run up to ${maxSize}.`,
  };
}
