import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const task = (task: WebChanges["task"]) =>
  draw((draft) => {
    fargateWeb(draft, { ...(task ? { task } : {}), container: { cpu: 300, memoryReservation: 900 } });
  });

export const examples: Examples = {
  bad: [
    task({ cpu: undefined, memory: undefined }),
    task({ cpu: 512, memory: undefined }),
    task({ cpu: undefined, memory: 1024 }),
    draw((draft) => {
      fargateWeb(draft, { task: { cpu: undefined, memory: undefined, requiresCompatibilities: [] } });
    }),
  ],
  good: [draw(fargateWeb), draw(ec2Web)],
  // Nothing says where it runs.
  unknowable: [
    draw((draft) => {
      const { cluster } = fargateWeb(draft);
      draft.add(
        "taskDefinition",
        {
          containerDefinitions: {
            c1: { name: "job", image: "public.ecr.aws/docker/library/busybox:1.37", memory: 128 },
          },
        },
        { name: "Job", parent: cluster },
      );
    }),
  ],
};
