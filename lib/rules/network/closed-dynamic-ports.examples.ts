import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

type Groups = InputOf<"asgCapacityProvider">["securityGroups"];

/** Dynamic host ports behind a load balancer; the instances' group is the person's own. */
const owning = (groups: (alb: string) => Groups, ami?: "custom") =>
  draw((draft) => {
    const web = ec2Web(draft, ami ? { capacity: { ami, customImageId: "ami-0123456789abcdef0" } } : {});
    const capacity = draft.document.nodes[web.capacity];
    if (capacity?.kind === "asgCapacityProvider") {
      capacity.props = { ...capacity.props, securityGroups: groups(web.alb) };
    }
  });
const tcp = (node: string, fromPort: number, toPort: number) => ({ fromPort, toPort, peer: { node } });

export const examples: Examples = {
  bad: [
    owning(() => ({ mode: "own" })),
    // The classic mistake: the container port, which nobody listens on.
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 8080, 8080)] })),
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 32768, 40000)] })),
  ],
  good: [
    draw(ec2Web),
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 32768, 65535)] })),
    owning((alb) => ({ mode: "own", ingress: [{ ipProtocol: "-1", peer: { node: alb } }] })),
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 0, 65535)] })),
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 32768, 50000), tcp(alb, 50001, 65535)] })),
  ],
  unknowable: [
    // Enough where the AMI takes host ports from that range.
    owning((alb) => ({ mode: "own", ingress: [tcp(alb, 49153, 65535)] })),
  ],
};
