import { permissions } from "../../aws/permissions";
import type { Pointer } from "../../core/pointer";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { capacityOf, clusterOf, isFargate, launchOf, taskDefinitionOf } from "../../model/queries";
import { scalingOf } from "../../model/scaling";
import { attachmentsOf } from "../balancers";
import { cfnCase } from "../cfn-case";
import { groupOf } from "../groups";
import { constructOf, derived, type Lowering } from "../lowering";
import { networkOf } from "../networks";
import { modeOf, portName } from "../ports";
import { PropertySet } from "../property-set";
import { stepsBeforeFirstStart, stepsSentence } from "../readiness";
import { roleOf } from "../roles";
import { calledBefore, callsOf } from "../service-connect";
import type { Origin } from "../stack";
import { att, Intrinsic, type Properties, ref, targetOf, type Value } from "../value";
import { wanted } from "../wanted";
import { kebab } from "../words";
import { associationsId, namespaceId } from "./clusters";

type Service = ModelNode<"service">;

/** What ECS Exec needs of the task role. Before the task definitions. */
export function lowerExec(lowering: Lowering): void {
  for (const service of lowering.model.of("service")) {
    const definition = taskDefinitionOf(service as ModelNode);
    if (!service.props.enableExecuteCommand || !definition) continue;
    const role = roleOf(lowering, definition, "task");
    const origin = lowering.from(service as ModelNode, "/enableExecuteCommand");
    for (const { actions } of permissions["execute-command"].statements) {
      role.grant({ actions, resources: ["*"] }, service as ModelNode, origin);
    }
  }
}

/** Services, last of all that they wait for. */
export function lowerServices(lowering: Lowering): void {
  for (const service of lowering.model.of("service")) lowerService(lowering, service);
}

function lowerService(lowering: Lowering, service: Service): void {
  const node = service as ModelNode;
  const { props } = service;
  const from = (field: Pointer): Origin => lowering.from(node, field);
  const cluster = clusterOf(node);
  const definition = taskDefinitionOf(node);
  const run = node.out.find((edge) => edge.relation === "run" && edge.to.id === definition?.id);
  const balancers = loadBalancers(lowering, service);
  const strategy = capacityStrategy(lowering, service);
  const fargate = isFargate(launchOf(service));
  const daemon = isDaemonOnInstances(service);
  // Task sets say where tasks run, and ECS refuses a service that says it too.
  const external = props.deploymentController === "EXTERNAL";
  const ecs = props.deploymentController === "ECS";
  const replica = props.schedulingStrategy === "REPLICA";
  const properties = new PropertySet()
    .set("AvailabilityZoneRebalancing", props.availabilityZoneRebalancing, from("/availabilityZoneRebalancing"))
    .set(
      "CapacityProviderStrategy",
      daemon || external ? undefined : strategy.value,
      from("/capacityProviderStrategy"),
      strategy.parts,
    )
    .set("Cluster", cluster && ref(lowering.idOf(cluster as ModelNode)), derived(node))
    .set("DeploymentConfiguration", deployment(service), from("/circuitBreaker"), {
      "/MaximumPercent": from("/maximumPercent"),
      "/MinimumHealthyPercent": from("/minimumHealthyPercent"),
    })
    // ECS deploys by itself where nothing is said, and the CDK says nothing either.
    .set("DeploymentController", ecs ? undefined : { Type: props.deploymentController }, from("/deploymentController"))
    .set(
      "DesiredCount",
      replica ? desiredCount(lowering, service) : undefined,
      from(scalingOf(service) ? "/autoScaling" : "/desiredCount"),
    )
    .set("EnableECSManagedTags", false, derived(node))
    .set("EnableExecuteCommand", props.enableExecuteCommand || undefined, from("/enableExecuteCommand"))
    // ECS refuses it where nothing checks the tasks' health from outside.
    .set(
      "HealthCheckGracePeriodSeconds",
      balancers.value && (props.healthCheckGracePeriodSeconds ?? 0),
      from("/healthCheckGracePeriodSeconds"),
    )
    // ECS refuses a daemon with a strategy, the cluster's default included. https://github.com/aws/containers-roadmap/issues/692
    .set(
      "LaunchType",
      external ? undefined : daemon ? "EC2" : props.launchType,
      from(daemon ? "/schedulingStrategy" : "/launchType"),
    )
    // Empty, not left out: CloudFormation would leave a service registered where it no longer is. As the CDK has it.
    .set("LoadBalancers", balancers.value ?? (ecs ? [] : undefined), derived(node), balancers.parts)
    .set("NetworkConfiguration", networkConfiguration(lowering, service), from("/tier"), {
      "/AwsvpcConfiguration/AssignPublicIp": from("/assignPublicIp"),
      "/AwsvpcConfiguration/SecurityGroups": from("/securityGroups"),
      "/AwsvpcConfiguration/Subnets": from("/tier"),
    })
    .set("PlacementConstraints", constraints(lowering, service), from("/placementConstraints"))
    .set("PlacementStrategies", list(props.placementStrategies), from("/placementStrategies"))
    .set("PlatformVersion", external ? undefined : props.platformVersion, from("/platformVersion"))
    .set("SchedulingStrategy", fargate && replica ? undefined : props.schedulingStrategy, from("/schedulingStrategy"));
  serviceConnect(lowering, service, properties);
  properties.set(
    "TaskDefinition",
    definition && ref(lowering.idOf(definition as ModelNode)),
    run ? lowering.drawn(run) : derived(node),
  );
  if (!ecs)
    properties.origins["/properties/DeploymentConfiguration"] = [
      from("/maximumPercent"),
      from("/minimumHealthyPercent"),
    ];
  lowering.add("AWS::ECS::Service", lowering.idOf(node), properties, {
    origins: lowering.drawn(node),
    construct: constructOf("service", node),
    dependsOn: waits(lowering, service),
  });
}

