import type { Known } from "../../../stack/stack";
import { type Properties, targetOf, type Value } from "../../../stack/value";
import type { Writing } from "../writing";
import { hasCluster, subnetsOfService } from "./cluster";
import { selectionOf, vpcOfSubnets } from "./network";
import { isText } from "./shared";
import { knowsPort } from "./task-definition";

/** A service as one of the classes makes it. */
export interface ServiceShape {
  type: "ecs.FargateService" | "ecs.Ec2Service";
  taskDefinition: Known;
  /** Tasks have interfaces of their own. */
  awsvpc: boolean;
}

/** The class that makes a service, whatever balances it; undefined where none does. */
export function serviceShape(writing: Writing, service: Known): ServiceShape | undefined {
  const { properties } = service;
  const id = targetOf(properties.TaskDefinition);
  const taskDefinition = id === undefined ? undefined : writing.resource(id);
  if (!id || taskDefinition?.type !== "AWS::ECS::TaskDefinition" || taskDefinition.raw || !writing.built(id))
    return undefined;
  // Others write the task definition's family, or nothing.
  if (properties.DeploymentController !== undefined || !hasCluster(writing, service)) return undefined;
  const launches = taskDefinition.properties.RequiresCompatibilities as string[];
  const fargate = onFargate(properties, launches);
  if (fargate === undefined || !launches.includes(fargate ? "FARGATE" : "EC2")) return undefined;
  const awsvpc = taskDefinition.properties.NetworkMode === "awsvpc";
  if (awsvpc !== (properties.NetworkConfiguration !== undefined) || (awsvpc && !hasNetwork(writing, service)))
    return undefined;
  return { type: fargate ? "ecs.FargateService" : "ecs.Ec2Service", taskDefinition: taskDefinition as Known, awsvpc };
}

/** Where a service runs; undefined where only its cluster's default says so and the task could run on both. */
function onFargate(
  { LaunchType, CapacityProviderStrategy }: Properties,
  launches: readonly string[],
): boolean | undefined {
  if (LaunchType === "FARGATE") return true;
  if (LaunchType === "EC2") return false;
  if (LaunchType !== undefined) return undefined;
  const providers = Array.isArray(CapacityProviderStrategy)
    ? CapacityProviderStrategy.map((entry) => (entry as Properties).CapacityProvider)
    : [];
  if (providers.length > 0) {
    const fargate = providers.filter((one) => one === "FARGATE" || one === "FARGATE_SPOT").length;
    return fargate === providers.length ? true : fargate === 0 ? false : undefined;
  }
  return launches.length === 1 ? launches[0] === "FARGATE" : undefined;
}

function hasNetwork(writing: Writing, service: Known): boolean {
  const { AwsvpcConfiguration, ...more } = service.properties.NetworkConfiguration as Properties;
  const { AssignPublicIp, SecurityGroups, Subnets, ...others } = AwsvpcConfiguration as Properties;
  const vpc = vpcOfSubnets(writing, subnetsOfService(service));
  return (
    Object.keys(more).length + Object.keys(others).length === 0 &&
    (AssignPublicIp === "ENABLED" || AssignPublicIp === "DISABLED") &&
    Array.isArray(SecurityGroups) &&
    SecurityGroups.length > 0 &&
    vpc !== undefined &&
    selectionOf(writing, vpc, Subnets) !== undefined
  );
}

/** An entry of LoadBalancers. */
export interface Attachment {
  targetGroup: string;
  container: string;
  port: number;
}

/** Where a service's tasks are registered; undefined where a target cannot say one of the places. */
export function attachmentsOf({ properties }: Known, { taskDefinition }: ServiceShape): Attachment[] | undefined {
  const list = Array.isArray(properties.LoadBalancers) ? (properties.LoadBalancers as Properties[]) : [];
  const found = list.map(({ ContainerName, ContainerPort, TargetGroupArn, ...more }): Attachment | undefined => {
    const targetGroup = targetOf(TargetGroupArn as Value | undefined);
    const known = knowsPort(taskDefinition, ContainerName, ContainerPort);
    return targetGroup !== undefined && known && isText(ContainerName) && Object.keys(more).length === 0
      ? { targetGroup, container: ContainerName, port: ContainerPort as number }
      : undefined;
  });
  return found.includes(undefined) ? undefined : (found as Attachment[]);
}
