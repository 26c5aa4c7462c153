import type { Sourced } from "./docs";

export const storageComputes = [
  "fargate-linux",
  "fargate-windows",
  "ec2-linux",
  "ec2-windows",
  "managed-instances",
  "external",
] as const;
export type StorageCompute = (typeof storageComputes)[number];

export const volumeKinds = [
  "scratch",
  "host-path",
  "docker",
  "tmpfs",
  "ebs",
  "efs",
  "s3-files",
  "fsx-windows",
] as const;
export type VolumeKind = (typeof volumeKinds)[number];

/** `unverified`: no page of AWS confirms it either way. */
export type VolumeSupport = "yes" | "no" | "unverified";

export interface VolumeRow {
  on: { readonly [C in StorageCompute]: VolumeSupport };
  /** Whether two tasks see the same files. */
  shared: "yes" | "no" | "on one instance";
  /** Whether the files are still there after the task. */
  survives: "yes" | "no" | "with the instance";
}

type Cells = readonly [VolumeSupport, VolumeSupport, VolumeSupport, VolumeSupport, VolumeSupport, VolumeSupport];
const row = (cells: Cells, shared: VolumeRow["shared"], survives: VolumeRow["survives"]): VolumeRow => ({
  on: {
    "fargate-linux": cells[0],
    "fargate-windows": cells[1],
    "ec2-linux": cells[2],
    "ec2-windows": cells[3],
    "managed-instances": cells[4],
    external: cells[5],
  },
  shared,
  survives,
});

/**
 * Volumes of task definitions by what runs the task. An S3 bucket is never one; on EC2 an S3 Files file system, and
 * FSx for Lustre, ONTAP and OpenZFS, reach a task only through a mount of the host and a bind mount.
 */
export const volumeTable: Sourced & { readonly rows: { readonly [V in VolumeKind]: VolumeRow } } = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html",
  asOf: "2026-05",
  rows: {
    scratch: row(["yes", "no", "yes", "yes", "yes", "yes"], "no", "no"),
    "host-path": row(["no", "no", "yes", "yes", "no", "yes"], "on one instance", "with the instance"),
    docker: row(["no", "no", "yes", "yes", "no", "unverified"], "on one instance", "with the instance"),
    tmpfs: row(["yes", "no", "yes", "no", "yes", "unverified"], "no", "no"),
    ebs: row(["yes", "no", "yes", "yes", "yes", "no"], "no", "no"),
    efs: row(["yes", "no", "yes", "no", "yes", "no"], "yes", "yes"),
    "s3-files": row(["yes", "unverified", "no", "no", "yes", "no"], "yes", "yes"),
    "fsx-windows": row(["no", "no", "no", "yes", "no", "unverified"], "yes", "yes"),
  },
};

/** Whether a task on this compute can have a volume of this kind. */
export const volumeSupport = (kind: VolumeKind, on: StorageCompute): VolumeSupport => volumeTable.rows[kind].on[on];
