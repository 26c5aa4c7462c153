import type { Known } from "../../../stack/stack";
import { type Properties, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, method, obj, raw, type Variable } from "../code";
import { type Builder, originOf, type Writing } from "../writing";
import { isSaidFamily, targetsIn } from "./balancer-family";
import { actionOf, isApplication, listenerOf, listenerTarget, valuesOf } from "./balancer-shape";
import { vpcOf } from "./network";
import { handleOf, seconds } from "./shared";

const names = {
  ref: "targetGroupArn",
  attributes: {
    LoadBalancerArns: "loadBalancerArns",
    TargetGroupArn: "targetGroupArn",
    TargetGroupFullName: "targetGroupFullName",
    TargetGroupName: "targetGroupName",
  },
};

/**
 * A target group with what it registers: `listener.addTargets(…)` for what no rule catches. One behind a rule is a
 * construct of its own: as a part of the listener, every service there would wait for it.
 */
export const targetGroup: Builder = (writing, resource) => {
  if (!isSaidFamily(writing, resource.id)) return undefined;
  const [rule] = writing.usersOf(resource.id, "AWS::ElasticLoadBalancingV2::ListenerRule");
  const [user] = rule ? [rule] : writing.usersOf(resource.id, "AWS::ElasticLoadBalancingV2::Listener");
  const listener = user && listenerOf(writing, user);
  const balancer = listener && writing.resource(targetOf(listener.properties.LoadBalancerArn) ?? "");
  if (!listener || !balancer || balancer.raw || !writing.built(listener.id)) return undefined;
  const family = isApplication(balancer) ? "Application" : "Network";
  const short = resource.id.replace(/TargetGroup(\d*)$/, "$1");
  const [action] = listener.properties.DefaultActions as Properties[];
  const empty =
    family === "Network" &&
    resource.properties.Targets === undefined &&
    writing.usersOf(resource.id, "AWS::ECS::Service").length === 0;
  // A Network Load Balancer's listener makes no group without targets.
  const alone = rule !== undefined || empty || (action && actionOf(action)?.is === "weighted");
  return {
    type: `elbv2.${family}TargetGroup`,
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      const at = writing.handle(listener.id)?.variable as Variable;
      const props = propsOf(writing, resource, family === "Application");
      const vpc = alone ? vpcOf(writing, resource.properties.VpcId as Value) : undefined;
      const expr = alone
        ? make(`elbv2.${family}TargetGroup`, raw("this"), lit(resource.id), obj({ vpc, ...props }))
        : method(at, "addTargets", lit(short), obj(props));
      writing.program.declare(variable, expr, writing.place(resource));
      if (empty && action && actionOf(action)?.is === "forward") {
        writing.program.run(method(at, "addTargetGroups", lit(short), variable), writing.place(resource));
      }
      sticky(writing, resource, variable, family === "Application");
    },
  };
};

/**
 * A rule of a listener.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_elasticloadbalancingv2.ApplicationListenerRule.html
 */
export const listenerRule: Builder = (writing, resource) => {
  const { Actions, ListenerArn } = resource.properties;
  const listener = targetOf(ListenerArn) ?? "";
  const [group] = targetsIn(Actions).map(targetOf);
  if (!isSaidFamily(writing, resource.id) || !writing.built(listener) || !writing.built(group ?? "")) return undefined;
  return {
    type: "elbv2.ApplicationListenerRule",
    makes: [],
    handle: (_id, variable) =>
      handleOf(resource, variable, { ref: "listenerRuleArn", attributes: { RuleArn: "listenerRuleArn" } }),
    write(variable) {
      const props = obj({
        listener: writing.handle(listener)?.variable,
        ...ruleProps(resource),
        targetGroups: arr([writing.handle(group ?? "")?.variable as Variable]),
      });
      const expr = make("elbv2.ApplicationListenerRule", raw("this"), lit(resource.id), props);
      writing.program.declare(variable, expr, writing.place(resource));
    },
  };
};

const conditions: Readonly<Record<string, string>> = { "host-header": "hostHeaders", "path-pattern": "pathPatterns" };

function ruleProps({ properties: { Conditions, Priority } }: Known): Record<string, Expr> {
  const list = (Conditions as Properties[]).map((condition) =>
    call(
      raw(`elbv2.ListenerCondition.${conditions[condition.Field as string]}`),
      arr((valuesOf(condition) ?? []).map((one) => lit(one))),
    ),
  );
  return { priority: lit(Priority as number), conditions: arr(list) };
}

