import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const open = (cidr: string, port = 8080) => ({
  mode: "own" as const,
  ingress: [{ fromPort: port, toPort: port, peer: { cidr } }],
});

/** Dynamic host ports, which the instances open to `cidr`. */
const instances = (cidr: string) => ({
  mode: "own" as const,
  ingress: [{ fromPort: 32768, toPort: 65535, peer: { cidr } }],
});

export const examples: Examples = {
  bad: [
    draw((draft) => fargateWeb(draft, { service: { securityGroups: open("0.0.0.0/0") } })),
    draw((draft) =>
      fargateWeb(draft, { service: { tier: "public", assignPublicIp: true, securityGroups: open("0.0.0.0/0") } }),
    ),
    draw((draft) => ec2Web(draft, { capacity: { securityGroups: instances("0.0.0.0/0") } })),
    // Only advice: nothing but the load balancer is let in, and the address is the only way out.
    draw((draft) => fargateWeb(draft, { service: { tier: "public", assignPublicIp: true } })),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => fargateWeb(draft, { service: { securityGroups: open("10.0.0.0/16") } })),
    draw((draft) => ec2Web(draft, { capacity: { securityGroups: instances("10.0.0.0/16") } })),
  ],
};
