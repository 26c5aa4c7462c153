import type { InputOf } from "../../catalog";
import type { DocumentEdge } from "../../document/document";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** The usual web service and a second path to it. */
const two = (
  first: DocumentEdge["props"],
  second: { pathPatterns?: string[]; hostHeaders?: string[]; priority?: number; containerPort?: number },
) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const edge = draft.document.edges[web.forward];
    if (edge) edge.props = first;
    draft.connect(web.alb, "forward", web.service, second);
  });

/** A Network Load Balancer with these listeners, and edges that leave from these ports. */
const network = (ports: number[], from: number[]) =>
  draw((draft) => {
    const web = fargateWeb(draft, { container: { portMappings: [{ containerPort: 8080 }, { containerPort: 8081 }] } });
    const listeners = ports.map((port) => ({ port, protocol: "TCP" as const }));
    const nlb = draft.add("nlb", { listeners }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    for (const [index, listenerPort] of from.entries()) {
      draft.connect(nlb, "forward", web.service, { listenerPort, containerPort: 8080 + index });
    }
  });

const alb = (props: InputOf<"alb">) => draw((draft) => void fargateWeb(draft, { alb: props }));
const six = ["/a/*", "/b/*", "/c/*", "/d/*", "/e/*", "/f/*"];

export const examples: Examples = {
  bad: [
    alb({
      listeners: [
        { port: 80, protocol: "HTTP", redirectToHttps: true },
        { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
        { port: 70_000, protocol: "HTTP", redirectToHttps: true },
      ],
    }),
    alb({ idleTimeout: 0 }),
    alb({ idleTimeout: 4001 }),
    two({}, { pathPatterns: six }),
    two({}, { pathPatterns: ["shop"] }),
    two({}, { pathPatterns: ["/a b"] }),
    two({}, { hostHeaders: ["localhost"] }),
    two({}, { hostHeaders: ["api.example.com:8080"] }),
    two({ pathPatterns: ["/a/*"], priority: 5 }, { pathPatterns: ["/b/*"], priority: 5 }),
    two({}, { pathPatterns: ["/b/*"], priority: 50_001 }),
    network([5000, 5000], [5000]),
    network([5000], [5000, 5000]),
  ],
  good: [
    draw(fargateWeb),
    two({}, { pathPatterns: ["/b/*"] }),
    two({ pathPatterns: ["/a/*"], priority: 5 }, { pathPatterns: ["/b/*"], priority: 50_000 }),
    two({}, { pathPatterns: six.slice(0, 4), hostHeaders: ["*.example.com"] }),
    two({}, { pathPatterns: ["/~user/$x?/*.png", "*.html"] }),
    alb({ idleTimeout: 4000 }),
    // The second one gets a path with the service's name.
    two({}, { containerPort: 8080 }),
    network([5000, 5001], [5000, 5001]),
  ],
};