const list = (items: readonly object[]): Value | undefined =>
  items.length > 0 ? items.map((item) => cfnCase(item)) : undefined;

/** One task on each instance of its cluster. */
const isDaemonOnInstances = (service: Service): boolean =>
  service.props.schedulingStrategy === "DAEMON" && !isFargate(launchOf(service));

/** No instance is of this type. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html */
const NOWHERE: Value = [{ Expression: "attribute:ecs.instance-type == none", Type: "memberOf" }];

/** A daemon takes no count to start at 0 with: until somebody has pushed its image, a constraint keeps it from all instances. */
function constraints(lowering: Lowering, service: Service): Value | undefined {
  const node = service as ModelNode;
  const own = list(service.props.placementConstraints);
  const definition = taskDefinitionOf(node);
  const steps = definition && isDaemonOnInstances(service) ? stepsBeforeFirstStart(definition as ModelNode) : [];
  if (steps.length === 0) return own;
  const condition = wanted(lowering, service, steps, { runs: "runs on the instances", field: "/schedulingStrategy" });
  return new Intrinsic("Fn::If", [condition, own ?? ref("AWS::NoValue"), NOWHERE]);
}

/** Everything that must work before the first task starts, besides what the service refers to. */
function waits(lowering: Lowering, service: Service): string[] {
  const node = service as ModelNode;
  const cluster = clusterOf(node);
  const definition = taskDefinitionOf(node);
  const usesProviders = service.props.launchType === undefined;
  // Whoever names a provider refers to its instances.
  const onInstances = service.props.launchType === "EC2" || isDaemonOnInstances(service);
  return [
    ...attachmentsOf(lowering, node).flatMap((attachment) => attachment.waitFor),
    ...(cluster && usesProviders ? [associationsId(lowering, cluster as ModelNode)] : []),
    ...(cluster && onInstances ? instancesOf(lowering, cluster as ModelNode) : []),
    ...(modeOf(service) === "awsvpc" ? networkOf(lowering, node).connectivity(service.props.tier) : []),
    ...(definition ? roleOf(lowering, definition, "task").resources() : []),
    ...(definition ? roleOf(lowering, definition, "execution").resources() : []),
    ...calledBefore(lowering, node).map((called) => lowering.idOf(called)),
  ];
}

/** The Auto Scaling groups of a cluster: instances come before the tasks on them, and go after them. */
const instancesOf = (lowering: Lowering, cluster: ModelNode): string[] =>
  cluster.children.flatMap((child) =>
    child.kind === "asgCapacityProvider" ? [lowering.idFor(child, "AutoScalingGroup")] : [],
  );

interface Part {
  value: Value | undefined;
  parts: Record<Pointer, readonly Origin[]>;
}

/** Written out in full: ECS's own defaults, 100 and 200 percent, or 0 and 100 for a daemon. */
function deployment({ props }: Service): Properties {
  const daemon = props.schedulingStrategy === "DAEMON";
  const percentages = {
    MaximumPercent: props.maximumPercent ?? (daemon ? 100 : 200),
    MinimumHealthyPercent: props.minimumHealthyPercent ?? (daemon ? 0 : 100),
  };
  // The circuit breaker exists only where ECS itself deploys.
  if (props.deploymentController !== "ECS") return percentages;
  return {
    DeploymentCircuitBreaker: { Enable: props.circuitBreaker.enable, Rollback: props.circuitBreaker.rollback },
    ...percentages,
  };
}

