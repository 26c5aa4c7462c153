import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { Resource } from "../../stack/stack";
import { parseCidr } from "../addresses";
import { type Asked, askedText, fits } from "../asked";
import type { Hop } from "../flow";
import { type End, type Packet, portText } from "../groups";
import { between, capital, plainHop } from "../hops";
import { balancerInterfaces, type Interfaces, type Network, resourceName } from "../interfaces";
import { at, isOpen, itemsOf, nodeOf, numberOf } from "../lookup";
import type { Walk } from "./walk";

const V2 = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer";

/** The load balancer that a node means. */
export const balancerOf = (network: Network, node: string): Resource | undefined =>
  network.lookup.ofNode(V2, node)[0] ?? network.lookup.ofNode(CLASSIC, node)[0];

/** What a load balancer listens on. */
export function listenersOf(network: Network, balancer: Resource): { resource: Resource; packet: Packet }[] {
  if (balancer.type === CLASSIC) {
    return (itemsOf(balancer.properties.Listeners) ?? []).flatMap((item) => {
      const port = numberOf(at(item, "LoadBalancerPort"));
      return port === undefined ? [] : [{ resource: balancer, packet: packetOf("TCP", port) }];
    });
  }
  return network.lookup
    .where("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn", balancer.id)
    .flatMap((resource) => {
      const { Port, Protocol } = resource.properties;
      const port = numberOf(Port);
      if (port === undefined || isOpen(Protocol)) return [];
      return protocolsOf(Protocol).map((protocol) => ({ resource, packet: packetOf(protocol, port) }));
    });
}

/**
 * The protocols on the wire: QUIC and GENEVE travel over UDP, what names two over both, all else over TCP.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
export const protocolsOf = (protocol: unknown): readonly ("TCP" | "UDP")[] =>
  protocol === "TCP_UDP" || protocol === "TCP_QUIC"
    ? ["TCP", "UDP"]
    : protocol === "UDP" || protocol === "QUIC" || protocol === "GENEVE"
      ? ["UDP"]
      : ["TCP"];

export const packetOf = (protocol: "TCP" | "UDP", port: number): Packet => ({
  protocol: protocol === "UDP" ? "udp" : "tcp",
  ports: { from: port, to: port },
});

/** Clients outside AWS. Ranges that are none leave their addresses unknown. */
export function clientsEnd(name: string, cidrs: readonly string[]): End {
  const ranges = cidrs.map(parseCidr);
  const known = ranges.filter((range) => range !== undefined);
  return { name, groups: [], addresses: known.length === ranges.length && known.length > 0 ? known : undefined };
}

/** Clients → each listener: the way to the load balancer, and its group. */
export const walkRequest: Walk = ({ network }, edge) => {
  const balancer = balancerOf(network, edge.to.id);
  if (!balancer || !isKind(edge.from, "internet")) {
    return [unknownHop(edge.from.name, edge.to.name, "What answers there is not part of what the design creates.")];
  }
  return requestHops(network, clientsEnd(edge.from.name, edge.from.props.cidrs), balancer);
};

/** Clients → the listeners of a load balancer; only those that take what is asked about, where a packet is. */
export function requestHops(network: Network, clients: End, balancer: Resource, asked: Asked = {}): Hop[] {
  const to = balancerInterfaces(network, balancer);
  const { listeners, hops } = answering(network, balancer, clients.name, asked);
  const [first] = listeners;
  if (!first) return hops;
  // Clients of both families come by the one that the load balancer has.
  const single = familyOf(balancer);
  const able = single && clients.addresses?.filter(({ version }) => version === single);
  if (able?.length === 0) {
    const why = `${capital(to.name)} has public addresses of IPv${single} alone, and ${clients.name} has none of these.`;
    const node = to.node === undefined ? {} : { origin: { node: to.node, why: "drawn" as const } };
    const at = `${clients.name} → ${balancer.id}`;
    return [
      plainHop("route", { at, resource: balancer.id, port: portText(first.packet), verdict: "blocked", why, ...node }),
    ];
  }
  const coming = able ? { ...clients, addresses: able } : clients;
  const arrives = arrivalHop(network, balancer, to, coming, portText(first.packet));
  return [
    ...(arrives ? [arrives] : []),
    ...hops,
    ...listeners.flatMap(({ packet }) => between(network, coming, to, packet)),
  ];
}

/**
 * The one family of addresses that a load balancer has; undefined for both, or where nobody knows.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
 */
function familyOf({ properties: { IpAddressType } }: Resource): 4 | 6 | undefined {
  if (IpAddressType === "dualstack-without-public-ipv4") return 6;
  return IpAddressType === undefined || IpAddressType === "ipv4" ? 4 : undefined;
}

