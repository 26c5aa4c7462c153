import type { DocumentEdge } from "../../document/document";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** The usual web service and a second path to it. */
const two = (
  first: DocumentEdge["props"],
  second: { pathPatterns?: string[]; priority?: number; containerPort?: number },
) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const edge = draft.document.edges[web.forward];
    if (edge) edge.props = first;
    draft.connect(web.alb, "forward", web.service, second);
  });

const network = (...ports: number[]) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const listeners = ports.map((port) => ({ port, protocol: "TCP" as const }));
    const nlb = draft.add("nlb", { listeners }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    for (const port of new Set([ports[0], ports.at(-1)])) {
      draft.connect(nlb, "forward", web.service, { listenerPort: port });
    }
  });

export const examples: Examples = {
  bad: [
    two({}, { containerPort: 8080 }),
    two({ pathPatterns: ["/a/*"], priority: 5 }, { pathPatterns: ["/b/*"], priority: 5 }),
    two({}, { pathPatterns: ["/b/*"], priority: 50_001 }),
    network(5000, 5000),
  ],
  good: [
    draw(fargateWeb),
    two({}, { pathPatterns: ["/b/*"] }),
    two({ pathPatterns: ["/a/*"], priority: 5 }, { pathPatterns: ["/b/*"], priority: 50_000 }),
    network(5000, 5001),
  ],
};