/**
 * A parameter that starts at 0 where somebody has to push an image (or the like) first. A service that scales says no
 * number: each deployment would set back the one that scaling has chosen. It starts with one task, and as soon as it is
 * registered, Application Auto Scaling brings it to its minimum.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html#cfn-ecs-service-desiredcount,
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 */
function desiredCount(lowering: Lowering, service: Service): Value | undefined {
  const node = service as ModelNode;
  const definition = taskDefinitionOf(node);
  const steps = definition ? stepsBeforeFirstStart(definition as ModelNode) : [];
  if (scalingOf(service)) {
    if (steps.length === 0) return undefined;
    const condition = wanted(lowering, service, steps, { runs: "runs and scales", field: "/autoScaling" });
    return new Intrinsic("Fn::If", [condition, ref("AWS::NoValue"), 0]);
  }
  const count = service.props.desiredCount;
  if (steps.length === 0) return count;
  const parameter = lowering.parameter(`${lowering.idOf(node)}DesiredCount`, {
    type: "Number",
    description: `Tasks of ${service.name}: 0 until they can start${count === undefined ? "" : `, then ${count}`}.`,
    default: 0,
    minValue: 0,
    constraintDescription: "Give a number of tasks, 0 or more.",
    origin: lowering.from(node, "/desiredCount"),
  });
  const then = count === undefined ? "the number of tasks" : String(count);
  lowering.describe(`${stepsSentence(steps)}, then set ${targetOf(parameter)} to ${then}.`);
  return parameter;
}

/** The Fargate entries of the service, then the Auto Scaling groups it is connected to. */
function capacityStrategy(lowering: Lowering, service: Service): Part {
  const node = service as ModelNode;
  const parts: Record<Pointer, readonly Origin[]> = {};
  const entry = (provider: Value, base: number, weight: number): Properties => ({
    Base: base,
    CapacityProvider: provider,
    Weight: weight,
  });
  const value: Value[] = service.props.capacityProviderStrategy.map((item, index) => {
    parts[`/${index}`] = [lowering.from(node, `/capacityProviderStrategy/${index}`)];
    return entry(item.capacityProvider, item.base, item.weight);
  });
  for (const { edge, provider } of capacityOf(node)) {
    const origin = lowering.drawn(edge as ModelEdge);
    parts[`/${value.length}`] = [origin];
    value.push(entry(ref(lowering.idOf(provider as ModelNode)), edge.props.base, edge.props.weight));
  }
  return { value: value.length > 0 ? value : undefined, parts };
}

function loadBalancers(lowering: Lowering, service: Service): Part {
  const attachments = attachmentsOf(lowering, service as ModelNode);
  const parts: Record<Pointer, readonly Origin[]> = {};
  const value = attachments.map((attachment, index): Properties => {
    parts[`/${index}`] = attachment.origins;
    return {
      ContainerName: attachment.containerName,
      ...(attachment.containerPort === undefined ? {} : { ContainerPort: attachment.containerPort }),
      ...attachment.target,
    };
  });
  return { value: value.length > 0 ? value : undefined, parts };
}

/** Subnets and groups belong to tasks with interfaces of their own. */
function networkConfiguration(lowering: Lowering, service: Service): Properties | undefined {
  if (modeOf(service) !== "awsvpc") return undefined;
  const group = groupOf(lowering, service as ModelNode);
  return {
    AwsvpcConfiguration: {
      AssignPublicIp: service.props.assignPublicIp ? "ENABLED" : "DISABLED",
      ...(group ? { SecurityGroups: [group.groupId] } : {}),
      Subnets: networkOf(lowering, service as ModelNode).subnets(service.props.tier),
    },
  };
}

/** Cloud Map takes 64 characters, and a port may follow. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html */
const MAX_NAME = 48;

/** A service that others call offers its ports by name; one that only calls joins the namespace. */
function serviceConnect(lowering: Lowering, service: Service, properties: PropertySet): void {
  const node = service as ModelNode;
  const calls = callsOf(lowering, node);
  if (!calls) return;
  const whole = kebab(lowering.idOf(node));
  const name = whole.length > MAX_NAME ? `${whole.slice(0, MAX_NAME)}-${node.id}` : whole;
  const parts: Record<Pointer, readonly Origin[]> = {};
  const services = calls.ports.map((port, index): Properties => {
    parts[`/Services/${index}`] = port.edges.map((edge) => lowering.drawn(edge));
    return {
      ClientAliases: [{ DnsName: name, Port: port.containerPort }],
      DiscoveryName: index === 0 ? name : `${name}-${port.containerPort}`,
      PortName: portName(port.container, port.mapping),
    };
  });
  const edges = [...node.in, ...node.out].filter((edge) => edge.relation === "call" && isKind(edge.to, "service"));
  properties.set(
    "ServiceConnectConfiguration",
    {
      Enabled: true,
      Namespace: att(namespaceId(lowering, calls.cluster as ModelNode), "Arn"),
      ...(services.length > 0 ? { Services: services } : {}),
    },
    edges.map((edge) => derived(edge)),
    parts,
  );
}
