import { type EndpointService, isGatewayEndpoint } from "../aws/endpoints";
import { list } from "../core/text";
import { aclHops, natHops } from "./acls";
import { contains, parseCidr } from "./addresses";
import { allowedBy, namelessIn, servesRegion, withoutHostNames } from "./doors";
import type { Exit, Obstacle, Verdict } from "./flow";
import { admits, type End, type GroupRule, type Packet } from "./groups";
import { capital } from "./hops";
import type { Interfaces, Network } from "./interfaces";
import { keyText } from "./lookup";
import type { Need } from "./needs";
import type { SubnetRoutes } from "./routes";

const https: Packet = { protocol: "tcp", ports: { from: 443, to: 443 } };

/** Interfaces that open connections, and whether each has a public address; undefined: not known. */
export interface Source {
  end: Interfaces;
  publicAddress: boolean | undefined;
}

/** The way out of a subnet for an interface with or without a public address. */
export function exitOfSubnet({ defaultRoute, ipv6 }: SubnetRoutes, publicAddress: boolean | undefined): Exit {
  if (defaultRoute === "nat") return "nat";
  if (defaultRoute === "none") return ipv6 === undefined ? "none" : "unknown";
  if (defaultRoute === "other" || publicAddress === undefined) return "unknown";
  if (publicAddress) return "public-address";
  return ipv6 === undefined ? "gateway-without-address" : "unknown";
}

/** Why nobody knows the way out of a subnet. */
export const unknownExit = ({ subnet, ipv6, defaultRoute }: SubnetRoutes): string =>
  ipv6 !== undefined && defaultRoute !== "other"
    ? `Out of ${subnet} only IPv6 has a way, and whether what is asked for answers there, nothing here says.`
    : defaultRoute === "internet-gateway"
      ? `${subnet} leads to an internet gateway, and whether there is a public address to use it, nothing here says.`
      : `The way out of ${subnet} leads somewhere that the design does not say.`;

/** What has been asked already: instances serve many places, and groups many needs. */
export interface Asked {
  answers: Map<Interfaces, Map<string, Answer>>;
  egress: Map<string, ReturnType<typeof admits>>;
}

export function remembered(network: Network, asked: Asked, source: Source, need: Need): Answer {
  const known = asked.answers.get(source.end) ?? new Map<string, Answer>();
  asked.answers.set(source.end, known);
  const key = `${need.dependency} ${need.what}`;
  const answer = known.get(key) ?? answerFor({ network, asked }, source, need);
  known.set(key, answer);
  return answer;
}

interface Asking {
  network: Network;
  asked: Asked;
}

export interface Answer {
  verdict: Verdict;
  why: string;
  obstacle?: Obstacle;
  resource?: string;
  missing?: readonly EndpointService[] | null;
  /** The reason again, for all endpoints that are missing. */
  lacking?: (missing: readonly EndpointService[]) => string;
}

const open = (why: string): Answer => ({ verdict: "open", why });
export const unknown = (why: string): Answer => ({ verdict: "unknowable", why });

/** The worst answer decides; the endpoints that any of them lacks are listed together. */
export function combine(answers: readonly Answer[]): Answer {
  const blocked = answers.filter(({ verdict }) => verdict === "blocked");
  const [first] = blocked;
  if (!first)
    return answers.find(({ verdict }) => verdict === "unknowable") ?? answers[0] ?? unknown("Nothing runs here yet.");
  const lists = blocked.flatMap(({ missing }) => (missing === undefined ? [] : [missing]));
  if (lists.length === 0) return first;
  const none = lists.some((missing) => missing === null);
  const missing = none ? null : [...new Set(lists.flatMap((services) => services ?? []))];
  return { ...first, missing, why: (missing && first.lacking?.(missing)) ?? first.why };
}

