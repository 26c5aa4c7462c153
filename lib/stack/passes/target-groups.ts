import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import {
  asBalancer,
  attach,
  type Balancer,
  forwardConstruct,
  forwardsFrom,
  listenerId,
  listenerIndexOf,
  listenersOf,
  redirects,
} from "../balancers";
import { constructOf, derived, type Lowering, perLowering } from "../lowering";
import { networkOf } from "../networks";
import { modeOf, openPorts, taskPortOf } from "../ports";
import { PropertySet } from "../property-set";
import type { Origin } from "../stack";
import { type Properties, ref, type Value } from "../value";
import { kebab } from "../words";
import { numberRules, type RuleDraft } from "./listener-rules";

type Forward = ModelEdge<"forward">;

/** What each listener of a load balancer forwards to, by its index, when no rule catches a request. */
export interface Plan {
  defaults: Map<number, { id: string; origins: Origin[] }[]>;
}

const plans = perLowering(() => new Map<string, Plan>());

/** The plan of a load balancer; empty until its target groups are lowered. */
export function planOf(lowering: Lowering, balancer: ModelNode): Plan {
  let plan = plans(lowering).get(balancer.id);
  if (!plan) {
    plan = { defaults: new Map() };
    plans(lowering).set(balancer.id, plan);
  }
  return plan;
}

/** Target groups and listener rules of forward edges, and where ECS registers each service. */
export function lowerTargetGroups(lowering: Lowering): void {
  for (const node of [...lowering.model.of("alb"), ...lowering.model.of("nlb")]) {
    const balancer = asBalancer(node as ModelNode);
    if (balancer) lowerBalancer(lowering, balancer);
  }
}

function lowerBalancer(lowering: Lowering, balancer: Balancer): void {
  const node = balancer as ModelNode;
  const listeners = listenersOf(balancer);
  const { defaults } = planOf(lowering, node);
  const rules: RuleDraft[] = [];
  for (const edge of forwardsFrom(node)) {
    const index = listenerIndexOf(listeners, edge.props.listenerPort);
    const id = targetGroup(lowering, balancer, edge, index);
    if (id === undefined) continue;
    const listener = listeners[index];
    const waitFor: string[] = [];
    if (listener) {
      const listenerName = listenerId(lowering, node, listeners, index);
      const taken = redirects(listener) || defaults.has(index);
      const conditions = isKind(balancer, "alb") ? conditionsOf(edge, taken) : [];
      if (conditions.length > 0) {
        const rule = lowering.idNamed(`${id.replace(/TargetGroup(\d*)$/, "$1")}Rule`, `${edge.id}/rule`);
        rules.push({ edge, id: rule, listener: listenerName, targetGroup: id, conditions });
        waitFor.push(rule);
      } else {
        const list = defaults.get(index) ?? [];
        list.push({ id, origins: [lowering.from(edge as ModelEdge, "/listenerPort")] });
        defaults.set(index, list);
        waitFor.push(listenerName);
      }
    }
    attachTo(lowering, edge, id, waitFor);
  }
  if (isKind(balancer, "nlb")) fillEmptyListeners(lowering, balancer);
  numberRules(lowering, rules);
}

/** Path and host; where the listener's default is taken already, a path with the service's name. */
function conditionsOf(edge: Forward, taken: boolean): Properties[] {
  const { hostHeaders, pathPatterns } = edge.props;
  const paths =
    pathPatterns.length + hostHeaders.length === 0 && taken ? [`/${kebab(edge.to.logicalId)}/*`] : pathPatterns;
  const conditions: Properties[] = [];
  if (hostHeaders.length > 0) {
    conditions.push({ Field: "host-header", HostHeaderConfig: { Values: [...hostHeaders] } });
  }
  if (paths.length > 0) conditions.push({ Field: "path-pattern", PathPatternConfig: { Values: [...paths] } });
  return conditions;
}

