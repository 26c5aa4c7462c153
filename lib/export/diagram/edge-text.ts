import { type RelationId, relationOf } from "../../catalog/relations";
import { clip } from "../../core/text";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { chosenContainer, containerOf, taskDefinitionOf } from "../../model/queries";
import { type Listener, listenerIndexOf } from "../../stack/balancers";
import { type PortMapping, taskPortOf } from "../../stack/ports";

const MOST = 34;

/** Full words first, then shorter ones for where there is less room. */
type Words = readonly [string, ...string[]];

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Listeners of a load balancer; undefined for what is none. */
const listenersAt = (node: ModelNode): readonly Listener[] | undefined =>
  isKind(node, "alb") || isKind(node, "nlb") || isKind(node, "clb") ? node.props.listeners : undefined;

const portText = (mapping: PortMapping): string => String(mapping.containerPort ?? mapping.containerPortRange ?? "?");

/** What the words on a line say beyond what the edge itself stores: the ports it resolves to. */
const resolved: Partial<Record<RelationId, (edge: ModelEdge) => Words>> = {
  request: ({ to }) => {
    const listeners = listenersAt(to) ?? [];
    return [
      listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", "),
      listeners.map(({ port }) => port).join(", "),
    ];
  },
  forward: (edge) => {
    const listeners = listenersAt(edge.from);
    if (!listeners || !isRelationEdge(edge, "forward") || !isKind(edge.to, "service")) {
      return [relationOf(edge.relation).label(edge.props)];
    }
    const mapping = taskPortOf(edge.to as ModelNode, edge.props)?.mapping;
    const listener = listeners[listenerIndexOf(listeners, edge.props.listenerPort)];
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

/** "Front door forwards to Web", "app of Web task mounts Shared files". */
export const edgeSentence = (edge: ModelEdge): string =>
  `${endName(edge.from, edge.fromContainer)} ${relationOf(edge.relation).verb} ${endName(edge.to, edge.toContainer)}`;

function endName(node: ModelNode, container: string | undefined): string {
  const definition =
    isKind(node, "taskDefinition") && container !== undefined ? containerOf(node, container) : undefined;
  return definition ? `${definition.name} of ${node.name}` : node.name;
}
