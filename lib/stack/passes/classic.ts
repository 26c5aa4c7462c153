import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { attach, certificateOf, forwardsFrom, type Listener } from "../balancers";
import { groupOf } from "../groups";
import { constructOf, derived, type Lowering } from "../lowering";
import { networkOf } from "../networks";
import { outputKey } from "../outputs";
import { modeOf, openPorts, taskPortOf } from "../ports";
import { PropertySet } from "../property-set";
import type { Origin } from "../stack";
import { att, type Properties, ref } from "../value";

type Classic = ModelNode<"clb">;
type Forward = ModelEdge<"forward">;

/** Classic Load Balancers: each listener goes to one fixed port of the instances. ECS registers the instances. */
export function lowerClassic(lowering: Lowering): void {
  for (const balancer of lowering.model.of("clb")) lowerOne(lowering, balancer);
}

function lowerOne(lowering: Lowering, balancer: Classic): void {
  const node = balancer as ModelNode;
  const id = lowering.idOf(node);
  const { props } = balancer;
  const network = networkOf(lowering, node);
  const group = groupOf(lowering, node);
  const from = (field: string): Origin => lowering.from(node, field);
  const edges = forwardsFrom(node);
  const parts: Record<string, readonly Origin[]> = {};
  const listeners = props.listeners.map((listener, index): Properties => {
    const edge = edgeOf(edges, listener);
    parts[`/${index}`] = [from(`/listeners/${index}`), ...(edge ? [lowering.drawn(edge as ModelEdge)] : [])];
    const certificate = certificateOf(lowering, node, props.listeners, index);
    return {
      InstancePort: String(instancePort(edge) ?? listener.port),
      InstanceProtocol: instanceProtocol(edge, listener),
      LoadBalancerPort: String(listener.port),
      Protocol: listener.protocol,
      ...(certificate === undefined ? {} : { SSLCertificateId: certificate }),
    };
  });
  const first = props.listeners[0];
  const checked = first && edgeOf(edges, first);
  const properties = new PropertySet()
    .set(
      "ConnectionDrainingPolicy",
      { Enabled: props.connectionDraining, ...(props.connectionDraining ? { Timeout: 300 } : {}) },
      from("/connectionDraining"),
    )
    .set("CrossZone", props.crossZone, from("/crossZone"))
    .set("HealthCheck", first ? healthCheck(checked, first) : undefined, [
      checked ? lowering.from(checked as ModelEdge, "/healthCheck") : derived(node),
    ])
    .set("Listeners", listeners, from("/listeners"), parts)
    .set("Scheme", props.scheme, from("/scheme"))
    .set("SecurityGroups", group ? [group.groupId] : undefined, from("/securityGroups"))
    .set("Subnets", network.subnets(props.tier), from("/tier"));
  lowering.add("AWS::ElasticLoadBalancing::LoadBalancer", id, properties, {
    origins: lowering.drawn(node),
    construct: constructOf("loadBalancer", node),
    dependsOn: props.scheme === "internet-facing" ? network.routes(props.tier) : [],
  });
  const key = outputKey(id, "DNSName");
  lowering.output(key, att(id, "DNSName"), `Address of ${balancer.name}.`, derived(node));
  for (const edge of edges) attachTo(lowering, id, edge);
}

/** The edge that names the listener, else the first that names none. */
const edgeOf = (edges: readonly Forward[], listener: Listener): Forward | undefined =>
  edges.find((edge) => edge.props.listenerPort === listener.port) ??
  edges.find((edge) => edge.props.listenerPort === undefined);

/** The port of the instances that the tasks answer on; undefined where Docker picks it. */
function instancePort(edge: Forward | undefined): number | undefined {
  if (!edge || !isKind(edge.to, "service")) return undefined;
  const port = taskPortOf(edge.to, edge.props);
  const open = port && openPorts(modeOf(edge.to), port);
  return open?.fromPort === open?.toPort ? open?.fromPort : port?.containerPort;
}

const instanceProtocol = (edge: Forward | undefined, { protocol }: Listener): string =>
  edge?.props.targetProtocol?.toUpperCase() ?? (protocol === "HTTP" || protocol === "HTTPS" ? "HTTP" : "TCP");

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html */
function healthCheck(edge: Forward | undefined, listener: Listener): Properties {
  const check = edge?.props.healthCheck ?? {};
  const protocol = check.protocol ?? (check.path === undefined ? "TCP" : "HTTP");
  const port =
    check.port !== undefined && /^\d+$/.test(check.port) ? check.port : (instancePort(edge) ?? listener.port);
  const path = protocol === "TCP" ? "" : (check.path ?? "/");
  return {
    HealthyThreshold: String(check.healthyThreshold ?? 5),
    Interval: String(check.interval ?? 30),
    Target: `${protocol}:${port}${path}`,
    Timeout: String(check.timeout ?? 5),
    UnhealthyThreshold: String(check.unhealthyThreshold ?? 2),
  };
}

function attachTo(lowering: Lowering, id: string, edge: Forward): void {
  if (!isKind(edge.to, "service")) return;
  const port = taskPortOf(edge.to, edge.props);
  if (!port) return;
  attach(lowering, edge.to, {
    edge,
    target: { LoadBalancerName: ref(id) },
    containerName: port.container.name,
    containerPort: port.containerPort,
    origins: [lowering.from(edge as ModelEdge, "/containerPort")],
    waitFor: [],
  });
}
