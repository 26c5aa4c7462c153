import type { Charge, Tariff } from "../charge";
import { hoursPerMonth, type Sku } from "../prices";

/** Storage that every Fargate task includes, in GB. https://aws.amazon.com/fargate/pricing/ */
export const INCLUDED_STORAGE_GB = 20;

/** The least that Fargate bills of each task, in minutes, by operating system. https://aws.amazon.com/fargate/pricing/ */
const LEAST_MINUTES = { linux: 1, windows: 5 };

export type OperatingSystem = keyof typeof LEAST_MINUTES;

/** What floating point leaves of a whole second. */
const NO_SECOND = 1e-9;

/** Billed minutes of one run: each begun second, and no fewer than the least. https://aws.amazon.com/fargate/pricing/ */
export const billedMinutes = (minutes: number, os: OperatingSystem): number =>
  Math.max(Math.ceil(minutes * 60 - NO_SECOND) / 60, LEAST_MINUTES[os]);

/** Billed hours of tasks that run `minutes` each. */
export const billedHours = (runs: number, minutes: number, os: OperatingSystem = "linux"): number =>
  (runs * billedMinutes(minutes, os)) / 60;

export interface FargateSize {
  os: OperatingSystem;
  arch: "x86" | "arm";
  vcpu: number;
  /** Memory in GB. */
  gb: number;
  /** Ephemeral storage in GB; 20 unless given. */
  storageGb?: number;
}

export interface FargateHours {
  /** Of all tasks together. */
  hours: number;
  /** How they came about: "730 h × 2 tasks". */
  note: string;
  /** Fargate Spot at this discount, in per cent; AWS lists no Spot price. */
  spotDiscount?: number;
  assumption?: string;
}

/** Rates that a person types in, in place of the price list's. */
export interface FargateRates {
  vcpuHour: number;
  gbHour: number;
  licenceHour?: number;
  source: string;
}

/**
 * Fargate tasks: vCPU, memory, on Windows the licence, and storage beyond the 20 GB that each includes. On Spot, storage
 * is charged on demand. https://aws.amazon.com/fargate/pricing/
 */
export function fargateTasks(size: FargateSize, run: FargateHours, rates?: FargateRates): Charge[] {
  const { os, arch, vcpu, gb } = size;
  const windows = os === "windows";
  const family = windows ? "fargate.windows" : (`fargate.linux.${arch}` as const);
  const spot = run.spotDiscount !== undefined;
  const kind = `${windows ? "Windows" : arch === "arm" ? "Linux, ARM64" : "Linux, x86"}${spot ? ", Spot" : ""}`;
  const charge = (tariff: Tariff, item: string, each: number, unit: string, discounted = spot): Charge => ({
    tariff,
    item,
    quantity: run.hours * each,
    note: `${run.note} × ${each} ${unit}${discounted ? `, ${run.spotDiscount} % below on demand` : ""}`,
    ...(discounted ? { factor: 1 - (run.spotDiscount ?? 0) / 100 } : {}),
    ...(run.assumption === undefined ? {} : { assumption: run.assumption }),
  });
  const typed = (rate: number | undefined, unit: string, sku: Sku): Tariff =>
    rates && rate !== undefined ? { given: rate, unit, source: rates.source } : { sku };
  const extra = Math.max(0, (size.storageGb ?? INCLUDED_STORAGE_GB) - INCLUDED_STORAGE_GB);
  return [
    charge(typed(rates?.vcpuHour, "vCPU-hour", `${family}.vcpu_hour`), `Fargate vCPU hours (${kind})`, vcpu, "vCPU"),
    charge(typed(rates?.gbHour, "GB-hour", `${family}.gb_hour`), `Fargate memory hours (${kind})`, gb, "GB"),
    ...(windows
      ? [
          charge(
            typed(rates?.licenceHour, "vCPU-hour", "fargate.windows.os_vcpu_hour"),
            "Windows licence hours",
            vcpu,
            "vCPU",
          ),
        ]
      : []),
    ...(extra > 0
      ? [charge({ sku: "fargate.ephemeral_gb_hour" }, "Fargate ephemeral storage hours", extra, "GB", false)]
      : []),
  ];
}

/** EKS pods on Fargate, billed like tasks of Linux on x86. https://aws.amazon.com/fargate/pricing/ */
export const eksPods = (pod: { vcpu: number; gb: number }, { hours, note }: FargateHours): Charge[] => [
  {
    tariff: { sku: "eks.fargate.vcpu_hour" },
    item: "Fargate vCPU hours (EKS pods)",
    quantity: hours * pod.vcpu,
    note: `${note} × ${pod.vcpu} vCPU`,
  },
  {
    tariff: { sku: "eks.fargate.gb_hour" },
    item: "Fargate memory hours (EKS pods)",
    quantity: hours * pod.gb,
    note: `${note} × ${pod.gb} GB`,
  },
];

/** An EKS control plane; extended support is a surcharge. https://aws.amazon.com/eks/pricing/ */
export function eksCluster({ extendedSupport = false, hours = hoursPerMonth, clusters = 1 } = {}): Charge[] {
  const quantity = hours * clusters;
  const note = `${hours} h × ${clusters} clusters`;
  return [
    { tariff: { sku: "eks.cluster_hour" }, item: "EKS cluster hours", quantity, note },
    ...(extendedSupport
      ? [{ tariff: { sku: "eks.extended_support_hour" as const }, item: "EKS extended support hours", quantity, note }]
      : []),
  ];
}
