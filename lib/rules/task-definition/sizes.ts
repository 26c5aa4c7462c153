import {
  type FargateSize,
  fargateCpuValues,
  fargateMemoryFor,
  nearestFargateSize,
  type Os,
} from "../../aws/fargate-sizes";
import { osOf } from "../../aws/runtime-platforms";
import { list } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { ModelNode } from "../../model/model";
import { containersOf } from "../../model/queries";
import { set } from "../repairs";

type Definition = ModelNode<"taskDefinition">;

export const osOfDefinition = (definition: Definition): Os =>
  osOf(definition.props.runtimePlatform.operatingSystemFamily);

/** What the containers of a task claim together: CPU units, MiB reserved, and the largest hard limit of one. */
export function claimsOf(definition: Definition): { cpu: number; memory: number; largest: number } {
  const containers = containersOf(definition);
  return {
    cpu: containers.reduce((sum, item) => sum + (item.cpu ?? 0), 0),
    memory: containers.reduce((sum, item) => sum + (item.memoryReservation ?? item.memory ?? 0), 0),
    largest: Math.max(0, ...containers.map((item) => item.memory ?? 0)),
  };
}

/** "1024, 2048 or 4096": the memory that goes with a CPU value, or the CPU values where it is none. */
export function allowedText(cpu: number, os: Os): string {
  const memory = fargateMemoryFor(cpu, os);
  if (memory.length === 0) return `one of ${list(fargateCpuValues(os).map(String), "or")} CPU`;
  const step = (memory[1] ?? 0) - (memory[0] ?? 0);
  const even = memory.every((value, index) => index === 0 || value - (memory[index - 1] ?? 0) === step);
  return even && memory.length > 3
    ? `${memory[0]} to ${memory.at(-1)} MiB in steps of ${step}`
    : `${list(memory.map(String), "or")} MiB`;
}

/** Edits that make the task this size. */
export const resize = (definition: Definition, size: FargateSize): Edit[] => [
  ...(definition.props.cpu === size.cpu ? [] : [set(definition.id, "/cpu", size.cpu)]),
  ...(definition.props.memory === size.memory ? [] : [set(definition.id, "/memory", size.memory)]),
];

/** "256 CPU and 512 MiB". */
export const sizeText = ({ cpu, memory }: FargateSize): string =>
  [...(cpu > 0 ? [`${cpu} CPU`] : []), `${memory} MiB`].join(" and ");

/** The smallest Fargate size for what the task asks for and its containers claim; null when it is too big. */
export function fittingSize(definition: Definition): FargateSize | null {
  const { cpu, memory, largest } = claimsOf(definition);
  return nearestFargateSize(
    Math.max(definition.props.cpu ?? 0, cpu),
    Math.max(definition.props.memory ?? 0, memory, largest),
    osOfDefinition(definition),
  );
}
