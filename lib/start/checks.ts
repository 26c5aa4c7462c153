import type { Dependency } from "../aws/endpoints";
import type { RelationId } from "../catalog/relations";
import type { Place } from "../document/document";
import type { GrantCheck } from "../grants/needs";
import type { Model } from "../model/model";
import type { TaskPlace, Verdict } from "../network/flow";
import type { RuleId } from "../rules/rule";
import { fileDoubts, imageDoubts } from "./files";
import { addressDoubts, roomDoubts } from "./room";

/** A reason against a check that is no finding. */
export interface Besides {
  verdict: Exclude<Verdict, "open">;
  /** Full sentence. */
  why: string;
  at?: Place;
}

/** One line of the checklist: what it asks, and which findings, ways, flows and permissions answer it. */
export interface CheckDef {
  title: string;
  /** What it says where nothing stands against it. */
  passes: string;
  /** Errors of these rules stop the task. */
  rules: readonly RuleId[];
  /** Warnings of these rules may stop it, depending on what the design does not say. */
  doubts?: readonly RuleId[];
  /** What the agent must reach for it. */
  reaches?: readonly Dependency[];
  /** Edges whose packets must pass: mounts of the task definition, forwards to the service. */
  flows?: RelationId;
  /** Permissions that the policies of the design must give. */
  grants?: GrantCheck;
  /** What no rule says of it, because it depends on the place or on what nobody can know. */
  besides?: (model: Model, place: TaskPlace) => readonly Besides[];
}

const registries = ["ecr", "ecr-public", "other-registry"] as const;

/**
 * What ECS goes through until a task runs and stays, in this order. Each line rests on rules, flows and grants, which
 * carry their AWS pages: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export const checkTable = {
  definition: {
    title: "Task definition",
    passes: "AWS takes the task definition.",
    rules: ["ECS-TD-001", "ECS-TD-002", "ECS-TD-008", "ECS-TD-009", "ECS-TD-010", "ECS-CON-005", "ECS-CON-006"],
  },
  placement: {
    title: "CPU and memory",
    passes: "There is a place with room for a task of this size.",
    rules: [
      "ECS-TD-003",
      "ECS-TD-004",
      "ECS-TD-005",
      "ECS-TD-006",
      "ECS-TD-007",
      "ECS-COMP-001",
      "ECS-COMP-002",
      "ECS-COMP-004",
      "ECS-COMP-005",
      "ECS-COMP-006",
      "ECS-COMP-008",
      "ECS-COMP-010",
      "ECS-COMP-011",
      "ECS-COMP-012",
      "ECS-CAP-001",
      "ECS-CAP-002",
      "ECS-CAP-003",
      "ECS-CAP-006",
      "ECS-CAP-007",
      "ECS-IAM-001",
    ],
    doubts: ["ECS-NET-018", "ECS-COMP-003", "ECS-CAP-008"],
    reaches: ["ecs-control", "service-connect"],
    grants: "placement",
    besides: roomDoubts,
  },
  network: {
    title: "Network interface and ports",
    passes: "The task gets its network, and its ports are free.",
    rules: ["ECS-NET-002", "ECS-NET-004", "ECS-NET-005", "ECS-NET-006", "ECS-NET-008"],
    doubts: ["ECS-NET-007"],
    besides: addressDoubts,
  },
  role: {
    title: "Execution role",
    passes: "ECS may do what it does before the containers start.",
    rules: ["ECS-IAM-003", "ECS-IAM-012"],
    grants: "role",
  },
  image: {
    title: "Images",
    passes:
      "Every image has a reference that resolves, a way to its registry and the permission to pull it; it must have been pushed there, built for the operating system and CPU architecture of the task.",
    rules: ["ECS-CON-001", "ECS-ECR-001", "ECS-ECR-003"],
    reaches: registries,
    grants: "image",
    besides: imageDoubts,
  },
  secrets: {
    title: "Secrets and parameters",
    passes: "What the containers are given resolves, and ECS reaches it and may read it.",
    rules: ["ECS-SEC-003"],
    reaches: ["secretsmanager", "ssm"],
    grants: "secrets",
  },
  environmentFiles: {
    title: "Environment files",
    passes: "They are where ECS can load them, and it may.",
    rules: ["ECS-SEC-004"],
    reaches: ["s3"],
    grants: "environmentFiles",
  },
  logs: {
    title: "Logs",
    passes: "The log driver has what it needs, a way to where the logs go and the permission to write them.",
    rules: ["ECS-LOG-001", "ECS-LOG-003", "ECS-LOG-004"],
    reaches: ["logs"],
    grants: "logs",
  },
  volumes: {
    title: "Volumes",
    passes: "Everything that is mounted can be.",
    rules: [
      "ECS-STO-001",
      "ECS-STO-004",
      "ECS-STO-005",
      "ECS-STO-006",
      "ECS-STO-014",
      "ECS-STO-015",
      "ECS-STO-016",
      "ECS-STO-017",
    ],
    flows: "mount",
    grants: "volumes",
    besides: fileDoubts,
  },
  health: {
    title: "Health checks",
    passes: "Health checks can pass before ECS gives the task up.",
    rules: ["ECS-CON-007", "ECS-LB-004", "ECS-LB-006", "ECS-LB-007", "ECS-LB-016", "ECS-LB-017"],
    doubts: ["ECS-CON-007", "ECS-LB-017"],
    flows: "forward",
  },
} as const satisfies Record<string, CheckDef>;

export type CheckId = keyof typeof checkTable;