export function answerFor(asking: Asking, source: Source, need: Need): Answer {
  const { subnets } = source.end;
  if (need.unsure) return unknown(`Where ${need.what} comes from is known only when the template is deployed.`);
  if (!subnets || subnets.length === 0) {
    if (lockedIn(asking, source)) return shut(source, need, source.end.groups?.[0]);
    return unknown(`The subnets of ${source.end.name} exist already, and so do their routes.`);
  }
  return combine(
    subnets.flatMap((key) => {
      const routes = asking.network.routes.subnet(key);
      if (!routes && lockedIn(asking, source)) return [shut(source, need, source.end.groups?.[0])];
      if (!routes) return [unknown(`${capital(keyText(key))} exists already, and so do its routes.`)];
      const nameless = namelessIn(asking.network.lookup, routes.vpc, need.what);
      if (nameless) return [nameless];
      if (!need.endpoints) return [overInternet(asking, source, routes, need, null)];
      return need.endpoints.map((service) => overEndpoint(asking, source, routes, need, service));
    }),
  );
}

/** Through the endpoint of a service where there is one, else over the internet. */
function overEndpoint(
  asking: Asking,
  source: Source,
  routes: SubnetRoutes,
  need: Need,
  service: EndpointService,
): Answer {
  const { network } = asking;
  if (isGatewayEndpoint(service)) {
    const gateway = routes.gateways.get(service);
    if (!gateway) return overOwnName(asking, source, routes, need, service);
    const way = `${routes.subnet} routes to ${need.what} through a gateway endpoint.`;
    return (
      egress(asking, source, need) ??
      refused(asking, source, { ...routes, natSubnet: undefined }) ??
      allowedBy(gateway, need) ??
      open(way)
    );
  }
  const endpoint = network.routes.interfaces(routes.vpc ?? "").get(service);
  if (!endpoint?.privateDns) return overOwnName(asking, source, routes, need, service);
  const nameless = withoutHostNames(network.lookup, routes.vpc, endpoint.resource.id);
  if (nameless) return nameless;
  if (need.region !== undefined && !servesRegion(endpoint.resource, need.region)) {
    const answer = overInternet(asking, source, routes, need, service);
    return answer.verdict === "open"
      ? answer
      : unknown(
          `Whether ${endpoint.resource.id} leads to ${need.what} depends on where the stack is: endpoints serve its Region alone.`,
        );
  }
  // Its private name leads every call to the endpoint, whatever other way there is.
  const into = admits(network.groups, "ingress", endpoint.end, source.end, https);
  if (into.verdict === "blocked") {
    return {
      verdict: "blocked",
      obstacle: "endpoint",
      resource: endpoint.resource.id,
      why: `${into.group} does not let tcp/443 in from ${source.end.name}.`,
    };
  }
  const out = admits(network.groups, "egress", source.end, endpoint.end, https);
  if (out.verdict === "blocked") return shut(source, need, out.group);
  return into.verdict === "open" && out.verdict === "open"
    ? (allowedBy(endpoint.resource, need) ?? open(`${endpoint.resource.id} serves ${need.what}.`))
    : unknown(`Whether ${endpoint.resource.id} admits ${source.end.name}, the design does not say.`);
}

/** Over the internet, though there may be an endpoint that answers under a name of its own: code may use that. */
function overOwnName(
  asking: Asking,
  source: Source,
  routes: SubnetRoutes,
  need: Need,
  service: EndpointService,
): Answer {
  const endpoint = asking.network.routes.interfaces(routes.vpc ?? "").get(service);
  const answer = overInternet(asking, source, routes, need, service);
  if (!endpoint || answer.verdict !== "blocked") return answer;
  const { id } = endpoint.resource;
  if (need.by === "code")
    return unknown(
      `${id} serves ${need.what} under a name of its own alone, and whether code uses that, nothing here says.`,
    );
  // AWS's pages ask for the gateway endpoint, and say nothing of interface endpoints with private names.
  if (isGatewayEndpoint(service) && endpoint.privateDns)
    return unknown(
      `AWS asks for a gateway endpoint of ${service} for ${need.what}; whether ${id} does, its pages do not say.`,
    );
  if (isGatewayEndpoint(service)) return answer;
  const why = `${id} does not answer under the usual name of ${service}, because its private DNS is off. Set PrivateDnsEnabled to true.`;
  // Another endpoint would not help, so none is missing.
  return { verdict: "blocked", obstacle: "endpoint", resource: id, why };
}

