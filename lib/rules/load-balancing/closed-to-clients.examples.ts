import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Groups = InputOf<"alb">["securityGroups"];
const admitting = (securityGroups: Groups) =>
  draw((draft) => {
    fargateWeb(draft, { alb: { securityGroups } });
  });
const from = (cidr: string, fromPort: number, toPort = fromPort) => ({ fromPort, toPort, peer: { cidr } });
const anywhere = "0.0.0.0/0";

export const examples: Examples = {
  bad: [
    admitting({ mode: "own" }),
    admitting({ mode: "own", ingress: [from(anywhere, 80)] }),
    admitting({ mode: "own", ingress: [from("10.0.0.0/8", 80, 443)] }),
  ],
  good: [
    draw(fargateWeb),
    admitting({ mode: "own", ingress: [from(anywhere, 80), from(anywhere, 443)] }),
    admitting({ mode: "own", ingress: [{ ipProtocol: "-1", peer: { cidr: anywhere } }] }),
  ],
};
