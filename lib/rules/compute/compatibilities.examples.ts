import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => void fargateWeb(draft, { service: { launchType: undefined } })),
    draw((draft) => {
      fargateWeb(draft, { task: { requiresCompatibilities: ["EC2"] } });
    }),
    draw((draft) => {
      ec2Web(draft, { task: { requiresCompatibilities: ["EXTERNAL"] } });
    }),
  ],
  good: [
    draw(ec2Web),
    draw((draft) => {
      fargateWeb(draft, { task: { requiresCompatibilities: ["EC2", "FARGATE"] } });
    }),
    // An empty list is judged by the content.
    draw((draft) => {
      fargateWeb(draft, { task: { requiresCompatibilities: [] } });
    }),
  ],
};
