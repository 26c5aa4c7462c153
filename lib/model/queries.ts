import type { ContainerDefinition } from "../catalog/fields/container";
import { compareKeys, own } from "../core/json";
import { isKind, isRelationEdge } from "./build";
import type { Model, ModelEdge, ModelNode } from "./model";

/** Where a task really runs. EXTERNAL and Managed Instances join when their kinds do. */
export type Launch = "FARGATE" | "FARGATE_SPOT" | "EC2";
export const isFargate = (launch: Launch): boolean => launch !== "EC2";

export type NetworkMode = "awsvpc" | "bridge" | "host" | "none";

export interface Container extends ContainerDefinition {
  id: string;
}

/** The cluster a node stands in, or itself. */
export const clusterOf = (node: ModelNode): ModelNode<"cluster"> | undefined => ancestor(node, "cluster");

/** The VPC a node stands in; undefined means an existing VPC, given by parameters. */
export const vpcOf = (node: ModelNode): ModelNode<"vpc"> | undefined => ancestor(node, "vpc");

function ancestor<K extends "vpc" | "cluster">(node: ModelNode, kind: K): ModelNode<K> | undefined {
  const seen = new Set<ModelNode>();
  for (let at: ModelNode | undefined = node; at && !seen.has(at); at = at.parent) {
    if (isKind(at, kind)) return at;
    seen.add(at);
  }
  return undefined;
}

/** All task definitions a service is connected to; a good design has exactly one. */
export const taskDefinitionsOf = (service: ModelNode): ModelNode<"taskDefinition">[] =>
  service.out.flatMap((edge) => (edge.relation === "run" && isKind(edge.to, "taskDefinition") ? [edge.to] : []));

/** What a service runs: its first task definition. */
export const taskDefinitionOf = (service: ModelNode): ModelNode<"taskDefinition"> | undefined =>
  taskDefinitionsOf(service)[0];

/** Services that run a task definition. */
export const servicesOf = (taskDefinition: ModelNode): ModelNode<"service">[] =>
  taskDefinition.in.flatMap((edge) => (edge.relation === "run" && isKind(edge.from, "service") ? [edge.from] : []));

/** Auto Scaling group providers in a service's strategy, with their edges. */
export const capacityOf = (
  service: ModelNode,
): { edge: ModelEdge<"useCapacity">; provider: ModelNode<"asgCapacityProvider"> }[] =>
  service.out.flatMap((edge) =>
    isRelationEdge(edge, "useCapacity") && isKind(edge.to, "asgCapacityProvider") ? [{ edge, provider: edge.to }] : [],
  );

/** Launch of a service: explicit type, else the kind of its providers, else the cluster's default, else EC2. `rules.md`, "Words used in conditions". */
export function launchOf(service: ModelNode<"service">): Launch {
  if (service.props.launchType) return service.props.launchType;
  if (capacityOf(service).length > 0) return "EC2";
  const own = service.props.capacityProviderStrategy;
  const strategy = own.length > 0 ? own : (clusterOf(service)?.props.defaultCapacityProviderStrategy ?? []);
  return launchOfStrategy(strategy) ?? "EC2";
}

/** FARGATE_SPOT only when nothing in the strategy is on demand. */
export function launchOfStrategy(
  strategy: readonly { capacityProvider: "FARGATE" | "FARGATE_SPOT" }[],
): Launch | undefined {
  if (strategy.length === 0) return undefined;
  return strategy.every((entry) => entry.capacityProvider === "FARGATE_SPOT") ? "FARGATE_SPOT" : "FARGATE";
}

/** A place where a task definition runs: a service, or an edge that starts single tasks. */
export interface Placement {
  taskDefinition: ModelNode<"taskDefinition">;
  launch: Launch;
  cluster: ModelNode<"cluster"> | undefined;
  service?: ModelNode<"service">;
  edge?: ModelEdge<"runTask">;
}

const placementCache = new WeakMap<Model, Map<ModelNode, Placement[]>>();

/** All places where a task definition runs, services first. Resolved once per model, for all definitions together. */
export function placementsOf(model: Model, taskDefinition: ModelNode<"taskDefinition">): readonly Placement[] {
  let places = placementCache.get(model);
  if (!places) {
    places = allPlacements(model);
    placementCache.set(model, places);
  }
  return places.get(taskDefinition as ModelNode) ?? [];
}