function attachTo(lowering: Lowering, edge: Forward, targetGroup: string, waitFor: string[]): void {
  if (!isKind(edge.to, "service")) return;
  const port = taskPortOf(edge.to, edge.props);
  if (!port) return;
  attach(lowering, edge.to, {
    edge,
    target: { TargetGroupArn: ref(targetGroup) },
    containerName: port.container.name,
    containerPort: port.containerPort,
    origins: [lowering.from(edge as ModelEdge, "/containerPort")],
    waitFor,
  });
}

/** A Network Load Balancer has no fixed answer: a listener without a target gets an empty group. */
function fillEmptyListeners(lowering: Lowering, balancer: ModelNode<"nlb">): void {
  const node = balancer as ModelNode;
  const { defaults } = planOf(lowering, node);
  balancer.props.listeners.forEach(({ port, protocol }, index) => {
    if (defaults.has(index)) return;
    const id = lowering.uniqueId(`${listenerId(lowering, node, balancer.props.listeners, index)}TargetGroup`);
    const origin = lowering.from(node, `/listeners/${index}`);
    lowering.add(
      "AWS::ElasticLoadBalancingV2::TargetGroup",
      id,
      {
        Port: port,
        Protocol: protocol === "TLS" ? "TCP" : protocol,
        TargetType: "ip",
        VpcId: networkOf(lowering, node).vpcId,
      },
      { origins: derived(node), construct: constructOf("loadBalancer", node) },
    );
    defaults.set(index, [{ id, origins: [origin] }]);
  });
}

/** Adds the target group of an edge; undefined where it leads to something that has none. */
function targetGroup(lowering: Lowering, balancer: Balancer, edge: Forward, index: number): string | undefined {
  const target = isKind(edge.to, "service")
    ? serviceTarget(balancer, edge, index)
    : isKind(edge.to, "alb") && isKind(balancer, "nlb")
      ? albTarget(lowering, balancer, edge, index)
      : undefined;
  if (!target) return undefined;
  const id = lowering.idNamed(
    `${lowering.idOf(balancer as ModelNode)}${lowering.idOf(edge.to)}TargetGroup`,
    `${edge.id}/targetGroup`,
  );
  const from = (field: string): Origin => lowering.from(edge as ModelEdge, field);
  const properties = healthCheck(new PropertySet(), edge, target, from)
    .set("Port", target.port, from("/containerPort"))
    .set("Protocol", target.protocol, from("/targetProtocol"))
    .set("ProtocolVersion", target.version, from("/targetProtocol"))
    .set("TargetGroupAttributes", attributes(balancer, edge, target), from("/stickiness"))
    .set("TargetType", target.type, from("/targetType"))
    .set("Targets", target.targets, derived(edge as ModelEdge))
    .set("VpcId", networkOf(lowering, balancer as ModelNode).vpcId, derived(edge as ModelEdge));
  lowering.add("AWS::ElasticLoadBalancingV2::TargetGroup", id, properties, {
    origins: lowering.drawn(edge as ModelEdge),
    construct: forwardConstruct(edge),
    dependsOn: target.waitFor,
  });
  return id;
}

interface Target {
  port: number;
  protocol: string;
  version?: string | undefined;
  type: "ip" | "instance" | "alb";
  targets?: Value[];
  /** Protocol of the health check where AWS's default does not fit. */
  check?: string | undefined;
  /** Where each task has a port of its own, checks go there: AWS's default, written out for whoever reads the template. */
  checkPort?: string | undefined;
  waitFor: string[];
}

