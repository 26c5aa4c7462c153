import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (change: Parameters<typeof ec2Web>[1]) => draw((draft) => ec2Web(draft, change));
const own = { mode: "own" as const, ingress: [{ fromPort: 8080, toPort: 8080, peer: { cidr: "10.0.0.0/16" } }] };
const host = { task: { networkMode: "host" as const }, container: { user: "1000" } };

export const examples: Examples = {
  bad: [
    web({ service: { assignPublicIp: true } }),
    web({ service: { securityGroups: own } }),
    web({ ...host, service: { desiredCount: 2, securityGroups: own, assignPublicIp: true } }),
  ],
  good: [
    web({}),
    web({ task: { networkMode: "awsvpc" }, service: { securityGroups: own } }),
    draw((draft) => fargateWeb(draft, { service: { tier: "public", assignPublicIp: true } })),
  ],
};
