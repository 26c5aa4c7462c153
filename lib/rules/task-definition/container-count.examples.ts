import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const containers = (number: number) =>
  Object.fromEntries(
    Array.from({ length: number }, (_, index) => [
      `c${index + 1}`,
      {
        name: `part-${index + 1}`,
        image: "public.ecr.aws/docker/library/busybox:1.37",
        readonlyRootFilesystem: true,
        ...(index === 0 ? { portMappings: [{ containerPort: 8080 }] } : {}),
      },
    ]),
  );

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { task: { containerDefinitions: containers(11) } });
    }),
    draw((draft) => {
      draft.add("taskDefinition", {
        cpu: 256,
        memory: 512,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
      });
      const { cluster } = fargateWeb(draft);
      const worker = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Worker", parent: cluster },
      );
      draft.connect(worker, "run", "n1");
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { task: { containerDefinitions: containers(10) } });
    }),
  ],
};
