import type { Sourced } from "./docs";

/** The two operating systems that Fargate sizes differ by. See `osOf` in runtime-platforms.ts. */
export type Os = "linux" | "windows";

export interface FargateRow {
  /** CPU units; 1024 are one vCPU. */
  cpu: number;
  /** MiB, ascending. */
  memory: readonly number[];
  windows: boolean;
  /** False for sizes that AWS's page does not list but a public tool does: at most a warning, never offered. */
  confirmed: boolean;
}

export interface FargateSize {
  cpu: number;
  memory: number;
}

const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);

/** Task sizes of Fargate, Linux on X86_64 and ARM64 alike. EKS pods on Fargate use the same rows. */
export const fargateSizes: Sourced & { readonly rows: readonly FargateRow[] } = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
  asOf: "2026-05",
  rows: [
    { cpu: 256, memory: [512, 1024, 2048], windows: false, confirmed: true },
    { cpu: 512, memory: steps(1024, 4096, 1024), windows: false, confirmed: true },
    { cpu: 1024, memory: steps(2048, 8192, 1024), windows: true, confirmed: true },
    { cpu: 2048, memory: steps(4096, 16384, 1024), windows: true, confirmed: true },
    { cpu: 4096, memory: steps(8192, 30720, 1024), windows: true, confirmed: true },
    { cpu: 8192, memory: steps(16384, 61440, 4096), windows: false, confirmed: true },
    { cpu: 16384, memory: steps(32768, 122880, 8192), windows: false, confirmed: true },
    // Listed by pulumi-awsx in June 2026; AWS's stored pages and cfn-lint do not have it yet.
    { cpu: 32768, memory: [61440, 122880, 249856], windows: false, confirmed: false },
  ],
};

/** GiB of ephemeral storage that every Fargate task has without asking; AWS accepts 21 to 200 when it is set. */
export const fargateEphemeralStorage: Sourced & {
  readonly included: number;
  readonly min: number;
  readonly max: number;
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html",
  asOf: "2026-05",
  included: 20,
  min: 21,
  max: 200,
};

const rowsFor = (os: Os): readonly FargateRow[] =>
  os === "windows" ? fargateSizes.rows.filter((row) => row.windows) : fargateSizes.rows;

/** The CPU units to offer for an operating system, ascending: confirmed rows only. */
export const fargateCpuValues = (os: Os): readonly number[] =>
  rowsFor(os)
    .filter((row) => row.confirmed)
    .map((row) => row.cpu);

/** The memory values in MiB that go with a CPU value, ascending; empty when Fargate has no such CPU value. */
export const fargateMemoryFor = (cpu: number, os: Os): readonly number[] =>
  rowsFor(os).find((row) => row.cpu === cpu)?.memory ?? [];

/** Whether AWS accepts a size (CPU units, MiB): `unconfirmed` means newer than the table we can confirm. */
export function fargateSizeStatus(cpu: number, memory: number, os: Os): "valid" | "unconfirmed" | "invalid" {
  const row = rowsFor(os).find((candidate) => candidate.cpu === cpu && candidate.memory.includes(memory));
  if (!row) return "invalid";
  return row.confirmed ? "valid" : "unconfirmed";
}

/** True when AWS documents the size (CPU units, MiB) for the operating system; an unconfirmed size is false. */
export const isFargateSize = (cpu: number, memory: number, os: Os): boolean =>
  fargateSizeStatus(cpu, memory, os) === "valid";

/** The smallest confirmed size that has at least this much CPU (units) and memory (MiB); null when none is big enough. */
export function nearestFargateSize(cpu: number, memory: number, os: Os): FargateSize | null {
  for (const row of rowsFor(os)) {
    if (!row.confirmed || row.cpu < cpu) continue;
    const fitting = row.memory.find((value) => value >= memory);
    if (fitting !== undefined) return { cpu: row.cpu, memory: fitting };
  }
  return null;
}

/** Reads AWS's spellings of task CPU ("256", "1 vCPU", ".5 vCPU") as CPU units; null for anything else. */
export function parseTaskCpu(text: string): number | null {
  const vcpu = /^(\d*\.?\d+)\s*vcpu$/i.exec(text.trim());
  if (vcpu) return Number(vcpu[1]) * 1024;
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Reads AWS's spellings of task memory ("512", "2 GB", "2GB") as MiB; null for anything else. */
export function parseTaskMemory(text: string): number | null {
  const gb = /^(\d*\.?\d+)\s*gb$/i.exec(text.trim());
  if (gb) return Number(gb[1]) * 1024;
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}
