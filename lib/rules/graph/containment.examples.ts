import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

const withWeb = (change: (draft: Draft, web: Web) => void) =>
  draw((draft) => {
    change(draft, fargateWeb(draft));
  });
function put(draft: Draft, node: string, parent: string): void {
  const item = draft.document.nodes[node];
  if (item) item.parent = parent;
}
const cidr = (cidr: string) =>
  draw((draft) => {
    fargateWeb(draft, { vpc: { cidr } });
  });

type Rules = Extract<NonNullable<InputOf<"alb">["securityGroups"]>, { mode: "own" }>["ingress"];
/** The usual web service whose load balancer has a group by hand: what it needs, and more. */
const admitting = (...more: NonNullable<Rules>) =>
  draw((draft) => {
    const needed = [80, 443].map((port) => ({ fromPort: port, toPort: port, peer: { cidr: "0.0.0.0/0" } }));
    fargateWeb(draft, { alb: { listeners: web, securityGroups: { mode: "own", ingress: [...needed, ...more] } } });
  });
const web: NonNullable<InputOf<"alb">["listeners"]> = [
  { port: 80, protocol: "HTTP", redirectToHttps: true },
  { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
];
const clients = (...cidrs: string[]) =>
  withWeb((draft, { internet }) => {
    const node = draft.document.nodes[internet];
    if (node) node.props = { cidrs };
  });

export const examples: Examples = {
  bad: [
    withWeb((draft, { alb, cluster }) => put(draft, alb, cluster)),
    withWeb((draft, { container, cluster }) => {
      draft.connect(container, "mount", draft.add("efs", {}, { name: "Files", parent: cluster }));
    }),
    // A Regional service: the exports move it out.
    withWeb((draft, { repository, vpc }) => put(draft, repository, vpc)),
    withWeb((draft, { internet, vpc }) => put(draft, internet, vpc)),
    withWeb((draft, { task, service }) => put(draft, task, service)),
    cidr("10.0.0.0/8"),
    cidr("10.0.0.0/28"),
    cidr("10.0.0.300/16"),
    cidr("ten"),
    clients("0.0.0.0/0", "203.0.113.7"),
    clients("0.0.0.0/0", "office"),
    admitting({ fromPort: 22, toPort: 22, peer: { cidr: "10.0.0.0" } }),
    admitting({ fromPort: 22, toPort: 70_000, peer: { cidr: "10.0.0.0/16" } }),
    admitting({ fromPort: 90, toPort: 80, peer: { cidr: "10.0.0.0/16" } }),
  ],
  good: [
    draw(fargateWeb),
    clients("203.0.113.0/24", "2001:db8::/32"),
    admitting(
      { peer: { cidr: "10.0.0.0/16" } },
      { ipProtocol: "icmp", fromPort: -1, toPort: -1, peer: { cidr: "10.0.0.0/16" } },
    ),
    cidr("172.16.0.0/24"),
    withWeb((draft, { vpc }) => void draft.add("note", {}, { parent: vpc })),
  ],
  unknowable: [
    draw((draft) => {
      fargateWeb(draft, { vpc: { source: "existing", cidr: "" } });
    }),
  ],
};