/** The listeners that take a packet, and what there is to say of them: that none does, or that one has no certificate. */
export function answering(
  network: Network,
  balancer: Resource,
  from: string,
  asked: Asked = {},
): { listeners: ReturnType<typeof listenersOf>; hops: Hop[] } {
  const name = resourceName(network, balancer);
  const all = listenersOf(network, balancer);
  const listeners = all.filter(({ packet }) => fits(asked, packet));
  const node = nodeOf(balancer);
  const hop = (resource: Resource, verdict: Hop["verdict"], why: string): Hop =>
    plainHop("listener", {
      at: `${from} → ${balancer.id}`,
      resource: resource.id,
      port: askedText(asked),
      verdict,
      why,
      ...(verdict === "blocked" && node !== undefined ? { origin: { node, field: "/listeners", why: "drawn" } } : {}),
    });
  if (listeners.length === 0) {
    const unsure = unsureListener(network, balancer);
    if (unsure)
      return {
        listeners,
        hops: [hop(unsure, "unknowable", `The port of ${unsure.id} is known only when the template is deployed.`)],
      };
    const why =
      all.length > 0
        ? `No listener of ${name} takes ${askedText(asked)}; it listens on ${list([...new Set(all.map(({ packet }) => portText(packet)))])}.`
        : `${capital(name)} has no listener, so it answers nobody.`;
    return { listeners, hops: [hop(balancer, "blocked", why)] };
  }
  const bare = listeners.find(({ resource }) => withoutCertificate(resource));
  return {
    listeners,
    hops: bare
      ? [
          hop(
            bare.resource,
            "blocked",
            `${bare.resource.id} speaks ${String(bare.resource.properties.Protocol)} without a certificate, which AWS refuses. Give it one.`,
          ),
        ]
      : [],
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html */
const withoutCertificate = ({ type, properties }: Resource): boolean =>
  type === "AWS::ElasticLoadBalancingV2::Listener" &&
  (properties.Protocol === "HTTPS" || properties.Protocol === "TLS") &&
  (properties.Certificates === undefined || itemsOf(properties.Certificates)?.length === 0);

/** A listener of a load balancer whose port or protocol nobody here knows. */
export const unsureListener = (network: Network, balancer: Resource): Resource | undefined =>
  network.lookup
    .where("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn", balancer.id)
    .find(({ properties: { Port, Protocol } }) => numberOf(Port) === undefined || isOpen(Protocol));

/** Whether packets from outside the VPC arrive: an internet-facing load balancer in subnets of an internet gateway. */
function arrivalHop(network: Network, balancer: Resource, to: Interfaces, clients: End, port: string): Hop | undefined {
  const hop = (verdict: Hop["verdict"], why: string, field: string): Hop =>
    plainHop("route", {
      at: `${clients.name} → ${balancer.id}`,
      resource: balancer.id,
      port,
      verdict,
      why,
      ...(to.node === undefined ? {} : { origin: { node: to.node, field, why: "drawn" as const } }),
    });
  if (isOpen(balancer.properties.Scheme)) {
    return hop("unknowable", `Whether ${to.name} is internal is known only when the template is deployed.`, "/scheme");
  }
  if (balancer.properties.Scheme === "internal") {
    const outside = clients.addresses?.some(({ version, from }) => version === 6 || !isPrivate(from)) ?? false;
    return outside
      ? hop("blocked", `${to.name} is internal: its private addresses lead nowhere on the internet.`, "/scheme")
      : hop(
          "unknowable",
          `${to.name} is internal; whether ${clients.name} has a way into the VPC, the design does not say.`,
          "/scheme",
        );
  }
  const subnets = to.subnets?.map((key) => network.routes.subnet(key));
  if (!subnets || subnets.length === 0 || subnets.some((subnet) => !subnet)) {
    return hop("unknowable", `The subnets of ${to.name} exist already, and so do their routes.`, "/tier");
  }
  const sixOnly = balancer.properties.IpAddressType === "dualstack-without-public-ipv4";
  const closed = subnets.find((subnet) =>
    sixOnly ? subnet?.ipv6 !== "both" : subnet?.defaultRoute !== "internet-gateway",
  );
  if (!closed)
    return hop("open", `${to.name} is internet-facing, and its subnets route to an internet gateway.`, "/tier");
  if (sixOnly && closed.ipv6 !== "unknown") {
    const why = `${closed.subnet} has no route of IPv6 to an internet gateway, and ${to.name} has public addresses of IPv6 alone.`;
    return hop("blocked", why, "/tier");
  }
  return closed.defaultRoute === "other" || sixOnly
    ? hop("unknowable", `The default route of ${closed.subnet} leads somewhere that the design does not say.`, "/tier")
    : hop("blocked", `${closed.subnet} has no route to an internet gateway, so ${to.name} cannot answer.`, "/tier");
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseCidr);
const isPrivate = (address: bigint): boolean =>
  privateRanges.some((range) => range !== undefined && range.from <= address && range.to >= address);

/** One hop that says why no packet can travel at all. */
export const neverHop = (from: string, to: string, why: string, port = "tcp"): Hop =>
  plainHop("target", { at: `${from} → ${to}`, port, verdict: "blocked", why });

/** One hop that says what the design leaves open. */
export const unknownHop = (from: string, to: string, why: string, port = "tcp"): Hop =>
  plainHop("target", { at: `${from} → ${to}`, port, verdict: "unknowable", why });
