import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { type Listener, listenerIndexOf, listenersOf, transportsOf } from "../balancers";
import { allow, type Peer, type Ports } from "../group-rules";
import { type Group, groupOf, groupsOfService } from "../groups";
import { type Lowering, perLowering } from "../lowering";
import { networkOf } from "../networks";
import { modeOf, openPorts, taskPortOf } from "../ports";
import { att, targetOf } from "../value";

type AnyBalancer = ModelNode<"alb"> | ModelNode<"nlb"> | ModelNode<"clb">;

const asBalancer = (node: ModelNode): AnyBalancer | undefined =>
  isKind(node, "alb") || isKind(node, "nlb") || isKind(node, "clb") ? node : undefined;

/** The CDK's words, which its load balancers write into these rules. */
const TO_TARGET = "Load balancer to target";

/** Security-group rules of traffic edges, as `rules.md`, Appendix C lists them. */
export function lowerTraffic(lowering: Lowering): void {
  for (const edge of lowering.model.edgesOf("request")) admitClients(lowering, edge as ModelEdge, () => true);
  for (const edge of lowering.model.edgesOf("subscribeHttps")) {
    admitClients(lowering, edge as ModelEdge, ({ protocol }) => protocol === "HTTPS");
  }
  for (const edge of lowering.model.edgesOf("forward")) {
    if (isKind(edge.to, "service")) admitBalancer(lowering, edge, edge.to);
    else if (isKind(edge.to, "alb") && isKind(edge.from, "nlb"))
      admitNetworkBalancer(lowering, edge, edge.from, edge.to);
  }
  for (const edge of lowering.model.edgesOf("call")) admitCaller(lowering, edge);
}

/** The clients of each load balancer, by its node. */
const clientRanges = perLowering((lowering) => {
  const ranges = new Map<string, Map<string, Peer>>();
  for (const edge of lowering.model.edgesOf("request")) {
    const known = ranges.get(edge.to.id) ?? new Map<string, Peer>();
    ranges.set(edge.to.id, known);
    for (const peer of clientPeers(edge.from, false)) known.set(JSON.stringify(peer), peer);
  }
  return ranges;
});

/** Addresses of the clients that a node stands for; anything but the internet node may be anywhere. */
function clientPeers(from: ModelNode, dual: boolean): Peer[] {
  const drawn = isKind(from, "internet") ? from.props.cidrs : [ANYWHERE];
  const ranges = dual && drawn.includes(ANYWHERE) ? [...drawn, "::/0"] : drawn;
  return [...new Set(ranges)].map((range) => (range.includes(":") ? { cidrIpv6: range } : { cidr: range }));
}

const ANYWHERE = "0.0.0.0/0";

/** The clients may reach the listeners. */
function admitClients(lowering: Lowering, edge: ModelEdge, which: (listener: Listener) => boolean): void {
  const balancer = asBalancer(edge.to);
  const group = balancer && groupOf(lowering, edge.to);
  if (!balancer || !group) return;
  const dual = isKind(balancer, "alb") && balancer.props.ipAddressType === "dualstack";
  for (const listener of listenersOf(balancer).filter(which)) {
    for (const protocol of transportsOf(listener.protocol)) {
      const ports: Ports = { protocol, fromPort: listener.port };
      for (const from of clientPeers(edge.from, dual)) {
        const range = "cidr" in from ? from.cidr : "cidrIpv6" in from ? from.cidrIpv6 : "";
        const who = range === ANYWHERE || range === "::/0" ? "anyone" : range;
        const description = `Allow from ${who} on port ${listener.port}`;
        allow(lowering, { to: group, from, ...ports, description, because: edge });
      }
    }
  }
}

