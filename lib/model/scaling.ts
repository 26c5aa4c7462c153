import type { AutoScaling, QueueScaling, TargetTracking } from "../catalog/fields/auto-scaling";
import { isKind, isRelationEdge } from "./build";
import type { ModelEdge, ModelNode } from "./model";

type Service = ModelNode<"service">;

/**
 * The auto scaling that a service has: a daemon has no count to change, and ECS scales no service whose tasks somebody
 * else deploys. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
 */
export const scalingOf = ({ props }: Service): AutoScaling | undefined =>
  props.schedulingStrategy === "REPLICA" && props.deploymentController !== "EXTERNAL" ? props.autoScaling : undefined;

/** How few and how many tasks a service may run. */
export interface TaskRange {
  min: number;
  max: number;
}

/**
 * Between the lowest minimum and the highest maximum that its scaling ever has, scheduled ones included; without
 * scaling, its desired count. Undefined for a daemon, and where nothing says it.
 */
export function taskRangeOf(service: Service): TaskRange | undefined {
  const { desiredCount, schedulingStrategy } = service.props;
  if (schedulingStrategy === "DAEMON") return undefined;
  const scaling = scalingOf(service);
  if (!scaling) return desiredCount === undefined ? undefined : { min: desiredCount, max: desiredCount };
  const { minCapacity, maxCapacity, scheduledActions } = scaling;
  return {
    min: Math.min(minCapacity, ...scheduledActions.map((action) => action.minCapacity ?? minCapacity)),
    max: Math.max(maxCapacity, ...scheduledActions.map((action) => action.maxCapacity ?? maxCapacity)),
  };
}

/** The most tasks that a service may run at once outside of deployments; 0 where nothing says it. */
export const mostTasks = (service: Service): number => taskRangeOf(service)?.max ?? 0;

/** The fewest tasks that a service is meant to run, but for what somebody has put into a timetable. */
export const fewestTasks = (service: Service): number | undefined =>
  service.props.schedulingStrategy === "DAEMON"
    ? undefined
    : (scalingOf(service)?.minCapacity ?? service.props.desiredCount);

/** Where a service says how few tasks it runs: JSON Pointer into its props. */
export const fewestField = (service: Service): string =>
  scalingOf(service) ? "/autoScaling/minCapacity" : "/desiredCount";

/** Where a service says how many tasks it may run. */
export const mostField = (service: Service): string =>
  scalingOf(service) ? "/autoScaling/maxCapacity" : "/desiredCount";

/** Application Load Balancers that forward to a service, each once, with the first edge of it. */
export function balancersOf(service: Service): { balancer: ModelNode<"alb">; edge: ModelEdge<"forward"> }[] {
  const found = new Map<string, { balancer: ModelNode<"alb">; edge: ModelEdge<"forward"> }>();
  for (const edge of service.in) {
    if (!isRelationEdge(edge, "forward") || !isKind(edge.from, "alb") || found.has(edge.from.id)) continue;
    found.set(edge.from.id, { balancer: edge.from, edge });
  }
  return [...found.values()];
}

/** The way whose requests a policy counts: of the load balancer that it names, else of the only one. */
export function countedWay(service: Service, policy: TargetTracking): ModelEdge<"forward"> | undefined {
  const all = balancersOf(service);
  if (policy.loadBalancer === undefined) return all.length === 1 ? all[0]?.edge : undefined;
  return all.find(({ balancer }) => balancer.id === policy.loadBalancer)?.edge;
}

/** Queues that a service polls, each once. */
export const polledQueues = (service: Service): ModelNode<"sqsQueue">[] => [
  ...new Set(
    service.in.flatMap((edge) => (edge.relation === "poll" && isKind(edge.from, "sqsQueue") ? [edge.from] : [])),
  ),
];

/** The queue whose length a policy follows: the one that it names, else the only one. */
export function followedQueue(service: Service, policy: QueueScaling): ModelNode<"sqsQueue"> | undefined {
  const all = polledQueues(service);
  if (policy.queue === undefined) return all.length === 1 ? all[0] : undefined;
  return all.find(({ id }) => id === policy.queue);
}
