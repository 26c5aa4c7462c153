import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { clusterOf } from "../model/queries";
import { perLowering } from "./lowering";
import { type PortMapping, type TaskPort, taskPortOf } from "./ports";

/** A port that other services call by name. */
export interface CalledPort extends TaskPort {
  mapping: PortMapping;
  containerPort: number;
  /** The call edges, in id order. */
  edges: ModelEdge[];
}

interface Calls {
  /** Called ports of each service, by node id, in the order of the edges. */
  callees: Map<string, CalledPort[]>;
  /** Cluster whose namespace each service that calls or is called uses, by node id. */
  clusters: Map<string, ModelNode<"cluster">>;
  /** The port mappings that need a name. */
  mappings: Set<PortMapping>;
  /** Services whose names must exist before a service's tasks start, by node id. */
  before: Map<string, ModelNode[]>;
  /** Edges that say how, by the cluster whose namespace they need. */
  namespaces: Map<string, { cluster: ModelNode<"cluster">; edges: ModelEdge[] }>;
}

const calls = perLowering(({ model }): Calls => {
  const found: Calls = {
    callees: new Map(),
    clusters: new Map(),
    mappings: new Set(),
    before: new Map(),
    namespaces: new Map(),
  };
  for (const edge of model.edgesOf("call")) {
    if (!isKind(edge.from, "service") || !isKind(edge.to, "service")) continue;
    if (!waitsFor(found.before, edge.to, edge.from)) append(found.before, edge.from.id, edge.to);
    const cluster = clusterOf(edge.to) ?? clusterOf(edge.from);
    if (!cluster) continue;
    const own = found.clusters.get(edge.to.id) ?? cluster;
    found.clusters.set(edge.to.id, own);
    if (!found.clusters.has(edge.from.id)) found.clusters.set(edge.from.id, own);
    const namespace = found.namespaces.get(own.id) ?? { cluster: own, edges: [] };
    namespace.edges.push(edge as ModelEdge);
    found.namespaces.set(own.id, namespace);
    const port = taskPortOf(edge.to, edge.props);
    if (!port?.mapping || port.containerPort === undefined) continue;
    found.mappings.add(port.mapping);
    const list = found.callees.get(edge.to.id) ?? [];
    found.callees.set(edge.to.id, list);
    const same = list.find((item) => item.mapping === port.mapping);
    if (same) same.edges.push(edge as ModelEdge);
    else list.push({ ...port, mapping: port.mapping, containerPort: port.containerPort, edges: [edge as ModelEdge] });
  }
  return found;
});

/** True when the one service, or one that it waits for, waits for the other or is it. */
function waitsFor(before: ReadonlyMap<string, readonly ModelNode[]>, service: ModelNode, other: ModelNode): boolean {
  const seen = new Set<ModelNode>();
  const visit = (at: ModelNode): boolean => {
    if (at === other) return true;
    if (seen.has(at)) return false;
    seen.add(at);
    return (before.get(at.id) ?? []).some(visit);
  };
  return visit(service);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/**
 * Services to create before this one: tasks know only the names that exist when they are deployed. Of services that
 * call each other in a circle, the first call waits for none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export const calledBefore = (lowering: Parameters<typeof calls>[0], service: ModelNode): readonly ModelNode[] =>
  calls(lowering).before.get(service.id) ?? [];

/** Port mappings that Service Connect needs a name for. */
export const calledPorts = (lowering: Parameters<typeof calls>[0]): ReadonlySet<PortMapping> =>
  calls(lowering).mappings;

/** Clusters that need a namespace, with the calls that need it. */
export const namespacesOf = (
  lowering: Parameters<typeof calls>[0],
): readonly { cluster: ModelNode<"cluster">; edges: readonly ModelEdge[] }[] => [
  ...calls(lowering).namespaces.values(),
];

/** What a service takes part in: the cluster that has its namespace, and the ports that others call. */
export const callsOf = (
  lowering: Parameters<typeof calls>[0],
  service: ModelNode,
): { cluster: ModelNode<"cluster">; ports: readonly CalledPort[] } | undefined => {
  const { clusters, callees } = calls(lowering);
  const cluster = clusters.get(service.id);
  return cluster && { cluster, ports: callees.get(service.id) ?? [] };
};
