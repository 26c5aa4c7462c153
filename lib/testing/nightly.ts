import type { InputOf } from "../catalog";
import type { DocumentEdge } from "../document/document";
import type { Draft } from "./draw";

type RunTask = Extract<DocumentEdge, { relation: "runTask" }>["props"];

export interface Nightly {
  task: string;
  schedule: string;
  edge: string;
  lost: string;
  cluster: string;
}

/** A complete scheduled task for examples: a Fargate definition, its cluster, a schedule or rule, a dead-letter queue. */
export function nightly(
  draft: Draft,
  change: {
    run?: RunTask;
    schedule?: InputOf<"eventSchedule">;
    task?: Partial<InputOf<"taskDefinition">>;
    vpc?: InputOf<"vpc">;
  } = {},
): Nightly {
  const vpc = draft.add("vpc", change.vpc ?? {}, { name: "Network" });
  const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
  const task = draft.add(
    "taskDefinition",
    {
      cpu: 256,
      memory: 512,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: {
        c1: { name: "report", image: "public.ecr.aws/nginx/nginx:1.27", readonlyRootFilesystem: true },
      },
      ...change.task,
    },
    { name: "Report", parent: cluster },
  );
  const lost = draft.add("sqsQueue", {}, { name: "Lost" });
  const schedule = draft.add("eventSchedule", change.schedule ?? {}, { name: "Nightly" });
  const edge = draft.connect(schedule, "runTask", task, { cluster, deadLetterQueue: lost, ...change.run });
  return { task, schedule, edge, lost, cluster };
}
