import { osOf } from "../aws/runtime-platforms";
import { pointer } from "../core/pointer";
import type { Place } from "../document/document";
import type { Model, ModelNode } from "../model/model";
import { clusterOf, isFargate, launchOf, type Placement, placementsOf, taskDefinitionOf } from "../model/queries";

export const isWindows = (taskDefinition: ModelNode<"taskDefinition">): boolean =>
  osOf(taskDefinition.props.runtimePlatform.operatingSystemFamily) === "windows";

/** Who runs a definition there: the service, or what starts single tasks. */
export const runnerOf = (placement: Placement): ModelNode =>
  placement.service ?? placement.edge?.from ?? placement.taskDefinition;

/** The drawn thing that decides where it runs. */
export const placeOf = (placement: Placement): Place =>
  placement.service ? { node: placement.service.id } : placement.edge ? { edge: placement.edge.id } : {};

/**
 * What holds a definition to Fargate's rules: the places that run it there, or that it is declared for Fargate, which
 * AWS checks when it is registered. Undefined: nothing does.
 */
export function fargateUse(
  model: Model,
  taskDefinition: ModelNode<"taskDefinition">,
): { also: Place[]; words: string } | undefined {
  const places = placementsOf(model, taskDefinition).filter((place) => isFargate(place.launch));
  const [first] = places;
  if (first) return { also: places.map(placeOf), words: `${runnerOf(first).name} runs it on Fargate` };
  if (!taskDefinition.props.requiresCompatibilities.includes("FARGATE")) return undefined;
  return { also: [], words: "it is declared for Fargate" };
}

/**
 * A service that says nothing about its compute, so that EC2 is meant, runs a definition for Fargate alone, and its
 * cluster has no instances: the launch type was forgotten.
 */
export function launchForgotten(service: ModelNode<"service">): boolean {
  const allowed = taskDefinitionOf(service)?.props.requiresCompatibilities ?? [];
  return (
    service.props.launchType === undefined &&
    launchOf(service) === "EC2" &&
    allowed.length > 0 &&
    !allowed.includes("EC2") &&
    allowed.includes("FARGATE") &&
    !clusterOf(service)?.children.some((node) => node.kind === "asgCapacityProvider") &&
    !service.out.some((edge) => edge.relation === "useCapacity")
  );
}

/** The places that run a definition on EC2 instances. */
export const onInstances = (model: Model, taskDefinition: ModelNode<"taskDefinition">): Placement[] =>
  placementsOf(model, taskDefinition).filter((place) => !isFargate(place.launch));

/** The Auto Scaling group providers whose instances tasks may land on; empty when the design does not say. */
export function providersOf(placement: Placement): ModelNode<"asgCapacityProvider">[] {
  const chosen = placement.service?.out.flatMap((edge) => (edge.relation === "useCapacity" ? [edge.to] : [])) ?? [];
  const cluster = placement.service ? clusterOf(placement.service) : placement.cluster;
  const all = chosen.length > 0 ? chosen : (cluster?.children ?? []);
  return all.filter(
    (node): node is ModelNode<"asgCapacityProvider"> & ModelNode => node.kind === "asgCapacityProvider",
  );
}

/** JSON Pointer into a task definition's props, to a field of one container. */
export const containerField = (container: string, ...segments: (string | number)[]): string =>
  pointer("containerDefinitions", container, ...segments);
