import { count } from "../../core/text";
import { isKind } from "../../model/build";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

/** EC2 instances and their root volumes. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const autoScalingGroup = priced<"AWS::AutoScaling::AutoScalingGroup">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "asgCapacityProvider")) return;
  const { instanceType, desiredCapacity, minSize, rootVolumeGiB, managedScaling } = node.props;
  const instances = desiredCapacity ?? minSize;
  const assumption =
    managedScaling && instances < node.props.maxSize
      ? `${count(instances, "instance")} assumed, the ${desiredCapacity === undefined ? "minimum" : "desired number"}; managed scaling may run up to ${node.props.maxSize}.`
      : undefined;
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
});
