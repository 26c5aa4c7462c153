import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** A worker, which a queue feeds and no load balancer. */
const worker = (deploymentController: "ECS" | "CODE_DEPLOY") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const props = { launchType: "FARGATE" as const, desiredCount: 2, deploymentController };
    const service = draft.add("service", props, { name: "Worker", parent: web.cluster });
    draft.connect(service, "run", web.task);
  });

export const examples: Examples = {
  bad: [worker("CODE_DEPLOY")],
  good: [worker("ECS"), draw((draft) => void fargateWeb(draft, { service: { deploymentController: "CODE_DEPLOY" } }))],
};
