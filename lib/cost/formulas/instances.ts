import { count } from "../../core/text";
import type { Charge } from "../charge";
import { hoursPerMonth, type PriceBook } from "../prices";

export interface InstanceUse {
  type: string;
  instances: number;
  hours?: number;
  /** Root volume of each, gp3, in GB. */
  rootGb?: number;
  assumption?: string;
}

const noteOf = (use: InstanceUse): string => `${use.hours ?? hoursPerMonth} h × ${count(use.instances, "instance")}`;

/** Root volumes of instances, by the GB that they have on average over the month. https://aws.amazon.com/ebs/pricing/ */
export const rootVolumes = (gb: number): Charge => ({
  tariff: { sku: "ebs.gp3.gb_month" },
  item: "Root volumes (gp3)",
  quantity: gb,
  note: `${gb} GB`,
});

/** EC2 instances on demand and their root volumes. https://aws.amazon.com/ec2/pricing/on-demand/ */
export function ec2Instances(use: InstanceUse): Charge[] {
  const assumed = use.assumption === undefined ? {} : { assumption: use.assumption };
  const gb = use.instances * (use.rootGb ?? 0);
  return [
    {
      tariff: { instance: use.type },
      item: `EC2 instance hours (${use.type}, Linux, On-Demand)`,
      quantity: use.instances * (use.hours ?? hoursPerMonth),
      note: noteOf(use),
      ...assumed,
    },
    ...(gb > 0
      ? [{ ...rootVolumes(gb), note: `${count(use.instances, "instance")} × ${use.rootGb} GB`, ...assumed }]
      : []),
  ];
}

/**
 * ECS Managed Instances: the EC2 price, and a fee for AWS's work. The fee has no row of its own in the price list: a
 * fraction of the EC2 price is used, which one source gives. https://aws.amazon.com/ecs/pricing/
 */
export function managedInstances(use: InstanceUse, prices: PriceBook | null): Charge[] {
  const ratio = prices?.price("ecs.managed_instances.fee_ratio")?.tiers[0]?.price;
  const fee: Charge = {
    tariff:
      ratio === undefined
        ? { unknown: "The fee for ECS Managed Instances is not in the price list.", unit: "instance-hour" }
        : { instance: use.type },
    item: `ECS Managed Instances fee (${use.type})`,
    quantity: use.instances * (use.hours ?? hoursPerMonth),
    note: `${noteOf(use)}${ratio === undefined ? "" : `, ${Number((ratio * 100).toPrecision(4))} % of the EC2 price`}`,
    ...(ratio === undefined ? {} : { factor: ratio }),
    assumption: "AWS sets the fee for each type; this fraction is that of an example of AWS, not of the price list.",
  };
  return [...ec2Instances(use), fee];
}

/** External instances of ECS Anywhere; each started hour is a whole one. https://aws.amazon.com/ecs/anywhere/pricing/ */
export const ecsAnywhere = (instances: number, hours = hoursPerMonth): Charge => ({
  tariff: { sku: "ecs.anywhere.instance_hour" },
  item: "ECS Anywhere instance hours",
  quantity: instances * Math.ceil(hours),
  note: `${Math.ceil(hours)} h × ${count(instances, "instance")}`,
});
