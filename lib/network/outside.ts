import { list } from "../core/text";
import type { Resource } from "../stack/stack";
import { natHops } from "./acls";
import { exitOfSubnet, unknownExit } from "./answers";
import { type Asked, INTERNET } from "./asked";
import type { Hop, Verdict } from "./flow";
import { type End, type Packet, portText } from "./groups";
import { between, capital, plainHop } from "./hops";
import { itemsOf, keyOf, keyText } from "./lookup";
import type { PublicEnd } from "./parties";
import { clientsEnd } from "./walks/request";
import type { Ground } from "./walks/walk";

/** Everybody outside AWS, or who is named; with IPv6 alone where a load balancer has no public IPv4 addresses. */
export function clientsOf(target: Resource, { clients }: Asked = {}): End {
  if (clients) return clientsEnd(INTERNET, clients);
  const six = target.properties.IpAddressType === "dualstack-without-public-ipv4";
  return { ...clientsEnd(INTERNET, [six ? "::/0" : "0.0.0.0/0"]), some: true };
}

/** Whether packets from the internet find an interface: a public address, and a subnet with a route to the gateway. */
export function inwards({ network }: Ground, end: PublicEnd, target: Resource, port: string): Hop {
  const hop = (verdict: Verdict, why: string): Hop =>
    plainHop("route", { at: `${INTERNET} → ${target.id}`, resource: target.id, port, verdict, why });
  if (end.publicAddress === false)
    return hop("blocked", `${capital(end.name)} has no public address, so nothing from the internet finds it.`);
  const leads = end.subnets?.map((key) => network.routes.subnet(key)?.defaultRoute);
  const shut = leads !== undefined && leads.length > 0 && leads.every((way) => way === "none" || way === "nat");
  if (end.publicAddress === undefined && !shut)
    return hop("unknowable", `Whether ${end.name} has a public address, the template does not say.`);
  const subnets = end.subnets?.map((key) => network.routes.subnet(key));
  if (!subnets || subnets.length === 0 || subnets.includes(undefined))
    return hop("unknowable", `The subnets of ${end.name} exist already, and so do their routes.`);
  const closed = subnets.find((subnet) => subnet?.defaultRoute !== "internet-gateway");
  if (!closed)
    return hop("open", `${capital(end.name)} has a public address in subnets that route to an internet gateway.`);
  if (closed.defaultRoute === "other")
    return hop("unknowable", `The default route of ${closed.subnet} leads somewhere that the template does not say.`);
  return hop(
    "blocked",
    `${closed.subnet} has no route to an internet gateway, so a public address is of no use there.`,
  );
}

/** An interface → the internet: egress rules, and the way out of every subnet. */
export function outwards({ network }: Pick<Ground, "network">, end: PublicEnd, packet: Packet): Hop[] {
  const port = portText(packet);
  const far: End = { name: "the internet", groups: [], addresses: undefined };
  const out = between(network, end, far, packet).filter(({ stage }) => stage !== "ingress");
  const hop = (resource: string | undefined, verdict: Verdict, why: string): Hop =>
    plainHop("route", { at: `${end.name} → ${INTERNET}`, resource, port, verdict, why });
  const keys = end.subnets ?? [];
  const routes = keys.map((key): Hop => {
    const subnet = network.routes.subnet(key);
    const exit = subnet ? exitOfSubnet(subnet, end.publicAddress) : "unknown";
    const way: Record<typeof exit, [Verdict, string]> = {
      nat: ["open", `${key} leads out through a NAT gateway.`],
      "public-address": ["open", `${key} leads to an internet gateway, and ${end.name} has a public address.`],
      "gateway-without-address": [
        "blocked",
        `${key} leads to an internet gateway, which is of no use without a public address.`,
      ],
      none: ["blocked", `${key} has no route out of its VPC.`],
      unknown: [
        "unknowable",
        subnet ? unknownExit(subnet) : `Where the way out of ${keyText(key)} leads, the template does not say.`,
      ],
    };
    return hop(subnet ? key : undefined, ...way[exit]);
  });
  if (keys.length === 0)
    routes.push(hop(undefined, "unknowable", `The subnets of ${end.name} exist already, and so do their routes.`));
  const { from, to } = packet.ports;
  if (packet.protocol === "tcp" && from === SMTP && to === SMTP) {
    const why = "Amazon EC2 lets nothing out to public addresses on port 25 until the account is freed of that.";
    routes.push(hop(undefined, "unknowable", why));
  }
  const gateways = new Set(keys.flatMap((key) => network.routes.subnet(key)?.natSubnet ?? []));
  const lists = [...gateways].flatMap((key) => natHops(network.acls, key, end, far, packet, end.opener ?? "linux"));
  return [...routes, ...lists, ...out];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html */
const SMTP = 25;

/** True for an endpoint that is a route. */
export const isGateway = ({ properties: { VpcEndpointType } }: Resource): boolean =>
  VpcEndpointType === undefined || VpcEndpointType === "Gateway";

/** A gateway endpoint is a route; the addresses behind it are a prefix list of AWS's. */
export function overGateway({ network }: Ground, end: PublicEnd, endpoint: Resource, packet: Packet): Hop[] {
  const tables = itemsOf(endpoint.properties.RouteTableIds)?.map(keyOf);
  const keys = end.subnets ?? [];
  const hop = (verdict: Verdict, why: string): Hop =>
    plainHop("route", {
      at: `${end.name} → ${endpoint.id}`,
      resource: endpoint.id,
      port: portText(packet),
      verdict,
      why,
    });
  const table = (key: string) => network.routes.subnet(key)?.table;
  const without = keys.find((key) => network.routes.subnet(key) && !tables?.includes(table(key) ?? ""));
  const unknown = !tables || keys.length === 0 || keys.some((key) => !network.routes.subnet(key));
  const route =
    tables && without !== undefined
      ? hop("blocked", `The route table of ${without} has no route to ${endpoint.id}. Add it to RouteTableIds.`)
      : unknown
        ? hop("unknowable", `The subnets of ${end.name} or the route tables of ${endpoint.id} exist already.`)
        : hop("open", `${list(keys.map(keyText))} route to ${endpoint.id}.`);
  const far: End = { name: endpoint.id, groups: [], addresses: undefined };
  const out = between(network, end, far, packet).filter(({ stage }) => stage !== "ingress");
  return [route, ...out];
}
