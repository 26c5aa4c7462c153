import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const front = (alb: InputOf<"alb">, cidrs?: string[]) =>
  draw((draft) => {
    const internet = draft.document.nodes[fargateWeb(draft, { alb }).internet];
    if (internet && cidrs) internet.props = { cidrs };
  });

export const examples: Examples = {
  bad: [front({ tier: "private" }), front({ scheme: "internal" }), front({ scheme: "internal", tier: "private" })],
  good: [
    draw(fargateWeb),
    // An office on the other end of a VPN.
    front({ scheme: "internal", tier: "private" }, ["10.20.0.0/16", "192.168.4.0/24"]),
  ],
};
