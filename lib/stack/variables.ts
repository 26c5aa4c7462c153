import { isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import type { Container } from "../model/queries";
import { contribute } from "./containers";
import { derived, type Lowering, perLowering } from "./lowering";
import type { Value } from "./value";
import { screamingSnake } from "./words";

/** Names that a container has already: drawn ones, injected ones and those given here. */
const taken = perLowering(() => new Map<string, Set<string>>());

function namesOf(lowering: Lowering, source: Source): Set<string> {
  const key = `${source.node.id}/${source.container.id}`;
  let names = taken(lowering).get(key);
  if (!names) {
    const { environment, secrets } = source.container;
    names = new Set([...environment, ...secrets].map((entry) => entry.name));
    for (const edge of source.node.out) if (isRelationEdge(edge, "inject")) names.add(edge.props.name);
    taken(lowering).set(key, names);
  }
  return names;
}

interface Source {
  node: ModelNode;
  container: Container;
}

/**
 * Tells a container where the thing is that it is connected to, since its name is generated: the queue Orders gives
 * `ORDERS_QUEUE_URL`. Named after the logical id, so it never follows a rename; a variable that the person set under
 * that name stays.
 */
export function variableFor(
  lowering: Lowering,
  edge: ModelEdge,
  source: Source,
  target: ModelNode,
  what: string,
  part: string,
  value: Value,
): void {
  const base = screamingSnake(lowering.idOf(target));
  const name = base === what || base.endsWith(`_${what}`) ? `${base}_${part}` : `${base}_${what}_${part}`;
  const names = namesOf(lowering, source);
  if (names.has(name)) return;
  names.add(name);
  contribute(lowering, source.node, source.container.id, "Environment", { Name: name, Value: value }, derived(edge));
}