/** The load balancer may reach the tasks' port, and the port that it checks their health on. */
function admitBalancer(
  lowering: Lowering,
  edge: ModelEdge<"forward">,
  service: ModelNode & ModelNode<"service">,
): void {
  const balancer = asBalancer(edge.from);
  const port = taskPortOf(service, edge.props);
  const open = port && openPorts(modeOf(service), port);
  if (!balancer || !port || !open) return;
  const listener = listenersOf(balancer)[listenerIndexOf(listenersOf(balancer), edge.props.listenerPort)];
  const protocol =
    edge.props.targetProtocol?.toUpperCase() ?? (isKind(balancer, "nlb") ? listener?.protocol : undefined);
  const transports = protocol === undefined ? [port.protocol] : transportsOf(protocol);
  const { own, clients } = peersOf(lowering, balancer, edge, transports.includes("udp"));
  // UDP arrives with the addresses of clients; TCP does, or with the load balancer's own.
  const ways: { from: Peer; ports: Ports }[] = transports.flatMap((transport) => {
    const seen = transport === "udp" && clients.length > 0 ? clients : [...own, ...clients];
    return seen.map((from) => ({ from, ports: { ...open, protocol: transport } }));
  });
  // Health checks use TCP from the load balancer itself, on the port of the targets unless one is named.
  const { port: checked } = edge.props.healthCheck;
  const named = checked !== undefined && /^\d{1,5}$/.test(checked);
  const health: Ports = named ? { protocol: "tcp", fromPort: Number(checked) } : { ...open, protocol: "tcp" };
  if (named || !transports.includes("tcp")) ways.push(...own.map((from) => ({ from, ports: health })));
  for (const to of groupsOfService(lowering, service)) {
    for (const { from, ports } of ways) {
      allow(lowering, { to, from, ...ports, description: TO_TARGET, because: edge as ModelEdge });
    }
  }
}

/** The balancer's group; without one, the addresses that its packets come from, and those of clients that it keeps. */
function peersOf(
  lowering: Lowering,
  balancer: AnyBalancer,
  edge: ModelEdge<"forward">,
  udp: boolean,
): { own: Peer[]; clients: Peer[] } {
  const node = balancer as ModelNode;
  const group = groupOf(lowering, node);
  if (group) return { own: [group], clients: [] };
  const network = networkOf(lowering, node);
  const subnets = network.isNew ? network.subnets(balancer.props.tier) : undefined;
  const own: Peer[] = Array.isArray(subnets)
    ? subnets.map((subnet): Peer => ({ cidr: att(targetOf(subnet) as string, "CidrBlock") }))
    : [{ cidr: network.vpcCidr() }];
  const mode = isKind(edge.to, "service") ? modeOf(edge.to) : undefined;
  const instance = (edge.props.targetType ?? (mode === "awsvpc" ? "ip" : "instance")) === "instance";
  const kept = udp || instance || isKind(edge.to, "alb");
  return { own, clients: kept ? clientsOf(lowering, balancer) : [] };
}

/** Whom packets come from where a Network Load Balancer keeps the client's address. */
function clientsOf(lowering: Lowering, balancer: AnyBalancer): Peer[] {
  const node = balancer as ModelNode;
  if (balancer.props.scheme === "internal") return [{ cidr: networkOf(lowering, node).vpcCidr() }];
  return [...(clientRanges(lowering).get(node.id)?.values() ?? [])];
}

/** A Network Load Balancer in front of an Application Load Balancer reaches its listener. */
function admitNetworkBalancer(
  lowering: Lowering,
  edge: ModelEdge<"forward">,
  from: ModelNode<"nlb">,
  to: ModelNode & ModelNode<"alb">,
): void {
  const group = groupOf(lowering, to);
  if (!group) return;
  const own = listenersOf(from)[listenerIndexOf(listenersOf(from), edge.props.listenerPort)];
  const wanted = edge.props.containerPort ?? own?.port;
  const listeners = listenersOf(to);
  const port = listeners.find((listener) => listener.port === wanted)?.port ?? listeners[0]?.port;
  if (port === undefined) return;
  const peers = peersOf(lowering, from, edge, false);
  for (const peer of [...peers.own, ...peers.clients]) {
    const because = edge as ModelEdge;
    allow(lowering, { to: group, from: peer, protocol: "tcp", fromPort: port, description: TO_TARGET, because });
  }
}

/**
 * A service may reach the port that it calls, of the proxy of Service Connect: in bridge mode that is a random one,
 * whatever host port the container has. `rules.md`, Appendix C, row 9.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
 */
function admitCaller(lowering: Lowering, edge: ModelEdge<"call">): void {
  if (!isKind(edge.from, "service") || !isKind(edge.to, "service")) return;
  const port = taskPortOf(edge.to, edge.props);
  const mapping = port?.mapping && { ...port.mapping, hostPort: undefined };
  const open = port && openPorts(modeOf(edge.to), { ...port, mapping });
  if (!open) return;
  const callers: Group[] = groupsOfService(lowering, edge.from);
  for (const to of groupsOfService(lowering, edge.to)) {
    for (const from of callers) allow(lowering, { to, from, ...open, because: edge as ModelEdge });
  }
}
