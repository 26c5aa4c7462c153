import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb, type Web, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

type Groups = InputOf<"service">["securityGroups"];

/** The usual web service with a group of the person's own; the rules may name the load balancer. */
const owning = (
  groups: (alb: string) => Groups,
  more: (draft: Draft, web: Web) => void = () => {},
  change: WebChanges = {},
) =>
  draw((draft) => {
    const web = fargateWeb(draft, change);
    const service = draft.document.nodes[web.service];
    if (service?.kind === "service") service.props = { ...service.props, securityGroups: groups(web.alb) };
    more(draft, web);
  });
const tcp = (port: number, peer: { cidr: string } | { node: string }, to = port) => ({
  fromPort: port,
  toPort: to,
  peer,
});
const checkedOn = (port: string) => (draft: Draft, web: Web) => {
  const edge = draft.document.edges[web.forward];
  if (edge?.relation === "forward") edge.props = { healthCheck: { port } };
};

export const examples: Examples = {
  bad: [
    owning(() => ({ mode: "own" })),
    owning((alb) => ({ mode: "own", ingress: [tcp(80, { node: alb })] })),
    owning(() => ({ mode: "own", ingress: [tcp(8080, { cidr: "192.168.0.0/16" })] })),
    owning((alb) => ({ mode: "own", ingress: [{ ...tcp(8080, { node: alb }), ipProtocol: "udp" }] })),
    owning((alb) => ({ mode: "own", ingress: [tcp(8080, { node: alb })] }), checkedOn("9000")),
    // The load balancer's own group lets nothing out to the tasks.
    owning(() => ({ mode: "derived" }), undefined, {
      alb: {
        securityGroups: {
          mode: "own",
          ingress: [tcp(443, { cidr: "0.0.0.0/0" }), tcp(80, { cidr: "0.0.0.0/0" })],
          egress: [tcp(443, { cidr: "10.0.0.0/16" })],
        },
      },
    }),
  ],
  good: [
    draw(fargateWeb),
    owning((alb) => ({ mode: "own", ingress: [tcp(8080, { node: alb })] })),
    owning((alb) => ({ mode: "own", ingress: [tcp(8000, { node: alb }, 9000)] }), checkedOn("9000")),
    // The public subnets of the load balancer lie in this range.
    owning(() => ({ mode: "own", ingress: [tcp(8080, { cidr: "10.0.0.0/16" })] })),
    owning(() => ({ mode: "own", ingress: [tcp(8080, { cidr: "10.0.0.0/20" }), tcp(8080, { cidr: "10.0.16.0/20" })] })),
  ],
  unknowable: [
    // Where the subnets of an existing VPC lie, only the parameters say.
    owning(() => ({ mode: "own", ingress: [tcp(8080, { cidr: "10.0.0.0/16" })] }), undefined, {
      vpc: { source: "existing" },
    }),
  ],
};
