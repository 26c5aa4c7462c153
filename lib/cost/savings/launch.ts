import { nearestFargateSize } from "../../aws/fargate-sizes";
import { instanceFacts } from "../../aws/instance-types";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { launchOf, taskDefinitionOf } from "../../model/queries";
import { fewestTasks, scalingOf } from "../../model/scaling";
import { priceAll } from "../charge";
import { type FargateSize, fargateTasks } from "../formulas/fargate";
import { ec2Instances } from "../formulas/instances";
import { type Packed, pack, type TaskGroup } from "../packing";
import { hoursPerMonth, type PriceBook } from "../prices";
import { groupOf, roomOf } from "../resources/instance-tasks";

/** The same services on Fargate and on EC2 instances of one type, always on. */
export interface LaunchComparison {
  /** US dollars a month; null where a price or a size is not known. */
  fargate: number | null;
  ec2: number | null;
  packing: Packed | null;
  /** In sentences: what was rounded up, left out or is not known. */
  notes: string[];
}

/** Root volume of instances in the comparison, in GB: what the catalog gives new EC2 capacity. */
const ROOT_GB = 30;

/**
 * Fargate against EC2 for the services of a design, whatever they run on now: tasks are rounded up to sizes that Fargate
 * has, and packed onto instances of `type`. Only compute and root volumes; load balancers and data are the same.
 */
export function fargateAgainstEc2(
  model: Model,
  type: string,
  prices: PriceBook | null,
  services: readonly ModelNode<"service">[] = model.of("service"),
): LaunchComparison {
  const notes: string[] = [];
  const facts = instanceFacts(type);
  const room = roomOf(type);
  const groups: TaskGroup[] = [];
  const charges = services.flatMap((service) => {
    const definition = taskDefinitionOf(service as ModelNode);
    const tasks = fewestTasks(service) ?? 0;
    if (!definition || tasks <= 0 || service.props.schedulingStrategy === "DAEMON") {
      notes.push(`${service.name} is left out: it has no number of tasks that both could run.`);
      return [];
    }
    if (scalingOf(service))
      notes.push(`${service.name} is counted with the fewest tasks that it scales down to, ${tasks}.`);
    const { operatingSystemFamily, cpuArchitecture } = definition.props.runtimePlatform;
    const windows = operatingSystemFamily.startsWith("WINDOWS");
    const arch = cpuArchitecture === "ARM64" ? "arm64" : "x86_64";
    if (windows || (facts && facts.arch !== arch)) {
      notes.push(
        `${service.name} is left out: ${windows ? "Windows" : cpuArchitecture} does not run on ${type} with Linux.`,
      );
      return [];
    }
    const group = groupOf(service, tasks, false);
    const size = nearestFargateSize(group.cpu, group.memory, "linux");
    if (!size || group.gpus > 0) {
      notes.push(`${service.name} is left out: Fargate has no size for its tasks.`);
      return [];
    }
    if (size.cpu > group.cpu || size.memory > group.memory)
      notes.push(
        `${service.name}: Fargate's nearest size is ${size.cpu / 1024} vCPU and ${size.memory / 1024} GB${launchOf(service) === "EC2" ? "" : ", above what it says"}.`,
      );
    groups.push(group);
    const storageGb = definition.props.ephemeralStorage;
    const asked: FargateSize = {
      os: "linux",
      arch: arch === "arm64" ? "arm" : "x86",
      vcpu: size.cpu / 1024,
      gb: size.memory / 1024,
      ...(storageGb === undefined ? {} : { storageGb }),
    };
    return fargateTasks(asked, { hours: hoursPerMonth * tasks, note: `${hoursPerMonth} h × ${tasks} tasks` });
  });
  if (groups.length === 0) return { fargate: null, ec2: null, packing: null, notes };
  const total = (bill: ReturnType<typeof priceAll>): number | null => (bill.unpriced.length > 0 ? null : bill.total);
  const fargate = total(priceAll(charges, prices, model.region));
  if (!room) {
    notes.push(`How much CPU and memory ${type} has is not known here.`);
    return { fargate, ec2: null, packing: null, notes };
  }
  const packing = pack(groups, room.room);
  for (const { id, why } of packing.unplaced) notes.push(`${model.node(id)?.name ?? id} cannot be placed: ${why}`);
  const ec2 =
    packing.unplaced.length > 0
      ? null
      : total(priceAll(ec2Instances({ type, instances: packing.instances, rootGb: ROOT_GB }), prices, model.region));
  return { fargate, ec2, packing, notes: [...notes, ...room.notes] };
}

/** Services of a cluster, for a comparison of one cluster alone. */
export const servicesIn = (cluster: ModelNode): ModelNode<"service">[] =>
  cluster.children.flatMap((child) => (isKind(child, "service") ? [child] : []));
