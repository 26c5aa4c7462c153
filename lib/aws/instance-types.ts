import { own } from "../core/json";
import type { Sourced } from "./docs";
import type { CpuArchitecture } from "./runtime-platforms";

export interface InstanceTypeFacts {
  vcpu: number;
  memoryGiB: number;
  arch: "x86_64" | "arm64";
  /** Only where AWS documents a figure; undefined is unknown, not none. */
  gpus?: number;
}

const x86 = (vcpu: number, memoryGiB: number): InstanceTypeFacts => ({ vcpu, memoryGiB, arch: "x86_64" });
const arm = (vcpu: number, memoryGiB: number): InstanceTypeFacts => ({ vcpu, memoryGiB, arch: "arm64" });

/** The EC2 types that the bundled prices know: general-purpose, compute and memory families up to 4xlarge, burstable up to 2xlarge. */
export const instanceTypes = {
  "t3.nano": x86(2, 0.5),
  "t3.micro": x86(2, 1),
  "t3.small": x86(2, 2),
  "t3.medium": x86(2, 4),
  "t3.large": x86(2, 8),
  "t3.xlarge": x86(4, 16),
  "t3.2xlarge": x86(8, 32),
  "t3a.nano": x86(2, 0.5),
  "t3a.micro": x86(2, 1),
  "t3a.small": x86(2, 2),
  "t3a.medium": x86(2, 4),
  "t3a.large": x86(2, 8),
  "t3a.xlarge": x86(4, 16),
  "t3a.2xlarge": x86(8, 32),
  "t4g.nano": arm(2, 0.5),
  "t4g.micro": arm(2, 1),
  "t4g.small": arm(2, 2),
  "t4g.medium": arm(2, 4),
  "t4g.large": arm(2, 8),
  "t4g.xlarge": arm(4, 16),
  "t4g.2xlarge": arm(8, 32),
  "m5.large": x86(2, 8),
  "m5.xlarge": x86(4, 16),
  "m5.2xlarge": x86(8, 32),
  "m5.4xlarge": x86(16, 64),
  "m6i.large": x86(2, 8),
  "m6i.xlarge": x86(4, 16),
  "m6i.2xlarge": x86(8, 32),
  "m6i.4xlarge": x86(16, 64),
  "m6g.medium": arm(1, 4),
  "m6g.large": arm(2, 8),
  "m6g.xlarge": arm(4, 16),
  "m6g.2xlarge": arm(8, 32),
  "m6g.4xlarge": arm(16, 64),
  "m7i.large": x86(2, 8),
  "m7i.xlarge": x86(4, 16),
  "m7i.2xlarge": x86(8, 32),
  "m7i.4xlarge": x86(16, 64),
  "m7g.medium": arm(1, 4),
  "m7g.large": arm(2, 8),
  "m7g.xlarge": arm(4, 16),
  "m7g.2xlarge": arm(8, 32),
  "m7g.4xlarge": arm(16, 64),
  "m8g.medium": arm(1, 4),
  "m8g.large": arm(2, 8),
  "m8g.xlarge": arm(4, 16),
  "m8g.2xlarge": arm(8, 32),
  "m8g.4xlarge": arm(16, 64),
  "c5.large": x86(2, 4),
  "c5.xlarge": x86(4, 8),
  "c5.2xlarge": x86(8, 16),
  "c5.4xlarge": x86(16, 32),
  "c6i.large": x86(2, 4),
  "c6i.xlarge": x86(4, 8),
  "c6i.2xlarge": x86(8, 16),
  "c6i.4xlarge": x86(16, 32),
  "c6g.medium": arm(1, 2),
  "c6g.large": arm(2, 4),
  "c6g.xlarge": arm(4, 8),
  "c6g.2xlarge": arm(8, 16),
  "c6g.4xlarge": arm(16, 32),
  "c7i.large": x86(2, 4),
  "c7i.xlarge": x86(4, 8),
  "c7i.2xlarge": x86(8, 16),
  "c7i.4xlarge": x86(16, 32),
  "c7g.medium": arm(1, 2),
  "c7g.large": arm(2, 4),
  "c7g.xlarge": arm(4, 8),
  "c7g.2xlarge": arm(8, 16),
  "c7g.4xlarge": arm(16, 32),
  "c8g.medium": arm(1, 2),
  "c8g.large": arm(2, 4),
  "c8g.xlarge": arm(4, 8),
  "c8g.2xlarge": arm(8, 16),
  "c8g.4xlarge": arm(16, 32),
  "r5.large": x86(2, 16),
  "r5.xlarge": x86(4, 32),
  "r5.2xlarge": x86(8, 64),
  "r5.4xlarge": x86(16, 128),
  "r6i.large": x86(2, 16),
  "r6i.xlarge": x86(4, 32),
  "r6i.2xlarge": x86(8, 64),
  "r6i.4xlarge": x86(16, 128),
  "r6g.medium": arm(1, 8),
  "r6g.large": arm(2, 16),
  "r6g.xlarge": arm(4, 32),
  "r6g.2xlarge": arm(8, 64),
  "r6g.4xlarge": arm(16, 128),
  "r7i.large": x86(2, 16),
  "r7i.xlarge": x86(4, 32),
  "r7i.2xlarge": x86(8, 64),
  "r7i.4xlarge": x86(16, 128),
  "r7g.medium": arm(1, 8),
  "r7g.large": arm(2, 16),
  "r7g.xlarge": arm(4, 32),
  "r7g.2xlarge": arm(8, 64),
  "r7g.4xlarge": arm(16, 128),
  "r8g.medium": arm(1, 8),
  "r8g.large": arm(2, 16),
  "r8g.xlarge": arm(4, 32),
  "r8g.2xlarge": arm(8, 64),
  "r8g.4xlarge": arm(16, 128),
} satisfies Record<string, InstanceTypeFacts>;
export type InstanceType = keyof typeof instanceTypes;

