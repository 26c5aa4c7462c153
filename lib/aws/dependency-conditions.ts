import type { Sourced } from "./docs";

export const dependencyConditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"] as const;
export type DependencyCondition = (typeof dependencyConditions)[number];

export interface ConditionRow {
  /** When it holds, after "waits until the other container". */
  holds: string;
  /** The container waited for must be non-essential: an essential one that exits stops the task. */
  needsNonEssential: boolean;
  /** The container waited for must have a health check in the task definition; the image's own does not count. */
  needsHealthCheck: boolean;
}

/** Conditions of `dependsOn`, from a container to another of the same task definition. */
export const dependencyConditionTable: Sourced & {
  readonly rows: { readonly [C in DependencyCondition]: ConditionRow };
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
  asOf: "2026-05",
  rows: {
    START: { holds: "has started", needsNonEssential: false, needsHealthCheck: false },
    COMPLETE: { holds: "has exited", needsNonEssential: true, needsHealthCheck: false },
    SUCCESS: { holds: "has exited with code 0", needsNonEssential: true, needsHealthCheck: false },
    HEALTHY: { holds: "passes its health check", needsNonEssential: false, needsHealthCheck: true },
  },
};