function attributesOf({ properties }: Known): ReadonlyMap<string, string> {
  const list = (properties.TargetGroupAttributes ?? []) as Properties[];
  return new Map(list.map(({ Key, Value: value }) => [Key as string, value as string]));
}

function propsOf(writing: Writing, resource: Known, application: boolean): Record<string, Expr | undefined> {
  const { Port, Protocol, ProtocolVersion, TargetType } = resource.properties;
  const attributes = attributesOf(resource);
  const delay = attributes.get("deregistration_delay.timeout_seconds");
  const targets = targetsOf(writing, resource);
  const cookie = application && attributes.get("stickiness.enabled") === "true";
  return {
    port: lit(Port as number),
    protocol: raw(`elbv2.${application ? "ApplicationProtocol" : "Protocol"}.${Protocol}`),
    protocolVersion:
      ProtocolVersion === undefined ? undefined : raw(`elbv2.ApplicationProtocolVersion.${ProtocolVersion}`),
    targetType: targets.length > 0 ? undefined : raw(`elbv2.TargetType.${String(TargetType).toUpperCase()}`),
    targets: targets.length > 0 ? arr(targets) : undefined,
    healthCheck: checkOf(resource),
    deregistrationDelay: delay === undefined ? undefined : seconds(Number(delay)),
    stickinessCookieDuration: cookie
      ? seconds(Number(attributes.get("stickiness.lb_cookie.duration_seconds")))
      : undefined,
  };
}

/** Services, or the listener of another load balancer. */
function targetsOf(writing: Writing, resource: Known): Expr[] {
  const inner = listenerTarget(writing, resource);
  if (inner) return [make("elbv2Targets.AlbListenerTarget", writing.handle(inner.id)?.variable)];
  return writing.usersOf(resource.id, "AWS::ECS::Service").flatMap((service) => {
    const handle = writing.handle(service.id);
    const list = (service.properties.LoadBalancers ?? []) as Properties[];
    return list.flatMap(({ ContainerName, ContainerPort, TargetGroupArn }) => {
      if (!handle || targetOf(TargetGroupArn) !== resource.id) return [];
      const props = obj({
        containerName: lit(ContainerName as string),
        containerPort: lit(ContainerPort as number),
        protocol: udpPort(writing, service, ContainerName, ContainerPort) ? raw("ecs.Protocol.UDP") : undefined,
      });
      return [method(handle.variable, "loadBalancerTarget", props)];
    });
  });
}

/** True for a container port that is open for UDP only. */
function udpPort(writing: Writing, service: Known, name: Value | undefined, port: Value | undefined): boolean {
  const task = writing.resource(targetOf(service.properties.TaskDefinition) ?? "");
  const containers = (task?.properties.ContainerDefinitions ?? []) as Properties[];
  const mappings = (containers.find((one) => one.Name === name)?.PortMappings ?? []) as Properties[];
  return mappings.find((one) => one.ContainerPort === port)?.Protocol === "udp";
}

function checkOf({ properties }: Known): Expr | undefined {
  const { HealthCheckPath, HealthCheckPort, HealthCheckProtocol, HealthyThresholdCount, Matcher } = properties;
  const text = (value: Value | undefined): Expr | undefined => (value === undefined ? undefined : lit(value as string));
  const { HttpCode, GrpcCode } = (Matcher ?? {}) as Properties;
  const said: Record<string, Expr | undefined> = {
    path: text(HealthCheckPath),
    port: text(HealthCheckPort),
    protocol: HealthCheckProtocol === undefined ? undefined : raw(`elbv2.Protocol.${HealthCheckProtocol}`),
    interval: seconds(properties.HealthCheckIntervalSeconds),
    timeout: seconds(properties.HealthCheckTimeoutSeconds),
    healthyThresholdCount: text(HealthyThresholdCount),
    unhealthyThresholdCount: text(properties.UnhealthyThresholdCount),
    healthyHttpCodes: text(HttpCode),
    healthyGrpcCodes: text(GrpcCode),
  };
  return Object.values(said).some((one) => one !== undefined) ? obj(said) : undefined;
}

/** Network Load Balancers keep a client at its target by an attribute. */
function sticky(writing: Writing, resource: Known, variable: Variable, application: boolean): void {
  if (application) return;
  for (const [key, value] of attributesOf(resource)) {
    if (!key.startsWith("stickiness.")) continue;
    const from = originOf(resource, "/properties/TargetGroupAttributes");
    writing.program.run(method(variable, "setAttribute", lit(key), lit(value)), { ...writing.place(resource), from });
  }
}