export const instanceTypeSource: Sourced = {
  source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html",
  asOf: "2026-02",
};

/** The types in the order of the table. */
export const instanceTypeNames: readonly InstanceType[] = Object.keys(instanceTypes) as InstanceType[];

/** Types that templates name and the bundled prices do not know: older burstable ones, and families of one make each. */
const unpriced: Readonly<Record<string, InstanceTypeFacts>> = {
  "t2.nano": x86(1, 0.5),
  "t2.micro": x86(1, 1),
  "t2.small": x86(1, 2),
  "t2.medium": x86(2, 4),
  "t2.large": x86(2, 8),
  "t2.xlarge": x86(4, 16),
  "t2.2xlarge": x86(8, 32),
  ...sized(["m4", "m5a", "m5d", "m5n", "m6a", "m6id", "m6in", "m7a"], 4, x86),
  ...sized(["c5a", "c5d", "c6a", "c6id", "c6in", "c7a"], 2, x86),
  ...sized(["r5a", "r5d", "r5n", "r6a", "r6id", "r6in", "r7a"], 8, x86),
  ...sized(["m6gd", "m7gd"], 4, arm),
  ...sized(["c6gd", "c6gn", "c7gd", "c7gn"], 2, arm),
  ...sized(["r6gd", "r7gd"], 8, arm),
};

/** Families with so many GiB for each vCPU, from large to 4xlarge. */
function sized(
  families: readonly string[],
  gib: number,
  make: (vcpu: number, memoryGiB: number) => InstanceTypeFacts,
): Record<string, InstanceTypeFacts> {
  const sizes = { large: 2, xlarge: 4, "2xlarge": 8, "4xlarge": 16 };
  return Object.fromEntries(
    families.flatMap((family) =>
      Object.entries(sizes).map(([size, vcpu]) => [`${family}.${size}`, make(vcpu, vcpu * gib)]),
    ),
  );
}

/** vCPU, memory and architecture of an EC2 type; undefined (unknown, not invalid) for a type outside the tables. */
export const instanceFacts = (type: string): InstanceTypeFacts | undefined =>
  own<InstanceTypeFacts>(instanceTypes, type) ?? own<InstanceTypeFacts>(unpriced, type);

/** CPU units that an instance of the type registers with ECS: 1024 per vCPU. */
export const cpuUnitsOf = (facts: InstanceTypeFacts): number => facts.vcpu * 1024;

/**
 * MiB of an instance that tasks are certain to get: nine tenths of the type's. What the kernel and the platform take is
 * on no page; the one example that AWS gives, an m4.large, has 7,985 MiB of 8,192.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export const certainMemoryOf = (facts: InstanceTypeFacts): number => facts.memoryGiB * 1024 * 0.9;

/** The architecture in the words of `runtimePlatform`. */
export const architectureOf = (facts: InstanceTypeFacts): CpuArchitecture =>
  facts.arch === "arm64" ? "ARM64" : "X86_64";
