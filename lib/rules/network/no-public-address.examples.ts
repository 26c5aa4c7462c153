import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (change: WebChanges) => draw((draft) => fargateWeb(draft, change));
/** Tasks with their own interface on instances in private subnets. */
const onInstances = (change: WebChanges, sends = false) =>
  draw((draft) => {
    const drawn = ec2Web(draft, { ...change, task: { networkMode: "awsvpc" } });
    if (sends) draft.connect(drawn.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
  });
const endpoints = {
  interfaceEndpoints: ["ecr.api" as const, "ecr.dkr" as const, "logs" as const],
  gatewayEndpoints: ["s3" as const],
};

export const examples: Examples = {
  bad: [
    web({ service: { tier: "public" } }),
    onInstances({ service: { assignPublicIp: true } }),
    onInstances({ service: { tier: "public" } }),
    onInstances({ service: { tier: "public" } }, true),
  ],
  good: [
    web({ service: { tier: "public", assignPublicIp: true } }),
    web({ service: { tier: "public" }, vpc: endpoints }),
    onInstances({}),
  ],
  unknowable: [web({ service: { tier: "public" }, vpc: { source: "existing" } })],
};
