import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

type Groups = InputOf<"asgCapacityProvider">["securityGroups"];
const fixed: WebChanges = {
  service: { desiredCount: 2 },
  container: { portMappings: [{ containerPort: 8080, hostPort: 80 }] },
};
const host: WebChanges = { service: { desiredCount: 2 }, task: { networkMode: "host" }, container: { user: "1000" } };

/** A fixed host port behind a load balancer; the instances' group is the person's own. */
const owning = (change: WebChanges, groups: (alb: string) => Groups) =>
  draw((draft) => {
    const web = ec2Web(draft, change);
    const capacity = draft.document.nodes[web.capacity];
    if (capacity?.kind === "asgCapacityProvider") {
      capacity.props = { ...capacity.props, securityGroups: groups(web.alb) };
    }
  });
const tcp = (node: string, port: number) => ({ fromPort: port, toPort: port, peer: { node } });

export const examples: Examples = {
  bad: [
    owning(fixed, (alb) => ({ mode: "own", ingress: [tcp(alb, 8080)] })),
    owning(host, (alb) => ({ mode: "own", ingress: [tcp(alb, 80)] })),
  ],
  good: [
    draw((draft) => ec2Web(draft, fixed)),
    owning(fixed, (alb) => ({ mode: "own", ingress: [tcp(alb, 80)] })),
    owning(host, (alb) => ({ mode: "own", ingress: [tcp(alb, 8080)] })),
  ],
};
