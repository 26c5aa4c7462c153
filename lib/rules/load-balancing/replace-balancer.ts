import { slug } from "../../core/ids";
import { type DocumentEdge, endpoint } from "../../document/document";
import type { Edit, EditOf } from "../../document/edits/edit";
import { referencesOf } from "../../document/edits/references";
import type { Model, ModelNode } from "../../model/model";
import { addNode, removeNode, review, set } from "../repairs";
import type { Fix } from "../rule";

/**
 * Edits that put another kind of load balancer in a load balancer's place: same name, box, listeners and edges, one
 * undo step. Edge settings that the old kind alone understands are dropped.
 */
export function replaceBalancer(model: Model, old: ModelNode, kind: "alb" | "nlb", props: object): Edit[] {
  const { document } = model;
  const { id, edit } = addNode(document, kind, { name: old.name, parent: old.parent?.id, props });
  const layout = document.layout[old.id];
  const edits: Edit[] = [{ ...edit, ...(layout ? { layout } : {}) }];
  for (const [edgeId, edge] of Object.entries(document.edges)) {
    const from = endpoint(edge.from).node === old.id ? id : edge.from;
    const to = endpoint(edge.to).node === old.id ? id : edge.to;
    if (from === edge.from && to === edge.to) continue;
    edits.push({ edit: "reconnect", id: edgeId, edge: { ...edge, from, to, props: portable(edge) } as DocumentEdge });
  }
  const others = [...Object.entries(document.nodes), ...Object.entries(document.edges)];
  for (const [otherId, item] of others) {
    if (otherId === old.id) continue;
    for (const { field, node: named } of referencesOf(item)) {
      if (named === old.id) edits.push(set(otherId, field, id));
    }
  }
  return [...edits, removeNode(old.id)];
}

function portable(edge: DocumentEdge): object {
  if (edge.relation !== "forward") return edge.props;
  const { targetType: _, targetProtocol: __, healthCheck, ...rest } = edge.props;
  if (!healthCheck) return rest;
  const { protocol: ___, ...check } = healthCheck;
  return { ...rest, healthCheck: check };
}

/** Listeners of a Classic Load Balancer as an ALB has them, or as an NLB where one of them is not HTTP. */
function modernised(clb: ModelNode<"clb">) {
  const { scheme, tier, listeners, securityGroups } = clb.props;
  const web = listeners.every((listener) => listener.protocol === "HTTP" || listener.protocol === "HTTPS");
  const asTransport: Record<string, string> = { HTTP: "TCP", TCP: "TCP", HTTPS: "TLS", SSL: "TLS" };
  const protocolOf = (old: string): string => (web ? old : (asTransport[old] ?? old));
  return {
    kind: web ? ("alb" as const) : ("nlb" as const),
    label: web ? "an Application Load Balancer" : "a Network Load Balancer",
    props: {
      scheme,
      tier,
      listeners: listeners.map((item) => ({ ...item, protocol: protocolOf(item.protocol) })),
      securityGroups,
    },
  };
}

/** The repair of most defects of a Classic Load Balancer. Services that shared it get a path, or a port, of their own. */
export function replaceClassic(model: Model, clb: ModelNode<"clb">): Fix {
  const { kind, label, props } = modernised(clb);
  const listeners = [...props.listeners];
  const used = new Set<number>();
  const edits = replaceBalancer(model, clb, kind, { ...props, listeners }).map((edit) => {
    const target = edit.edit === "reconnect" && edit.edge.relation === "forward" ? model.edge(edit.id)?.to : undefined;
    if (!target || edit.edit !== "reconnect") return edit;
    const given = edit.edge.props as { listenerPort?: number };
    const listener = listeners.find(({ port }) => port === (given.listenerPort ?? port));
    if (!listener || !used.has(listener.port)) {
      if (listener) used.add(listener.port);
      return edit;
    }
    if (kind === "alb") return apart(edit, { pathPatterns: [`/${slug(target.name, "app")}/*`] });
    const port = Math.max(...listeners.map((item) => item.port)) + 1;
    listeners.push({ ...listener, port });
    used.add(port);
    return apart(edit, { listenerPort: port });
  });
  const [add, ...rest] = edits;
  const whole = add?.edit === "addNode" ? { ...add, node: { ...add.node, props: { ...props, listeners } } } : add;
  return review(`Replace by ${label}`, ...([whole, ...rest] as Edit[]));
}

const apart = (edit: EditOf<"reconnect">, own: object): Edit => ({
  ...edit,
  edge: { ...edit.edge, props: { ...edit.edge.props, ...own } } as DocumentEdge,
});
