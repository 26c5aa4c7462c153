import type { Known as KnownResource, Stack } from "../../stack/stack";
import { isType } from "../../stack/stack";
import { type Properties, targetOf, type Value } from "../../stack/value";
import { type FargateHours, type FargateSize, fargateTasks, type OperatingSystem } from "../formulas/fargate";
import { internetOut, publicAddresses } from "../formulas/network";
import type { Ledger } from "../ledger";
import { assumption, isKnown } from "../usage";

type Definition = KnownResource<"AWS::ECS::TaskDefinition">;

/** The task definition resource that a property refers to. */
export function definitionOf(stack: Stack, value: Value | undefined): Definition | undefined {
  const id = targetOf(value);
  const resource = id === undefined ? undefined : stack.resources[id];
  return isType(resource, "AWS::ECS::TaskDefinition") ? resource : undefined;
}

/** How the items of Fargate tasks begin, for what is unknown in place of them. */
const OF_FARGATE: readonly string[] = ["Fargate ", "Windows licence"];
/** The same with all else that follows from the number of tasks. */
export const OF_TASKS: readonly string[] = [...OF_FARGATE, "Public IPv4", "Data transfer out"];

/** Hours of tasks in a month, how they came about, and what of it was assumed. */
export interface TaskHours {
  hours: number;
  note: string;
  assumed: readonly string[];
}

const number = (value: Value | undefined): number | undefined => {
  const read = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
};

/** The operating system of a task definition. */
export const systemOf = ({ properties }: Definition): OperatingSystem =>
  String((properties.RuntimePlatform as Properties | undefined)?.OperatingSystemFamily ?? "LINUX").startsWith("WINDOWS")
    ? "windows"
    : "linux";

/** The size that Fargate bills; undefined when the task definition does not say it. */
export function sizeOf(definition: Definition): FargateSize | undefined {
  const { properties } = definition;
  const cpu = number(properties.Cpu);
  const memory = number(properties.Memory);
  if (cpu === undefined || memory === undefined) return undefined;
  const storageGb = number((properties.EphemeralStorage as Properties | undefined)?.SizeInGiB);
  return {
    os: systemOf(definition),
    arch: (properties.RuntimePlatform as Properties | undefined)?.CpuArchitecture === "ARM64" ? "arm" : "x86",
    vcpu: cpu / 1024,
    gb: memory / 1024,
    ...(storageGb === undefined ? {} : { storageGb }),
  };
}

/** Public IPv4 addresses of tasks, one each, and what they send. https://aws.amazon.com/vpc/pricing/ */
export function chargeTaskAddresses(ledger: Ledger, { hours, note, assumed }: TaskHours): void {
  ledger.add({ ...publicAddresses(hours, note), ...assumption(assumed) });
  ledger.use("internetGb", internetOut);
}

/** vCPU, memory and extra storage of Fargate tasks. https://aws.amazon.com/fargate/pricing/ */
export function chargeFargate(ledger: Ledger, definition: Definition, run: TaskHours, spot = false): void {
  const size = sizeOf(definition);
  if (!size) {
    const why = "The task definition does not say its CPU and memory.";
    ledger.miss("Fargate vCPU and memory hours", "hours", run.hours, why, OF_FARGATE);
    return;
  }
  const hours: FargateHours = { hours: run.hours, note: run.note, ...assumption(run.assumed) };
  if (!spot) ledger.addAll(fargateTasks(size, hours));
  else chargeSpot(ledger, size, hours, run.assumed);
}

/** Spot at the discount that the person names: AWS sets Spot rates day by day and lists no price. https://aws.amazon.com/fargate/pricing/ */
function chargeSpot(ledger: Ledger, size: FargateSize, run: FargateHours, assumed: readonly string[]): void {
  const discount = ledger.figure("spotDiscount");
  if (isKnown(discount)) {
    const words = assumption([...assumed, ...discount.assumed]);
    ledger.addAll(fargateTasks(size, { ...run, ...words, spotDiscount: discount.value }));
    return;
  }
  const given = ledger.givenHere("spotDiscount") !== undefined;
  const why = given
    ? discount.why
    : "AWS sets Spot rates day by day and lists no price; they are up to 70 % below on demand. Say the discount in its usage.";
  ledger.miss("Fargate Spot task hours", "hours", run.hours, why, OF_FARGATE);
}
