import type { Known, Stack } from "../../stack/stack";
import { isType } from "../../stack/stack";
import { type Properties, targetOf, type Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import type { Sku } from "../prices";

/** Storage that every Fargate task includes, in GB. https://aws.amazon.com/fargate/pricing/ */
const INCLUDED_STORAGE_GB = 20;

/** The task definition resource that a property refers to. */
export function definitionOf(stack: Stack, value: Value | undefined): Known<"AWS::ECS::TaskDefinition"> | undefined {
  const id = targetOf(value);
  const resource = id === undefined ? undefined : stack.resources[id];
  return isType(resource, "AWS::ECS::TaskDefinition") ? resource : undefined;
}

/** Hours of tasks in a month, and how they came about: "730 h × 2 tasks". */
export interface TaskHours {
  hours: number;
  note: string;
  assumption?: string;
}

const number = (value: Value | undefined): number | undefined => {
  const read = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
};

/** True for a task definition of a Windows family. */
export const isWindows = ({ properties }: Known<"AWS::ECS::TaskDefinition">): boolean =>
  String((properties.RuntimePlatform as Properties | undefined)?.OperatingSystemFamily ?? "LINUX").startsWith(
    "WINDOWS",
  );

/** Public IPv4 addresses of tasks, one each. https://aws.amazon.com/vpc/pricing/ */
export function chargeTaskAddresses(ledger: Ledger, { hours, note, assumption }: TaskHours): void {
  ledger.add("vpc.public_ipv4.in_use_hour", {
    item: "Public IPv4 address hours",
    quantity: hours,
    note,
    ...(assumption === undefined ? {} : { assumption }),
  });
  ledger.use("dt.internet_out_gb", "internetGb", "Data transfer out to the internet");
}

/** What cannot be priced of Fargate Spot. `quantity` counts what `unit` names. https://aws.amazon.com/fargate/pricing/ */
export const missSpot = (ledger: Ledger, unit: string, quantity: number): void =>
  ledger.miss(
    "Fargate Spot task hours",
    unit,
    quantity,
    "AWS sets Spot rates day by day and lists no price; they are up to 70 % below on demand.",
  );

/** vCPU, memory and extra storage of Fargate tasks, by operating system and architecture. https://aws.amazon.com/fargate/pricing/ */
export function chargeFargate(ledger: Ledger, definition: Known<"AWS::ECS::TaskDefinition">, run: TaskHours): void {
  const { properties } = definition;
  const cpu = number(properties.Cpu);
  const memory = number(properties.Memory);
  if (cpu === undefined || memory === undefined) {
    ledger.miss(
      "Fargate vCPU and memory hours",
      "hours",
      run.hours,
      "The task definition does not say its CPU and memory.",
    );
    return;
  }
  const platform = (properties.RuntimePlatform ?? {}) as Properties;
  const windows = isWindows(definition);
  const arm = platform.CpuArchitecture === "ARM64";
  const family = windows ? "fargate.windows" : arm ? "fargate.linux.arm" : "fargate.linux.x86";
  const kind = windows ? "Windows" : arm ? "Linux, ARM64" : "Linux, x86";
  const vcpu = cpu / 1024;
  const gb = memory / 1024;
  const charge = (sku: Sku, item: string, each: number, unit: string): void =>
    ledger.add(sku, {
      item,
      quantity: run.hours * each,
      note: `${run.note} × ${each} ${unit}`,
      ...(run.assumption === undefined ? {} : { assumption: run.assumption }),
    });
  charge(`${family}.vcpu_hour` as Sku, `Fargate vCPU hours (${kind})`, vcpu, "vCPU");
  charge(`${family}.gb_hour` as Sku, `Fargate memory hours (${kind})`, gb, "GB");
  if (windows) charge("fargate.windows.os_vcpu_hour", "Windows licence hours", vcpu, "vCPU");
  const storage = number((properties.EphemeralStorage as Properties | undefined)?.SizeInGiB);
  if (storage !== undefined && storage > INCLUDED_STORAGE_GB) {
    charge("fargate.ephemeral_gb_hour", "Fargate ephemeral storage hours", storage - INCLUDED_STORAGE_GB, "GB");
  }
}
