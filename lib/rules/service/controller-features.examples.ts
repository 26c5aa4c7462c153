import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const by = (service: InputOf<"service">, preset: (draft: Draft, change: object) => unknown = fargateWeb) =>
  draw((draft) => {
    preset(draft, { service });
  });

const circuitBreaker = { enable: true, rollback: true };

export const examples: Examples = {
  bad: [
    by({ deploymentController: "CODE_DEPLOY", circuitBreaker }),
    by({ deploymentController: "EXTERNAL", circuitBreaker }),
    by({ deploymentController: "EXTERNAL" }),
    by({ deploymentController: "CODE_DEPLOY", maximumPercent: 150 }, ec2Web),
  ],
  good: [
    by({ circuitBreaker }),
    by({ deploymentController: "CODE_DEPLOY" }),
    draw((draft) => {
      const cluster = draft.add("cluster", {}, { name: "Main" });
      const service = { deploymentController: "EXTERNAL" as const, launchType: "FARGATE" as const, desiredCount: 2 };
      draft.add("service", service, { name: "Web", parent: cluster });
    }),
    by({ deploymentController: "CODE_DEPLOY", circuitBreaker: { enable: false, rollback: false } }),
  ],
};
