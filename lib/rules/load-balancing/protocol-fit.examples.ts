import type { DocumentEdge } from "../../document/document";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const albTo = (props: DocumentEdge["props"], portMappings = [{ containerPort: 8080 }]) =>
  draw((draft) => {
    const edge = draft.document.edges[fargateWeb(draft, { container: { portMappings } }).forward];
    if (edge) edge.props = props;
  });

/** A Network Load Balancer beside the usual one. */
const nlbTo = (
  protocol: "TCP" | "TCP_UDP" | "UDP",
  props: { targetProtocol?: string; pathPatterns?: string[]; containerPort?: number },
) =>
  draw((draft) => {
    const web = fargateWeb(draft, {
      container: { portMappings: [{ containerPort: 8080 }, { containerPort: 5353, protocol: "udp" }] },
    });
    const listeners = [{ port: 53, protocol }];
    const nlb = draft.add("nlb", { listeners }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    draft.connect(nlb, "forward", web.service, props);
  });

const sticky = (protocol: "TCP" | "TLS") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const certificate = { from: "parameter" as const };
    const listeners = [{ port: 8443, protocol, ...(protocol === "TLS" ? { certificate } : {}) }];
    const nlb = draft.add("nlb", { listeners }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    draft.connect(nlb, "forward", web.service, { stickiness: true });
  });

const udp = [{ containerPort: 5353, protocol: "udp" as const }];

export const examples: Examples = {
  bad: [
    albTo({}, udp),
    albTo({ targetProtocol: "TCP" }),
    nlbTo("TCP", { targetProtocol: "HTTP" }),
    nlbTo("TCP_UDP", { targetProtocol: "TCP" }),
    nlbTo("TCP", { pathPatterns: ["/api/*"] }),
    sticky("TLS"),
  ],
  good: [
    albTo({}),
    albTo({ targetProtocol: "HTTPS" }),
    sticky("TCP"),
    albTo({ targetProtocol: "GRPC" }),
    nlbTo("UDP", { containerPort: 5353 }),
    nlbTo("UDP", { targetProtocol: "TCP_UDP", containerPort: 5353 }),
  ],
};
