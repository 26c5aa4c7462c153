import type { Sourced } from "./docs";
import type { Os } from "./fargate-sizes";

export const networkModes = ["awsvpc", "bridge", "host", "none", "default"] as const;
export type NetworkMode = (typeof networkModes)[number];

/** What a task really runs on. Fargate stands for FARGATE and FARGATE_SPOT. */
export const computes = [
  "fargate",
  "ec2-linux",
  "ec2-windows",
  "managed-instances",
  "external-linux",
  "external-windows",
] as const;
export type Compute = (typeof computes)[number];

/** `unverified`: AWS's pages disagree, so at most a warning. */
export type Support = "yes" | "no" | "unverified";

export interface NetworkModeRow {
  on: { readonly [C in Compute]: Support };
  /** How a load balancer registers the task: by its own address or by its instance's; null when it cannot. */
  targetType: "ip" | "instance" | null;
  /** Whose security group filters the traffic to the containers; null when there is no traffic. */
  filteredBy: "task" | "instances" | null;
  /** `same`: host port = container port. `mapped`: fixed, or dynamic when 0 or unset. `none`: no ports. */
  hostPorts: "same" | "mapped" | "none";
  serviceConnect: boolean;
  /** True when two copies of a task on one instance want the same host port. */
  oneCopyPerInstance: boolean;
}

const only = (...supported: readonly Compute[]): { readonly [C in Compute]: Support } => ({
  fargate: supported.includes("fargate") ? "yes" : "no",
  "ec2-linux": supported.includes("ec2-linux") ? "yes" : "no",
  "ec2-windows": supported.includes("ec2-windows") ? "yes" : "no",
  "managed-instances": supported.includes("managed-instances") ? "yes" : "no",
  "external-linux": supported.includes("external-linux") ? "yes" : "no",
  "external-windows": supported.includes("external-windows") ? "yes" : "no",
});

/** Network modes of task definitions, by what the task runs on. */
export const networkModeTable: Sourced & { readonly rows: { readonly [M in NetworkMode]: NetworkModeRow } } = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html",
  asOf: "2026-05",
  rows: {
    awsvpc: {
      on: only("fargate", "ec2-linux", "ec2-windows", "managed-instances"),
      targetType: "ip",
      filteredBy: "task",
      hostPorts: "same",
      serviceConnect: true,
      oneCopyPerInstance: false,
    },
    bridge: {
      on: only("ec2-linux", "external-linux"),
      targetType: "instance",
      filteredBy: "instances",
      hostPorts: "mapped",
      serviceConnect: true,
      oneCopyPerInstance: false,
    },
    host: {
      on: only("ec2-linux", "managed-instances", "external-linux"),
      targetType: "instance",
      filteredBy: "instances",
      hostPorts: "same",
      serviceConnect: false,
      oneCopyPerInstance: true,
    },
    none: {
      // The API text names `none` for Managed Instances; the guide and the CDK do not.
      on: { ...only("ec2-linux", "external-linux"), "managed-instances": "unverified" },
      targetType: null,
      filteredBy: null,
      hostPorts: "none",
      serviceConnect: false,
      oneCopyPerInstance: false,
    },
    default: {
      on: only("ec2-windows", "external-windows"),
      targetType: "instance",
      filteredBy: "instances",
      hostPorts: "mapped",
      serviceConnect: false,
      oneCopyPerInstance: false,
    },
  },
};

/** The row of EC2 and ECS Anywhere that an operating system makes of a launch type. */
export const ec2Compute = (os: Os): Compute => (os === "windows" ? "ec2-windows" : "ec2-linux");

/** Whether a task can run in this network mode on this compute. */
export const networkModeSupport = (mode: NetworkMode, on: Compute): Support => networkModeTable.rows[mode].on[on];

/** The modes that AWS documents for this compute, in the order of the table. */
export const networkModesFor = (on: Compute): readonly NetworkMode[] =>
  networkModes.filter((mode) => networkModeSupport(mode, on) === "yes");

/** What an unset network mode means; null where AWS wants one (Fargate) or its pages disagree (Managed Instances). */
export const defaultNetworkMode = (on: Compute): NetworkMode | null =>
  (
    ({
      fargate: null,
      "ec2-linux": "bridge",
      "ec2-windows": "default",
      "managed-instances": null,
      "external-linux": "bridge",
      "external-windows": "default",
    }) satisfies { [C in Compute]: NetworkMode | null }
  )[on];