function allPlacements(model: Model): Map<ModelNode, Placement[]> {
  const places = new Map<ModelNode, Placement[]>();
  for (const definition of model.of("taskDefinition")) {
    const services = servicesOf(definition).map(
      (service): Placement => ({
        taskDefinition: definition,
        launch: launchOf(service),
        cluster: clusterOf(service),
        service,
      }),
    );
    places.set(definition as ModelNode, services);
  }
  for (const edge of model.edgesOf("runTask")) {
    const definition = runTaskDefinition(edge);
    if (definition) places.get(definition as ModelNode)?.push(placementOfRunTask(model, edge, definition));
  }
  return places;
}

/** The definition a RunTask edge starts: its target, or what the target service runs. */
export const runTaskDefinition = (edge: ModelEdge<"runTask">): ModelNode<"taskDefinition"> | undefined =>
  isKind(edge.to, "taskDefinition") ? edge.to : isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;

/** Resolves cluster and launch of a RunTask edge. */
export function placementOfRunTask(
  model: Model,
  edge: ModelEdge<"runTask">,
  taskDefinition: ModelNode<"taskDefinition">,
): Placement {
  return {
    taskDefinition,
    launch: launchOfRunTask(edge, taskDefinition),
    cluster: clusterOfRunTask(model, edge),
    edge,
  };
}

/** The cluster named by the edge; else the target's own; else the only one of the design. */
export function clusterOfRunTask(model: Model, edge: ModelEdge<"runTask">): ModelNode<"cluster"> | undefined {
  if (edge.props.cluster !== undefined) {
    const named = model.node(edge.props.cluster);
    return isKind(named, "cluster") ? named : undefined;
  }
  const clusters = model.of("cluster");
  const definition = runTaskDefinition(edge);
  return (
    clusterOf(edge.to) ??
    (definition ? servicesOf(definition).map(clusterOf).find(Boolean) : undefined) ??
    (clusters.length === 1 ? clusters[0] : undefined)
  );
}

function launchOfRunTask(edge: ModelEdge<"runTask">, taskDefinition: ModelNode<"taskDefinition">): Launch {
  if (edge.props.launchType) return edge.props.launchType;
  const strategy = launchOfStrategy(edge.props.capacityProviderStrategy);
  if (strategy) return strategy;
  if (isKind(edge.to, "service")) return launchOf(edge.to);
  const allowed = taskDefinition.props.requiresCompatibilities;
  return allowed.includes("EC2") && !allowed.includes("FARGATE") ? "EC2" : "FARGATE";
}

/** networkMode; unset means bridge on EC2. On Fargate unset stays bridge here, which TD-008 reports. */
export const networkModeOf = (taskDefinition: ModelNode<"taskDefinition">): NetworkMode =>
  taskDefinition.props.networkMode ?? "bridge";

const containerCache = new WeakMap<object, Container[]>();

/** Containers in id order, each with its id. */
export function containersOf(taskDefinition: ModelNode<"taskDefinition">): readonly Container[] {
  const definitions = taskDefinition.props.containerDefinitions;
  let containers = containerCache.get(definitions);
  if (!containers) {
    containers = Object.keys(definitions)
      .sort(compareKeys)
      .map((id) => ({ id, ...(definitions[id] as ContainerDefinition) }));
    containerCache.set(definitions, containers);
  }
  return containers;
}

/** One container by id. */
export const containerOf = (taskDefinition: ModelNode<"taskDefinition">, id: string): Container | undefined =>
  own(taskDefinition.props.containerDefinitions, id) && containersOf(taskDefinition).find((item) => item.id === id);

/** The container an edge means: the named one, else the first essential with a port, else the first essential, else the first. */
export function chosenContainer(
  taskDefinition: ModelNode<"taskDefinition">,
  id: string | undefined,
): Container | undefined {
  if (id !== undefined) return containerOf(taskDefinition, id);
  const all = containersOf(taskDefinition);
  return (
    all.find((item) => item.essential && item.portMappings.length > 0) ?? all.find((item) => item.essential) ?? all[0]
  );
}

/** Edges of one relation that start at one container of a task definition. */
export const edgesFromContainer = (taskDefinition: ModelNode<"taskDefinition">, container: string): ModelEdge[] =>
  taskDefinition.out.filter((edge) => edge.fromContainer === container);
