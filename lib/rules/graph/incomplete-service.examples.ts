import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const job = {
  cpu: 256,
  memory: 512,
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  containerDefinitions: { c1: { name: "job", image: "public.ecr.aws/docker/library/busybox:1.37" } },
} as const;

export const examples: Examples = {
  bad: [
    // No task definition.
    draw((draft) => {
      const { cluster } = fargateWeb(draft);
      draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name: "Worker", parent: cluster });
    }),
    // No cluster.
    draw((draft) => {
      const { task } = fargateWeb(draft);
      const worker = draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name: "Worker" });
      draft.connect(worker, "run", task);
    }),
    // Neither, and nothing else on the canvas.
    draw((draft) => {
      draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name: "Worker" });
    }),
    // Two definitions: the second connection is refused.
    draw((draft) => {
      const { service, cluster } = fargateWeb(draft);
      const other = draft.add(
        "taskDefinition",
        { ...job, requiresCompatibilities: ["FARGATE"] },
        { name: "Other", parent: cluster },
      );
      const worker = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Worker", parent: cluster },
      );
      draft.connect(worker, "run", other);
      draft.connect(service, "run", other);
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      const { task, cluster } = fargateWeb(draft);
      const worker = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Worker", parent: cluster },
      );
      draft.connect(worker, "run", task);
    }),
  ],
};