function serviceTarget(balancer: Balancer, edge: Forward, index: number): Target | undefined {
  if (!isKind(edge.to, "service")) return undefined;
  const mode = modeOf(edge.to);
  const port = taskPortOf(edge.to, edge.props);
  const open = port && openPorts(mode, port);
  const type = edge.props.targetType ?? (mode === "bridge" || mode === "host" ? "instance" : "ip");
  const own = type === "ip" ? port?.containerPort : open?.fromPort === open?.toPort ? open?.fromPort : undefined;
  const listener = listenersOf(balancer)[index];
  const given = edge.props.targetProtocol?.toUpperCase();
  const dynamic = type === "instance" && open !== undefined && own === undefined;
  const base = { port: own ?? 80, type, checkPort: dynamic ? "traffic-port" : undefined, waitFor: [] };
  if (isKind(balancer, "nlb")) {
    const protocol = given ?? (listener?.protocol === "TLS" ? "TCP" : (listener?.protocol ?? "TCP"));
    const { path, matcher } = edge.props.healthCheck;
    // AWS's default, TCP, knows neither.
    return { ...base, protocol, check: path === undefined && matcher === undefined ? undefined : "HTTP" };
  }
  // gRPC and HTTP/2 are versions of HTTP here.
  const version = given === "GRPC" || given === "HTTP2" ? given : undefined;
  const protocol = version ? "HTTP" : (given ?? "HTTP");
  return { ...base, protocol, version, check: protocol === "HTTPS" ? "HTTPS" : undefined };
}

/** The port of the target group is that of the Application Load Balancer's own listener. */
function albTarget(lowering: Lowering, balancer: ModelNode<"nlb">, edge: Forward, index: number): Target | undefined {
  if (!isKind(edge.to, "alb")) return undefined;
  const listeners = listenersOf(edge.to);
  const wanted = edge.props.containerPort ?? balancer.props.listeners[index]?.port;
  const found = listeners.findIndex((listener) => listener.port === wanted);
  const at = found < 0 && edge.props.containerPort === undefined ? 0 : found;
  const listener = listeners[at];
  const port = listener?.port ?? wanted ?? 80;
  return {
    port,
    protocol: "TCP",
    type: "alb",
    targets: [{ Id: ref(lowering.idOf(edge.to)), Port: port }],
    check: listener?.protocol === "HTTPS" ? "HTTPS" : "HTTP",
    waitFor: listener ? [listenerId(lowering, edge.to, listeners, at)] : [],
  };
}

function healthCheck(
  properties: PropertySet,
  edge: Forward,
  target: Target,
  from: (field: string) => Origin,
): PropertySet {
  const check = edge.props.healthCheck;
  const code = target.version === "GRPC" ? "GrpcCode" : "HttpCode";
  return properties
    .set("HealthCheckIntervalSeconds", check.interval, from("/healthCheck/interval"))
    .set("HealthCheckPath", check.path, from("/healthCheck/path"))
    .set("HealthCheckPort", check.port ?? target.checkPort, from("/healthCheck/port"))
    .set("HealthCheckProtocol", check.protocol ?? target.check, from("/healthCheck/protocol"))
    .set("HealthCheckTimeoutSeconds", check.timeout, from("/healthCheck/timeout"))
    .set("HealthyThresholdCount", check.healthyThreshold, from("/healthCheck/healthyThreshold"))
    .set("Matcher", check.matcher === undefined ? undefined : { [code]: check.matcher }, from("/healthCheck/matcher"))
    .set("UnhealthyThresholdCount", check.unhealthyThreshold, from("/healthCheck/unhealthyThreshold"));
}

function attributes(balancer: Balancer, edge: Forward, target: Target): Value[] | undefined {
  const { stickiness, deregistrationDelay } = edge.props;
  const list: [string, string][] = [];
  if (deregistrationDelay !== undefined)
    list.push(["deregistration_delay.timeout_seconds", String(deregistrationDelay)]);
  if (isKind(balancer, "alb") || stickiness) list.push(["stickiness.enabled", String(stickiness)]);
  if (stickiness) {
    if (isKind(balancer, "alb")) {
      list.push(["stickiness.type", "lb_cookie"], ["stickiness.lb_cookie.duration_seconds", "86400"]);
    } else list.push(["stickiness.type", "source_ip"]);
  }
  // Targets of the type alb take no attributes of their own.
  if (target.type === "alb" || list.length === 0) return undefined;
  return list.map(([Key, Value]): Properties => ({ Key, Value }));
}
