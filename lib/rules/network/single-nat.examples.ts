import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const endpoints = {
  natGateways: "none" as const,
  interfaceEndpoints: ["ecr.api" as const, "ecr.dkr" as const, "logs" as const],
  gatewayEndpoints: ["s3" as const],
};

export const examples: Examples = {
  bad: [draw(fargateWeb), draw(ec2Web), draw(fargateWeb, { production: true })],
  good: [
    draw((draft) => fargateWeb(draft, { vpc: { natGateways: "perZone" } })),
    draw((draft) => fargateWeb(draft, { vpc: endpoints })),
  ],
  unknowable: [draw((draft) => fargateWeb(draft, { vpc: { source: "existing" } }))],
};
