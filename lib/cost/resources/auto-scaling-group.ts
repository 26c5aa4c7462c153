import { count } from "../../core/text";
import { isKind } from "../../model/build";
import { vpcOf } from "../../model/queries";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

/** EC2 instances, their root volumes and their public addresses. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const autoScalingGroup = priced<"AWS::AutoScaling::AutoScalingGroup">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "asgCapacityProvider")) return;
  const { instanceType, desiredCapacity, minSize, rootVolumeGiB, managedScaling } = node.props;
  const instances = desiredCapacity ?? minSize;
  const assumption =
    managedScaling && instances < node.props.maxSize
      ? `${count(instances, "instance")} assumed, the ${desiredCapacity === undefined ? "minimum" : "desired number"}; managed scaling may run up to ${node.props.maxSize}.`
      : undefined;
  if (instances <= 0) {
    if (managedScaling && node.props.maxSize > 0) {
      const why = `Depends on use: managed scaling starts up to ${count(node.props.maxSize, "instance")} when tasks need them.`;
      ledger.miss(`EC2 instance hours (${instanceType}, Linux, On-Demand)`, "hours", 0, why);
    }
    return;
  }
  const note = `${hoursPerMonth} h × ${count(instances, "instance")}`;
  ledger.addInstances(instanceType, {
    item: `EC2 instance hours (${instanceType}, Linux, On-Demand)`,
    quantity: hoursPerMonth * instances,
    note,
    ...(assumption === undefined ? {} : { assumption }),
  });
  ledger.add("ebs.gp3.gb_month", {
    item: "Root volumes (gp3)",
    quantity: rootVolumeGiB * instances,
    note: `${count(instances, "instance")} × ${rootVolumeGiB} GB`,
    ...(assumption === undefined ? {} : { assumption }),
  });
  if (node.props.tier !== "public") return;
  const item = "Public IPv4 address hours";
  if (vpcOf(node)?.props.source === "new") {
    const quantity = hoursPerMonth * instances;
    ledger.add("vpc.public_ipv4.in_use_hour", {
      item,
      quantity,
      note,
      ...(assumption === undefined ? {} : { assumption }),
    });
  } else
    ledger.miss(item, "hours", 0, "The subnets of the existing VPC decide whether instances get public addresses.");
});