function overInternet(
  asking: Asking,
  source: Source,
  routes: SubnetRoutes,
  need: Need,
  service: EndpointService | null,
): Answer {
  const missing = service === null ? null : [service];
  const exit = exitOfSubnet(routes, source.publicAddress);
  if (exit === "unknown") return unknown(unknownExit(routes));
  if (exit === "none") {
    const lacking = (services: readonly EndpointService[]) =>
      `${routes.subnet} has no route to ${need.what}: neither NAT nor ${endpointsText(services)}.`;
    return {
      verdict: "blocked",
      obstacle: "no-route",
      resource: routes.subnet,
      missing,
      why: missing ? lacking(missing) : `${routes.subnet} has no route to ${need.what}: neither NAT nor the internet.`,
      lacking,
    };
  }
  if (exit === "gateway-without-address") {
    return {
      verdict: "blocked",
      obstacle: "no-public-address",
      resource: routes.subnet,
      missing,
      why: `${routes.subnet} routes to an internet gateway, which is of no use without a public address.`,
    };
  }
  const way = exit === "nat" ? "a NAT gateway" : "a public address and the internet gateway";
  const said = `${routes.subnet} reaches ${need.what} through ${way}.`;
  return egress(asking, source, need) ?? refused(asking, source, routes) ?? open(said);
}

/** "the endpoint s3", "the endpoints ecr.api and ecr.dkr". */
const endpointsText = (services: readonly EndpointService[]): string =>
  `the ${services.length === 1 ? "endpoint" : "endpoints"} ${list(services)}`;

const internet: End = { name: "the internet", groups: [], addresses: undefined };
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap((cidr) => parseCidr(cidr) ?? []);

/** What the network access list of the subnet says about HTTPS to public addresses and back; undefined where it lets it through. */
function refused({ network }: Asking, { end }: Source, { subnet, natSubnet }: SubnetRoutes): Answer | undefined {
  const from = { ...end, subnets: [subnet] };
  const hops = aclHops(network.acls, from, internet, https, end.opener ?? "linux", "data");
  if (natSubnet !== undefined)
    hops.push(...natHops(network.acls, natSubnet, from, internet, https, end.opener ?? "linux"));
  const found = hops.find(({ verdict }) => verdict === "blocked") ?? hops.find(({ verdict }) => verdict !== "open");
  if (!found) return undefined;
  const { verdict, why, resource } = found;
  const obstacle = verdict === "blocked" ? { obstacle: "access-list" as const } : {};
  return { verdict, why, ...obstacle, ...(resource === undefined ? {} : { resource }) };
}

/** What the egress rules of the source say about HTTPS to public addresses; undefined where they let it out. */
function egress({ network, asked }: Asking, source: Source, need: Need): Answer | undefined {
  const key = source.end.groups ? source.end.groups.join(" ") : "?";
  const answer = asked.egress.get(key) ?? admits(network.groups, "egress", source.end, internet, https);
  asked.egress.set(key, answer);
  if (answer.verdict === "open") return undefined;
  if (answer.verdict === "blocked" || onlyPrivate(network, source.end)) return shut(source, need, answer.group);
  return unknown(
    `Whether ${list((source.end.groups ?? [source.end.name]).map(keyText))} lets HTTPS out to ${need.what}, the design does not say.`,
  );
}

/** True where no rule of the source lets HTTPS out to anything: wherever its subnets lead, nothing gets there. */
function lockedIn({ network, asked }: Asking, { end }: Source): boolean {
  const key = `any ${end.groups ? end.groups.join(" ") : "?"}`;
  const answer = asked.egress.get(key) ?? admits(network.groups, "egress", end, anything, https);
  asked.egress.set(key, answer);
  return answer.verdict === "blocked";
}

const anything: End = { name: "anything", groups: undefined, addresses: undefined };

/** True when no egress rule could lead to a public address: groups and private ranges only. */
const onlyPrivate = (network: Network, end: End): boolean =>
  (end.groups ?? [""]).every((key) => network.groups.get(key)?.egress.all.every(({ peer }) => peer && !isPublic(peer)));

const isPublic = (peer: NonNullable<GroupRule["peer"]>): boolean =>
  "range" in peer && !privateRanges.some((range) => contains(range, peer.range));

const shut = (source: Source, need: Need, group: string | undefined): Answer => ({
  verdict: "blocked",
  obstacle: "egress",
  ...(group === undefined ? {} : { resource: group }),
  why: `${group ?? source.end.name} restricts what may leave, and no rule lets HTTPS out to ${need.what}.`,
});
