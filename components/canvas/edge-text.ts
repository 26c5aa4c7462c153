import { type RelationId, relationOf } from "@/lib/catalog/relations";
import { clip } from "@/lib/core/text";
import { isKind, isRelationEdge } from "@/lib/model/build";
import type { ModelEdge } from "@/lib/model/model";
import { chosenContainer, taskDefinitionOf } from "@/lib/model/queries";
import type { Flow, Verdict } from "@/lib/network/flow";
import { asBalancer, forwardOf, listenerIndexOf, portText } from "@/lib/rules/load-balancing/forwards";

const MOST = 34;

/** Full words first, then shorter ones for where there is less room. */
type Words = readonly [string, ...string[]];

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** What the words on a line say beyond what the edge itself stores: the ports it resolves to. */
const resolved: Partial<Record<RelationId, (edge: ModelEdge) => Words>> = {
  request: ({ to }) => {
    const listeners = asBalancer(to)?.props.listeners ?? [];
    return [
      listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", "),
      listeners.map(({ port }) => port).join(", "),
    ];
  },
  forward: (edge) => {
    const forward = forwardOf(edge);
    if (!forward || !isRelationEdge(edge, "forward")) return [relationOf(edge.relation).label(edge.props)];
    const { balancer, mapping } = forward;
    const listener = balancer.props.listeners[listenerIndexOf(balancer, edge.props.listenerPort)];
    const [target, path] = [mapping ? `→ ${portText(mapping)}` : "", edge.props.pathPatterns[0] ?? ""];
    const port = listener ? String(listener.port) : "";
    return [
      joined(listener?.protocol ?? "", port, target, edge.props.hostHeaders[0] ?? "", path),
      joined(port, target, path),
      joined(port, target),
      target,
    ];
  },
  call: (edge) => {
    const definition = isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;
    const container = definition && chosenContainer(definition, undefined);
    const port = isRelationEdge(edge, "call") ? edge.props.containerPort : undefined;
    const first = container?.portMappings[0];
    return [port !== undefined ? `calls :${port}` : first ? `calls :${portText(first)}` : "calls"];
  },
};

/** Few words on a line: "HTTPS 443 → 8080 /api/*", "mounts /data"; then shorter ones, for where there is no room. */
export const edgeTexts = (edge: ModelEdge): string[] => {
  const texts = resolved[edge.relation]?.(edge) ?? [relationOf(edge.relation).label(edge.props)];
  return [...new Set(texts.map((text) => clip(text, MOST)))];
};

/** Said of each verdict on the line itself, so that colour is never the only sign. */
export const verdictWords = {
  open: { sign: "✓", word: "open" },
  blocked: { sign: "✕", word: "blocked" },
  unknowable: { sign: "?", word: "cannot be known" },
} as const satisfies Record<Verdict, { sign: string; word: string }>;

/** Words on a line in Flows: what a packet meets, and the port of the hop that decides. */
export function flowTexts({ verdict, hops }: Flow): string[] {
  const { sign, word } = verdictWords[verdict];
  const deciding = hops.find((hop) => hop.verdict === verdict && verdict !== "open") ?? hops.at(-1);
  const port = deciding?.port ?? "";
  return [joined(sign, word, port), joined(sign, port), sign];
}
