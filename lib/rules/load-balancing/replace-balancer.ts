import { logicalIdFrom, nextId } from "../../core/ids";
import type { Json } from "../../core/json";
import { pointer } from "../../core/pointer";
import { type DocumentEdge, type DocumentNode, endpoint, scenarios } from "../../document/document";
import type { Edit } from "../../document/edits/edit";
import { referencesOf } from "../../document/edits/references";
import type { Model, ModelNode } from "../../model/model";

/**
 * Edits that put another kind of load balancer in a load balancer's place: same name, box, listeners and edges, one
 * undo step. Edge settings that the old kind alone understands are dropped.
 */
export function replaceBalancer(model: Model, old: ModelNode, kind: "alb" | "nlb", props: object): Edit[] {
  const { document } = model;
  const id = nextId("n", Object.keys(document.nodes));
  const taken = new Set(Object.values(document.nodes).map((node) => node.logicalId));
  const layout = document.layout[old.id];
  const node = {
    kind,
    name: old.name,
    logicalId: logicalIdFrom(old.name, "LoadBalancer", taken),
    ...(old.parent ? { parent: old.parent.id } : {}),
    props,
  } as DocumentNode;
  const edits: Edit[] = [{ edit: "addNode", id, node, ...(layout ? { layout } : {}) }];
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
      if (named === old.id) edits.push({ edit: "setField", id: otherId, field, value: id });
    }
  }
  return [...edits, ...forget(model, old.id), { edit: "removeNode", id: old.id }];
}

function portable(edge: DocumentEdge): object {
  if (edge.relation !== "forward") return edge.props;
  const { targetType: _, targetProtocol: __, healthCheck, ...rest } = edge.props;
  if (!healthCheck) return rest;
  const { protocol: ___, ...check } = healthCheck;
  return { ...rest, healthCheck: check };
}

/** What the design says elsewhere about a node that goes. */
function forget(model: Model, id: string): Edit[] {
  const { environments, usage, suppressions } = model.document;
  const edits: Edit[] = [];
  for (const [name, environment] of Object.entries(environments)) {
    if (Object.hasOwn(environment.props, id)) {
      edits.push({ edit: "setDesign", field: pointer("environments", name, "props", id) });
    }
    for (const scenario of scenarios) {
      if (Object.hasOwn(environment.usage[scenario] ?? {}, id)) {
        edits.push({ edit: "setDesign", field: pointer("environments", name, "usage", scenario, id) });
      }
    }
  }
  for (const scenario of scenarios) {
    if (Object.hasOwn(usage.scenarios[scenario], id)) {
      edits.push({ edit: "setDesign", field: pointer("usage", "scenarios", scenario, id) });
    }
  }
  const kept = suppressions.filter((suppression) => suppression.at.node !== id);
  if (kept.length < suppressions.length) {
    edits.push({ edit: "setDesign", field: "/suppressions", value: kept as unknown as Json });
  }
  return edits;
}

/** Listeners of a Classic Load Balancer as an ALB has them, or as an NLB where one of them is not HTTP. */
export function modernised(clb: ModelNode<"clb">): { kind: "alb" | "nlb"; label: string; props: object } {
  const { scheme, tier, listeners, securityGroups } = clb.props;
  const web = listeners.every((listener) => listener.protocol === "HTTP" || listener.protocol === "HTTPS");
  const asTransport: Record<string, string> = { HTTP: "TCP", TCP: "TCP", HTTPS: "TLS", SSL: "TLS" };
  const props = {
    scheme,
    tier,
    listeners: web ? listeners : listeners.map((item) => ({ ...item, protocol: asTransport[item.protocol] })),
    securityGroups,
  };
  return web
    ? { kind: "alb", label: "an Application Load Balancer", props }
    : { kind: "nlb", label: "a Network Load Balancer", props };
}

/** The repair of most defects of a Classic Load Balancer. */
export function replaceClassic(model: Model, clb: ModelNode<"clb">) {
  const { kind, label, props } = modernised(clb);
  return { title: `Replace by ${label}`, risk: "review" as const, edits: replaceBalancer(model, clb, kind, props) };
}
