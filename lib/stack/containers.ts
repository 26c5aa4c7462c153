import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { type Container, chosenContainer } from "../model/queries";
import { type Lowering, perLowering } from "./lowering";
import type { Origin } from "./stack";
import type { Properties, Value } from "./value";

/** Lists of a container definition, in CloudFormation's spelling, that edges add to. */
export interface ListContributions {
  Environment: Properties;
  Secrets: Properties;
  EnvironmentFiles: Properties;
  MountPoints: Properties;
  DependsOn: Properties;
}
/** Single properties of a container definition that an edge gives. */
export interface SingleContributions {
  Image: Value;
  RepositoryCredentials: Properties;
}

/** A value and where it comes from. */
export interface Contribution<V = Value> {
  value: V;
  origins: readonly Origin[];
}

export interface Contributions {
  lists: { [K in keyof ListContributions]?: Contribution<ListContributions[K]>[] };
  single: { [K in keyof SingleContributions]?: Contribution<SingleContributions[K]> };
}

interface Made {
  containers: Map<string, Contributions>;
  volumes: Map<string, Map<string, { value: Properties; origins: Origin[] }>>;
}
const made = perLowering((): Made => ({ containers: new Map(), volumes: new Map() }));

/** What edges add to a container; empty until a pass adds something. */
export function contributionsTo(lowering: Lowering, taskDefinition: ModelNode, container: string): Contributions {
  const { containers } = made(lowering);
  const key = `${taskDefinition.id}/${container}`;
  let found = containers.get(key);
  if (!found) {
    found = { lists: {}, single: {} };
    containers.set(key, found);
  }
  return found;
}

/** Adds an entry to a list of a container definition ("Secrets", "MountPoints" …). */
export function contribute<K extends keyof ListContributions>(
  lowering: Lowering,
  taskDefinition: ModelNode,
  container: string,
  list: K,
  value: ListContributions[K],
  origin: Origin | readonly Origin[],
): void {
  const { lists } = contributionsTo(lowering, taskDefinition, container);
  const entries = (lists[list] ?? []) as Contribution<ListContributions[K]>[];
  const origins = [origin].flat() as Origin[];
  const same = entries.find((entry) => JSON.stringify(entry.value) === JSON.stringify(value));
  if (same) same.origins = [...same.origins, ...origins];
  else entries.push({ value, origins });
  (lists as Record<K, Contribution<ListContributions[K]>[]>)[list] = entries;
}

/** Gives a container definition its image or its registry credentials; the first edge wins. */
export function contributeSingle<K extends keyof SingleContributions>(
  lowering: Lowering,
  taskDefinition: ModelNode,
  container: string,
  property: K,
  value: SingleContributions[K],
  origin: Origin | readonly Origin[],
): void {
  const { single } = contributionsTo(lowering, taskDefinition, container);
  if (!single[property])
    (single as Record<K, Contribution<SingleContributions[K]>>)[property] = {
      value,
      origins: [origin].flat() as Origin[],
    };
}

/** Adds a volume to a task definition. `value.Name` names it: the same name twice is one volume. */
export function addVolume(lowering: Lowering, taskDefinition: ModelNode, value: Properties, origin: Origin): void {
  const { volumes } = made(lowering);
  let own = volumes.get(taskDefinition.id);
  if (!own) {
    own = new Map();
    volumes.set(taskDefinition.id, own);
  }
  const name = String(value.Name);
  const same = own.get(name);
  if (same) same.origins.push(origin);
  else own.set(name, { value, origins: [origin] });
}

/** Volumes that passes have added, in the order they came. */
export const volumesOf = (
  lowering: Lowering,
  taskDefinition: ModelNode,
): readonly { value: Properties; origins: Origin[] }[] => [
  ...(made(lowering).volumes.get(taskDefinition.id)?.values() ?? []),
];

/** Task definition and container that an edge starts from; undefined where there is no such container. */
export function sourceContainer(
  edge: ModelEdge,
): { taskDefinition: ModelNode<"taskDefinition">; node: ModelNode; container: Container } | undefined {
  if (!isKind(edge.from, "taskDefinition")) return undefined;
  const container = chosenContainer(edge.from, edge.fromContainer);
  return container && { taskDefinition: edge.from, node: edge.from, container };
}
