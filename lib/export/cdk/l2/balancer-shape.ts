import type { Known, Resource } from "../../../stack/stack";
import { Intrinsic, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import type { Writing } from "../writing";
import { connectivityOf, selectionOf, vpcOfSubnets } from "./network";
import { isNumber, isText, only, same } from "./shared";

/** TLS 1.2 and 1.3: `SslPolicy.RECOMMENDED_TLS`. */
const RECOMMENDED = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const isList = (value: Value | undefined): value is Value[] => Array.isArray(value);
const isBare = (resource: Resource): boolean =>
  resource.deletionPolicy === undefined && resource.updateReplacePolicy === undefined;

export const isApplication = ({ properties }: Known): boolean => properties.Type === "application";

/** True for a load balancer that `elbv2.ApplicationLoadBalancer` or `NetworkLoadBalancer` makes. */
export function loadBalancerSays(writing: Writing, resource: Known): boolean {
  const { IpAddressType, LoadBalancerAttributes, Scheme, SecurityGroups, Subnets, Type } = resource.properties;
  const vpc = vpcOfSubnets(writing, Subnets);
  const selected = vpc === undefined ? undefined : selectionOf(writing, vpc, Subnets);
  const groups = isList(SecurityGroups) ? SecurityGroups.length : 0;
  const waits = selected?.tier === undefined || vpc === undefined ? [] : routesOf(writing, vpc, selected.tier);
  return (
    only(resource, "IpAddressType", "LoadBalancerAttributes", "Scheme", "SecurityGroups", "Subnets", "Type") &&
    isBare(resource) &&
    selected !== undefined &&
    (Type === "application" ? groups === 1 : Type === "network") &&
    (Scheme === "internet-facing" || Scheme === "internal") &&
    (IpAddressType === undefined || (Type === "application" && IpAddressType === "dualstack")) &&
    isList(LoadBalancerAttributes) &&
    LoadBalancerAttributes.some((one) => (one as Properties).Key === "deletion_protection.enabled") &&
    // The class keeps one value of each.
    new Set(LoadBalancerAttributes.map((one) => (one as Properties).Key)).size === LoadBalancerAttributes.length &&
    // A construct that faces the internet waits for the routes of its subnets.
    (Scheme === "internal" || waits.every((id) => (resource.dependsOn ?? []).includes(id)))
  );
}

/** What a whole tier of a VPC of the stack waits for to reach the internet. */
export function routesOf(writing: Writing, vpc: Value, tier: number): readonly string[] {
  return connectivityOf(writing, targetOf(vpc)).find((one) => one.tier === tier)?.ids ?? [];
}

const protocols = /^(HTTP|HTTPS|TCP|UDP|TLS|TCP_UDP)$/;

/** True for a listener that `addListener` makes. */
export function listenerSays(resource: Known): boolean {
  const { Certificates, DefaultActions, Port, Protocol, SslPolicy } = resource.properties;
  const encrypted = Protocol === "HTTPS" || Protocol === "TLS";
  const certificates = isList(Certificates) ? Certificates : [];
  return (
    only(resource, "Certificates", "DefaultActions", "LoadBalancerArn", "Port", "Protocol", "SslPolicy") &&
    isBare(resource) &&
    (resource.dependsOn ?? []).length === 0 &&
    isNumber(Port) &&
    isText(Protocol) &&
    protocols.test(Protocol) &&
    (encrypted
      ? certificates.length === 1 && SslPolicy === RECOMMENDED
      : certificates.length === 0 && SslPolicy === undefined) &&
    certificates.every((one) => Object.keys(one as object).join() === "CertificateArn") &&
    isList(DefaultActions) &&
    DefaultActions.length === 1 &&
    actionOf(DefaultActions[0] as Properties) !== undefined
  );
}

/** What a listener does with what no rule catches. */
export type DefaultAction =
  | { is: "redirect"; port: string; protocol: string; permanent: boolean }
  | { is: "fixed"; status: number; contentType: string; body: string }
  | { is: "forward"; targetGroup: string }
  | { is: "weighted"; targetGroups: readonly { id: string; weight: number }[] };

/** A default action as the classes know it; undefined for any other. */
export function actionOf({ Type, ...action }: Properties): DefaultAction | undefined {
  if (Type === "redirect" && Object.keys(action).join() === "RedirectConfig") {
    const { Port, Protocol, StatusCode, ...more } = action.RedirectConfig as Properties;
    const code = StatusCode === "HTTP_301" || StatusCode === "HTTP_302";
    if (Object.keys(more).length > 0 || !isText(Port) || !isText(Protocol) || !code) return undefined;
    return { is: "redirect", port: Port, protocol: Protocol, permanent: StatusCode === "HTTP_301" };
  }
  if (Type === "fixed-response" && Object.keys(action).join() === "FixedResponseConfig") {
    const { ContentType, MessageBody, StatusCode, ...more } = action.FixedResponseConfig as Properties;
    if (Object.keys(more).length > 0 || !isText(ContentType) || !isText(MessageBody) || !isText(StatusCode))
      return undefined;
    return { is: "fixed", status: Number(StatusCode), contentType: ContentType, body: MessageBody };
  }
  if (Type !== "forward") return undefined;
  const single = forwardOf({ Type, ...action });
  if (single !== undefined) return { is: "forward", targetGroup: single };
  const config = action.ForwardConfig as Properties | undefined;
  if (!config || Object.keys(action).length > 1 || Object.keys(config).join() !== "TargetGroups") return undefined;
  const groups = (config.TargetGroups as Properties[]).map(({ TargetGroupArn, Weight }) => ({
    id: targetOf(TargetGroupArn) ?? "",
    weight: Weight as number,
  }));
  return groups.every(({ id, weight }) => id !== "" && isNumber(weight))
    ? { is: "weighted", targetGroups: groups }
    : undefined;
}

/** The target group of an action that does nothing but forward to it. */
export function forwardOf({ Type, TargetGroupArn, ...more }: Properties): string | undefined {
  const id = targetOf(TargetGroupArn);
  return Type === "forward" && id !== undefined && same(TargetGroupArn, ref(id)) && Object.keys(more).length === 0
    ? id
    : undefined;
}

/** Values that all conditions of a rule may have together. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MOST_VALUES = 5;

/** True for a rule that forwards to one target group by host or path. */
export function ruleSays(resource: Known): boolean {
  const { Actions, Conditions, Priority } = resource.properties;
  const conditions = isList(Conditions) ? (Conditions as Properties[]) : [];
  const values = conditions.map(valuesOf);
  const count = values.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  return (
    only(resource, "Actions", "Conditions", "ListenerArn", "Priority") &&
    isBare(resource) &&
    (resource.dependsOn ?? []).length === 0 &&
    isNumber(Priority) &&
    Priority > 0 &&
    isList(Actions) &&
    Actions.length === 1 &&
    forwardOf(Actions[0] as Properties) !== undefined &&
    values.length > 0 &&
    !values.includes(undefined) &&
    count > 0 &&
    count <= MOST_VALUES
  );
}

/** Values of a condition on host or path; undefined for any other. */
export function valuesOf({ Field, HostHeaderConfig, PathPatternConfig, ...more }: Properties): string[] | undefined {
  if (Object.keys(more).length > 0) return undefined;
  const config = Field === "host-header" ? HostHeaderConfig : Field === "path-pattern" ? PathPatternConfig : undefined;
  const values = (config as { Values?: Value } | undefined)?.Values;
  return isList(values) && values.length > 0 && values.every(isText) ? (values as string[]) : undefined;
}

const checks = [
  "HealthCheckIntervalSeconds",
  "HealthCheckPath",
  "HealthCheckPort",
  "HealthCheckProtocol",
  "HealthCheckTimeoutSeconds",
  "HealthyThresholdCount",
  "UnhealthyThresholdCount",
  "Matcher",
] as const;

/** True for a target group that a listener's `addTargets`, or a class of its own, makes. */
export function targetGroupSays(writing: Writing, resource: Known): boolean {
  const { Port, Protocol, ProtocolVersion, TargetGroupAttributes, TargetType, VpcId } = resource.properties;
  const users = [
    ...writing.usersOf(resource.id, "AWS::ElasticLoadBalancingV2::Listener"),
    ...writing.usersOf(resource.id, "AWS::ElasticLoadBalancingV2::ListenerRule"),
  ];
  const services = writing.usersOf(resource.id, "AWS::ECS::Service");
  const listener = users[0] && listenerOf(writing, users[0]);
  const balancer = listener && writing.resource(targetOf(listener.properties.LoadBalancerArn) ?? "");
  const version = ProtocolVersion === undefined || /^(HTTP1|HTTP2|GRPC)$/.test(String(ProtocolVersion));
  return (
    only(
      resource,
      ...checks,
      ...["Port", "Protocol", "ProtocolVersion", "TargetGroupAttributes", "TargetType", "Targets", "VpcId"],
    ) &&
    isBare(resource) &&
    isNumber(Port) &&
    isText(Protocol) &&
    protocols.test(Protocol) &&
    version &&
    users.length === 1 &&
    same(VpcId, vpcOfSubnets(writing, balancer?.properties.Subnets)) &&
    (TargetGroupAttributes === undefined || isList(TargetGroupAttributes)) &&
    hasTargets(writing, resource) &&
    services.every(
      (service) => TargetType === (service.properties.NetworkConfiguration === undefined ? "instance" : "ip"),
    ) &&
    checkSays(resource, balancer?.properties.Type === "application")
  );
}

/** The listener of a rule, or the listener itself. */
export function listenerOf(writing: Writing, user: Known): Known | undefined {
  if (user.type === "AWS::ElasticLoadBalancingV2::Listener") return user;
  const found = writing.resource(targetOf(user.properties.ListenerArn) ?? "");
  return found && !found.raw ? found : undefined;
}

/** True without fixed targets, or with one listener of an Application Load Balancer that the group waits for. */
function hasTargets(writing: Writing, resource: Known): boolean {
  const { Targets } = resource.properties;
  if (Targets === undefined) return (resource.dependsOn ?? []).length === 0;
  return listenerTarget(writing, resource) !== undefined;
}

/** The listener that a target group of the type alb leads to. */
export function listenerTarget(writing: Writing, resource: Known): Known | undefined {
  const { Targets } = resource.properties;
  const [target, ...others] = isList(Targets) ? (Targets as Properties[]) : [];
  const id = targetOf(target?.Id);
  const [waited, ...more] = resource.dependsOn ?? [];
  if (!target || others.length > 0 || id === undefined || waited === undefined || more.length > 0) return undefined;
  return writing
    .usersOf(id, "AWS::ElasticLoadBalancingV2::Listener")
    .find(
      (one) =>
        one.id === waited && same(one.properties.Port, target.Port) && targetOf(one.properties.LoadBalancerArn) === id,
    );
}

const within = (value: Value | undefined, least: number, most: number): boolean =>
  value === undefined || (isNumber(value) && value >= least && value <= most);

/** True for a health check that the classes let pass. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function checkSays({ properties }: Known, application: boolean): boolean {
  const interval = properties.HealthCheckIntervalSeconds;
  const timeout = properties.HealthCheckTimeoutSeconds;
  const protocol = properties.HealthCheckProtocol ?? (application ? "HTTP" : "TCP");
  const { Matcher } = properties;
  const codes = Object.entries((Matcher ?? {}) as Properties);
  return (
    within(interval, 5, 300) &&
    within(timeout, 2, 120) &&
    within(properties.HealthyThresholdCount, 2, 10) &&
    within(properties.UnhealthyThresholdCount, 2, 10) &&
    Number(timeout ?? (application ? 5 : 2)) < Number(interval ?? 30) &&
    isText(protocol) &&
    (application ? /^HTTPS?$/ : /^(HTTPS?|TCP)$/).test(protocol) &&
    (protocol !== "TCP" || (properties.HealthCheckPath === undefined && Matcher === undefined)) &&
    [properties.HealthCheckPath, properties.HealthCheckPort].every((one) => one === undefined || isText(one)) &&
    !(Matcher instanceof Intrinsic) &&
    codes.every(([key, code]) => (key === "HttpCode" || key === "GrpcCode") && isText(code))
  );
}
