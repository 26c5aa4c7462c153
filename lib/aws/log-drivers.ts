import { own } from "../core/json";
import type { Sourced } from "./docs";

export const logDrivers = [
  "awslogs",
  "awsfirelens",
  "splunk",
  "fluentd",
  "gelf",
  "json-file",
  "journald",
  "syslog",
] as const;
export type LogDriver = (typeof logDrivers)[number];

/** Log drivers by what runs the task. The drivers that need a daemon of the host do not exist on Fargate. */
export const logDriverSupport: Sourced & {
  readonly fargate: readonly LogDriver[];
  readonly ec2: readonly LogDriver[];
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
  asOf: "2026-05",
  fargate: ["awslogs", "splunk", "awsfirelens"],
  ec2: logDrivers,
};

/** Options without which a driver cannot start; `fargate` lists those that only Fargate demands. */
export const requiredLogOptions: Sourced & {
  readonly always: { readonly [D in LogDriver]?: readonly string[] };
  readonly fargate: { readonly [D in LogDriver]?: readonly string[] };
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  asOf: "2026-05",
  always: { awslogs: ["awslogs-group", "awslogs-region"], splunk: ["splunk-token", "splunk-url"] },
  fargate: { awslogs: ["awslogs-stream-prefix"] },
};

/** True when tasks on this compute can use the driver. Managed Instances and ECS Anywhere count as EC2. */
export const logDriverAllowed = (driver: string, on: "fargate" | "ec2"): boolean =>
  logDriverSupport[on].some((allowed) => allowed === driver);

/** Names of the options a driver needs on this compute; empty for drivers without any. */
export const requiredOptionsFor = (driver: string, on: "fargate" | "ec2"): readonly string[] => [
  ...(own(requiredLogOptions.always, driver) ?? []),
  ...(on === "fargate" ? (own(requiredLogOptions.fargate, driver) ?? []) : []),
];

/** Days that CloudWatch Logs can keep a log group; unset means for ever. */
export const logRetentionDays: Sourced & { readonly days: readonly number[] } = {
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  asOf: "2026-05",
  days: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
};

/** True for a retention that CloudWatch Logs accepts. */
export const isLogRetention = (days: number): boolean => logRetentionDays.days.includes(days);

/** The closest accepted retention that keeps logs at least this long; the longest one when none does. */
export const nearestLogRetention = (days: number): number =>
  logRetentionDays.days.find((accepted) => accepted >= days) ?? logRetentionDays.days.at(-1) ?? 3653;
