import type { Tier } from "../catalog/fields/network";
import type { Pointer } from "../core/pointer";
import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import {
  capacityOf,
  clusterOfRunTask,
  isFargate,
  networkModeOf,
  placementOfRunTask,
  runTaskDefinition,
} from "../model/queries";
import { groupsOfRunTask } from "./groups";
import { derived, type Lowering } from "./lowering";
import { networkOf } from "./networks";
import { clusterArn as clusterPattern } from "./parameter-patterns";
import { type Role, roleOf } from "./roles";
import type { Origin } from "./stack";
import { att, type Properties, ref, type Value } from "./value";

type RunTask = ModelEdge<"runTask">;

/** What a target that starts tasks says about them, apart from role, retries and dead letters. */
export interface EcsTarget {
  taskDefinition: ModelNode<"taskDefinition">;
  clusterArn: Value;
  parameters: Properties;
  /** Pointers into the parameters. */
  parts: Record<Pointer, Origin>;
}

/**
 * Cluster and EcsParameters of a rule's or schedule's target; undefined where there is no task definition to start.
 * EventBridge and Scheduler spell the network configuration differently.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-events-rule-ecsparameters.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-scheduler-schedule-ecsparameters.html
 */
export function ecsTarget(
  lowering: Lowering,
  edge: RunTask,
  spelling: "AwsVpcConfiguration" | "AwsvpcConfiguration",
): EcsTarget | undefined {
  const taskDefinition = runTaskDefinition(edge);
  if (!taskDefinition) return undefined;
  const owner = edge as ModelEdge;
  const { props } = edge;
  const fargate = isFargate(placementOfRunTask(lowering.model, edge, taskDefinition).launch);
  const network =
    networkModeOf(taskDefinition) === "awsvpc" ? networkConfiguration(lowering, edge, fargate) : undefined;
  const parameters: Properties = {
    ...capacityFor(lowering, edge, fargate),
    ...(network ? { NetworkConfiguration: { [spelling]: network } } : {}),
    ...(props.platformVersion === undefined ? {} : { PlatformVersion: props.platformVersion }),
    TaskCount: props.taskCount,
    TaskDefinitionArn: ref(lowering.idOf(taskDefinition as ModelNode)),
  };
  const from = (field: string): Origin => lowering.from(owner, field);
  return {
    taskDefinition,
    clusterArn: clusterArn(lowering, edge),
    parameters,
    parts: {
      "/CapacityProviderStrategy": from("/capacityProviderStrategy"),
      "/LaunchType": from("/launchType"),
      [`/NetworkConfiguration/${spelling}/AssignPublicIp`]: from("/assignPublicIp"),
      [`/NetworkConfiguration/${spelling}/Subnets`]: from("/tier"),
      "/PlatformVersion": from("/platformVersion"),
      "/TaskCount": from("/taskCount"),
    },
  };
}

/** A drawing may leave the cluster open; then the template asks for one. */
function clusterArn(lowering: Lowering, edge: RunTask): Value {
  const cluster = clusterOfRunTask(lowering.model, edge);
  if (cluster) return att(lowering.idOf(cluster as ModelNode), "Arn");
  return lowering.parameter(`${lowering.idOf(edge.from)}ClusterArn`, {
    type: "String",
    description: `ARN of the cluster in which ${edge.from.name} starts tasks.`,
    ...clusterPattern,
    origin: derived(edge as ModelEdge, "/cluster"),
  });
}

/** What a person set on the connection; else, for a copy of a service's tasks, the service's own. */
function chosen(lowering: Lowering, edge: RunTask): { tier: Tier; assignPublicIp: boolean } {
  const { tier, assignPublicIp } = edge.props;
  if (!isKind(edge.to, "service")) return { tier, assignPublicIp };
  const isDrawn = (field: string): boolean => lowering.from(edge as ModelEdge, field).why === "drawn";
  const service = edge.to.props;
  return {
    tier: isDrawn("/tier") ? tier : service.tier,
    assignPublicIp: isDrawn("/assignPublicIp") ? assignPublicIp : service.assignPublicIp,
  };
}

function networkConfiguration(lowering: Lowering, edge: RunTask, fargate: boolean): Properties {
  const cluster = clusterOfRunTask(lowering.model, edge);
  const network = networkOf(lowering, (cluster ?? edge.to) as ModelNode);
  const { tier, assignPublicIp } = chosen(lowering, edge);
  const groups = groupsOfRunTask(lowering, edge).map((group): Value => group.groupId);
  return {
    // Only Fargate takes it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
    ...(fargate ? { AssignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED" } : {}),
    ...(groups.length > 0 ? { SecurityGroups: groups } : {}),
    Subnets: network.subnets(tier),
  };
}

interface StrategyEntry {
  capacityProvider: Value;
  weight: number;
  base: number;
}

/** A strategy, or a launch type, or neither where the cluster's default decides. */
function capacityFor(lowering: Lowering, edge: RunTask, fargate: boolean): Properties {
  const { launchType, capacityProviderStrategy } = edge.props;
  if (launchType !== undefined) return { LaunchType: launchType };
  if (capacityProviderStrategy.length > 0) return strategy(capacityProviderStrategy);
  if (!isKind(edge.to, "service")) return { LaunchType: fargate ? "FARGATE" : "EC2" };
  const service = edge.to;
  if (service.props.launchType !== undefined) return { LaunchType: service.props.launchType };
  const entries: StrategyEntry[] = [
    ...service.props.capacityProviderStrategy,
    ...capacityOf(service).map(({ edge: use, provider }) => ({
      capacityProvider: ref(lowering.idOf(provider as ModelNode)),
      weight: use.props.weight,
      base: use.props.base,
    })),
  ];
  return entries.length > 0 ? strategy(entries) : {};
}

const strategy = (entries: readonly StrategyEntry[]): Properties => ({
  CapacityProviderStrategy: entries.map(({ capacityProvider, weight, base }) => ({
    ...(base === 0 ? {} : { Base: base }),
    CapacityProvider: capacityProvider,
    Weight: weight,
  })),
});

/** Lets the role of a rule or schedule start exactly this definition in this cluster, and pass on its roles. */
export function grantRunTask(lowering: Lowering, role: Role, edge: RunTask, target: EcsTarget): void {
  const owner = edge as ModelEdge;
  const { taskDefinition, clusterArn: cluster } = target;
  role.grant(
    {
      actions: ["ecs:RunTask"],
      resources: [ref(lowering.idOf(taskDefinition as ModelNode))],
      conditions: { ArnEquals: { "ecs:cluster": cluster } },
    },
    owner,
  );
  const passed = (["execution", "task"] as const)
    .map((which) => roleOf(lowering, taskDefinition, which).arn())
    .filter((arn) => arn !== undefined);
  role.grant(
    {
      actions: ["iam:PassRole"],
      resources: passed,
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    owner,
  );
}

/** The dead-letter queue that an edge names. */
export function deadLetterQueueOf(lowering: Lowering, edge: RunTask): ModelNode | undefined {
  const { deadLetterQueue } = edge.props;
  const queue = deadLetterQueue === undefined ? undefined : lowering.model.node(deadLetterQueue);
  return queue?.kind === "sqsQueue" ? queue : undefined;
}

/** How often and how long a delivery is tried; undefined leaves AWS's defaults. */
export function retryPolicy(attempts: number | undefined, ageInSeconds: number | undefined): Properties | undefined {
  if (attempts === undefined && ageInSeconds === undefined) return undefined;
  return {
    ...(ageInSeconds === undefined ? {} : { MaximumEventAgeInSeconds: ageInSeconds }),
    ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
  };
}
