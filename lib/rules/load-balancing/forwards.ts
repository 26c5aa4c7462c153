import { type BalancerType, balancerProtocols } from "../../aws/listener-protocols";
import { catalog } from "../../catalog";
import { isKind, isRelationEdge } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import {
  type Container,
  isFargate,
  launchOf,
  type NetworkMode,
  networkModeOf,
  taskDefinitionOf,
} from "../../model/queries";
import { listenerIndexOf as indexAmong, listenersOf } from "../../stack/balancers";
import { type PortMapping, taskPortOf } from "../../stack/ports";

export const balancerTypes = {
  alb: "application",
  nlb: "network",
  clb: "classic",
} as const satisfies Record<string, BalancerType>;
export type BalancerKind = keyof typeof balancerTypes;
export type Balancer = { [K in BalancerKind]: ModelNode<K> }[BalancerKind];

export const asBalancer = (node: ModelNode): Balancer | undefined =>
  isKind(node, "alb") || isKind(node, "nlb") || isKind(node, "clb") ? node : undefined;

/** All load balancers of a design. */
export const balancersOf = (model: Model): Balancer[] => [...model.of("alb"), ...model.of("nlb"), ...model.of("clb")];

export const protocolsOf = (balancer: Balancer) => balancerProtocols.rows[balancerTypes[balancer.kind]];

/** "Application Load Balancer". */
export const typeName = (balancer: Balancer): string => catalog[balancer.kind].label;

/** An edge from a load balancer to a service, with what it resolves to. */
export interface Forward {
  edge: ModelEdge<"forward">;
  balancer: Balancer;
  service: ModelNode<"service">;
  taskDefinition: ModelNode<"taskDefinition"> | undefined;
  /** Undefined also where the edge names a container that does not exist. */
  container: Container | undefined;
  /** The port mapping it goes to; undefined also where the edge names one that does not exist. */
  mapping: PortMapping | undefined;
}

/** Resolves an edge (stored or about to be made) from a load balancer to a service; undefined for all others. */
export function forwardOf(edge: ModelEdge): Forward | undefined {
  if (!isRelationEdge(edge, "forward")) return undefined;
  const balancer = asBalancer(edge.from);
  if (!balancer || !isKind(edge.to, "service")) return undefined;
  const service: ModelNode<"service"> = edge.to;
  const taskDefinition = taskDefinitionOf(service);
  const port = taskPortOf(service as ModelNode, edge.props);
  return { edge, balancer, service, taskDefinition, container: port?.container, mapping: port?.mapping };
}

const present = <T>(value: T | undefined): value is T => value !== undefined;

/** All edges from load balancers to services, in edge id order. */
export const forwardsOf = (model: Model): Forward[] => model.edgesOf("forward").map(forwardOf).filter(present);

/** Those of one service. */
export const forwardsTo = (service: ModelNode): Forward[] => service.in.map(forwardOf).filter(present);

/** Those of one load balancer. */
export const forwardsFrom = (balancer: ModelNode): Forward[] => balancer.out.map(forwardOf).filter(present);

/** "8080", "8000-8010". */
export const portText = (mapping: PortMapping): string =>
  String(mapping.containerPort ?? mapping.containerPortRange ?? "?");

/** How the service's tasks are on the network; undefined while it has no task definition. Fargate is always awsvpc. */
export function modeOf(service: ModelNode<"service">): NetworkMode | undefined {
  if (isFargate(launchOf(service))) return "awsvpc";
  const taskDefinition = taskDefinitionOf(service);
  return taskDefinition && networkModeOf(taskDefinition);
}

/** Bridge mode without a fixed host port: ECS picks one per task. */
export const isDynamic = (mode: NetworkMode | undefined, mapping: PortMapping): boolean =>
  mode === "bridge" && (mapping.hostPort ?? 0) === 0;

/** The position of the listener an edge leaves from: the named port, else the first that forwards; -1 when there is none. */
export const listenerIndexOf = (balancer: Balancer, listenerPort: number | undefined): number =>
  indexAmong(listenersOf(balancer), listenerPort);
