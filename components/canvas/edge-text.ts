import { type RelationId, relationOf } from "@/lib/catalog/relations";
import { clip } from "@/lib/core/text";
import { isKind, isRelationEdge } from "@/lib/model/build";
import type { ModelEdge } from "@/lib/model/model";
import { chosenContainer, taskDefinitionOf } from "@/lib/model/queries";
import type { Flow, Verdict } from "@/lib/network/flow";
import { asBalancer, forwardOf, listenerIndexOf, portText } from "@/lib/rules/load-balancing/forwards";

const MOST = 34;

/** What the words on a line say beyond what the edge itself stores: the ports it resolves to. */
const resolved: Partial<Record<RelationId, (edge: ModelEdge) => string>> = {
  request: ({ to }) =>
    (asBalancer(to)?.props.listeners ?? []).map(({ protocol, port }) => `${protocol} ${port}`).join(", "),
  forward: (edge) => {
    const forward = forwardOf(edge);
    if (!forward || !isRelationEdge(edge, "forward")) return relationOf(edge.relation).label(edge.props);
    const { balancer, mapping } = forward;
    const listener = balancer.props.listeners[listenerIndexOf(balancer, edge.props.listenerPort)];
    return [
      listener ? `${listener.protocol} ${listener.port}` : "",
      mapping ? `→ ${portText(mapping)}` : "",
      ...edge.props.hostHeaders.slice(0, 1),
      ...edge.props.pathPatterns.slice(0, 1),
    ]
      .filter((part) => part !== "")
      .join(" ");
  },
  call: (edge) => {
    const definition = isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;
    const container = definition && chosenContainer(definition, undefined);
    const port = isRelationEdge(edge, "call") ? edge.props.containerPort : undefined;
    const first = container?.portMappings[0];
    return port !== undefined ? `calls :${port}` : first ? `calls :${portText(first)}` : "calls";
  },
};

/** Few words on a line: "HTTPS 443 → 8080 /api/*", "mounts /data". */
export const edgeText = (edge: ModelEdge): string =>
  clip(resolved[edge.relation]?.(edge) ?? relationOf(edge.relation).label(edge.props), MOST);

/** Said of each verdict on the line itself, so that colour is never the only sign. */
export const verdictWords = {
  open: { sign: "✓", word: "open" },
  blocked: { sign: "✕", word: "blocked" },
  unknowable: { sign: "?", word: "cannot be known" },
} as const satisfies Record<Verdict, { sign: string; word: string }>;

/** Words on a line in Flows: what a packet meets, and the port of the hop that decides. */
export function flowText({ verdict, hops }: Flow): string {
  const { sign, word } = verdictWords[verdict];
  const deciding = hops.find((hop) => hop.verdict === verdict && verdict !== "open") ?? hops.at(-1);
  return [sign, word, deciding?.port ?? ""].filter((part) => part !== "").join(" ");
}
