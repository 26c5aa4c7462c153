import type { Range, Sourced } from "./docs";

export const ebsVolumeTypes = ["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"] as const;
export type EbsVolumeType = (typeof ebsVolumeTypes)[number];

export interface EbsRow {
  /** GiB. */
  size: Range;
  /** Above `size.max` and up to this, AWS's pages disagree: a warning. */
  sizeMaxDisputed?: number;
  /** Null: the field is refused. */
  iops: Range | null;
  iopsRequired: boolean;
  iopsMaxDisputed?: number;
  /** MiB/s. Null: the field is refused. */
  throughput: Range | null;
  throughputMaxDisputed?: number;
  fargate: boolean;
}

const gib = (min: number, max: number): Range => ({ min, max, unit: "GiB" });

/** EBS volumes that ECS creates for a task at launch. */
export const ebsVolumes: Sourced & {
  readonly rows: { readonly [T in EbsVolumeType]: EbsRow };
  readonly fileSystems: readonly string[];
  /** MiB/s; only with a snapshot. */
  readonly initializationRate: Range;
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html",
  asOf: "2026-05",
  fileSystems: ["ext3", "ext4", "xfs", "ntfs"],
  initializationRate: { min: 100, max: 300, unit: "MiB/s" },
  rows: {
    gp2: { size: gib(1, 16_384), iops: null, iopsRequired: false, throughput: null, fargate: true },
    gp3: {
      size: gib(1, 16_384),
      sizeMaxDisputed: 65_536,
      iops: { min: 3000, max: 16_000, default: 3000 },
      iopsRequired: false,
      iopsMaxDisputed: 80_000,
      throughput: { min: 125, max: 1000, default: 125, unit: "MiB/s" },
      throughputMaxDisputed: 2000,
      fargate: true,
    },
    io1: { size: gib(4, 16_384), iops: { min: 100, max: 64_000 }, iopsRequired: true, throughput: null, fargate: true },
    io2: {
      size: gib(4, 16_384),
      sizeMaxDisputed: 65_536,
      iops: { min: 100, max: 256_000 },
      iopsRequired: true,
      throughput: null,
      fargate: true,
    },
    st1: { size: gib(125, 16_384), iops: null, iopsRequired: false, throughput: null, fargate: true },
    sc1: { size: gib(125, 16_384), iops: null, iopsRequired: false, throughput: null, fargate: true },
    standard: { size: gib(1, 1024), iops: null, iopsRequired: false, throughput: null, fargate: false },
  },
};
