import { classicWeb } from "../../testing/classic";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      classicWeb(draft, {
        service: { launchType: "FARGATE" },
        task: { networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: 256, memory: 512 },
        container: { portMappings: [{ containerPort: 8080 }] },
        capacity: false,
      });
    }),
    draw((draft) => {
      classicWeb(draft, {
        task: { networkMode: "awsvpc" },
        container: { portMappings: [{ containerPort: 8080 }] },
      });
    }),
  ],
  good: [draw(fargateWeb), draw(classicWeb)],
};
