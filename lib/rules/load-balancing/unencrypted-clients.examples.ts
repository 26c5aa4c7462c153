import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const secure = { port: 443, protocol: "HTTPS" as const, certificate: { from: "parameter" as const } };
const listening = (alb: InputOf<"alb">, listenerPort?: number) =>
  draw((draft) => {
    const edge = draft.document.edges[fargateWeb(draft, { alb }).forward];
    if (edge && listenerPort !== undefined) edge.props = { listenerPort };
  });

export const examples: Examples = {
  bad: [
    listening({ listeners: [{ port: 80, protocol: "HTTP" }] }),
    listening({ listeners: [{ port: 8080, protocol: "HTTP" }] }, 8080),
  ],
  good: [
    draw(fargateWeb),
    listening({ listeners: [secure] }),
    draw((draft) => {
      const web = fargateWeb(draft, {
        alb: { scheme: "internal", tier: "private", listeners: [{ port: 80, protocol: "HTTP" }] },
      });
      for (const [id, edge] of Object.entries(draft.document.edges)) {
        if (edge.from === web.internet) delete draft.document.edges[id];
      }
      delete draft.document.nodes[web.internet];
    }),
  ],
};
