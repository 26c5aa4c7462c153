import { portOf } from "../aws/ports";
import type { Resource } from "../stack/stack";
import { referredBy } from "../stack/value";
import { type Asked, askedText, fits, INTERNET, isBalancer, packetOf, placesAt, unique } from "./asked";
import { serviceOf } from "./aws-services";
import { fromBalancer, neverOpens } from "./balanced";
import { isConnected } from "./connected";
import { listens } from "./databases";
import type { Hop, Verdict } from "./flow";
import { type End, portText } from "./groups";
import { between, plainHop } from "./hops";
import { balancerInterfaces, isFileSystem } from "./interfaces";
import { keyOf } from "./lookup";
import { clientsOf, inwards, isGateway, outwards, overGateway } from "./outside";
import { isOutsider, type Nobody, type PublicEnd, partyOf } from "./parties";
import { type TaskPort, taskPorts } from "./places";
import { serviceHops } from "./reach";
import { joined, overridden } from "./walks/call";
import { mountHops } from "./walks/mount";
import { answering, neverHop, requestHops, unknownHop } from "./walks/request";
import type { Ground } from "./walks/walk";

/** The hops between two resources, or the internet, of one resolved stack. */
export function directHops(ground: Ground, from: string, to: string, asked: Asked): readonly Hop[] {
  const { lookup } = ground.network;
  const [source, target] = [from, to].map((id) => lookup.resource(id));
  for (const [id, resource] of [
    [from, source],
    [to, target],
  ] as const) {
    if (!resource && id !== INTERNET) return [unknownHop(from, to, `${id} does not exist here.`)];
  }
  if (from === to) return [unknownHop(from, to, `${from} is both ends, so no packet travels.`)];
  if (source && isOutsider(source)) return fromOutsider(ground, source, target, asked);
  if (!source && target) return fromInternet(ground, target, asked);
  if (!source) return [unknownHop(from, to, "Both ends are outside AWS.")];
  if (isBalancer(source)) return target ? fromBalancer(ground, source, target, asked) : [neverOpens(source, INTERNET)];
  if (target?.type === LAMBDA) return [neverHop(from, to, calledByApi(target))];
  const running = placesAt(ground, source);
  if (target && running.length > 0 && (asked.port ?? nfs) === nfs) {
    const files = fileSystemOf(ground, target);
    if (files) return mountHops(ground.network, running, files, [from, to]);
  }
  const party = partyOf(ground, source);
  if ("why" in party) return [nobodyHop(from, to, party)];
  if (!target) return party.ends.flatMap((end) => outwards(ground, end, packetOf(asked, 443)));
  if (isBalancer(target)) return party.ends.flatMap((end) => toBalancer(ground, end, target, asked));
  if (target.type === "AWS::EC2::VPCEndpoint" && isGateway(target)) {
    return party.ends.flatMap((end) => overGateway(ground, end, target, packetOf(asked, 443)));
  }
  const service = serviceOf(target);
  if (service !== undefined) {
    if (fits(asked, packetOf({}, 443))) return unique(serviceHops(ground.network, party.ends, service, target));
    const why = `${target.id} is asked for over HTTPS, on port 443.`;
    return [
      plainHop("target", { at: `${from} → ${to}`, resource: to, port: askedText(asked), verdict: "blocked", why }),
    ];
  }
  return toParty(ground, source.id, party.ends, target, asked);
}

const nfs = portOf("efs");

/** What there is to say of a resource without interfaces. */
const nobodyHop = (from: string, to: string, { why, never }: Nobody, port?: string): Hop =>
  (never ? neverHop : unknownHop)(from, to, why, port);

/** The file system that a resource is, or a door of. */
function fileSystemOf({ network }: Ground, resource: Resource): Resource | undefined {
  if (isFileSystem(resource)) return resource;
  const { FileSystemId } = resource.properties;
  if (!/::AccessPoint$/.test(resource.type) || FileSystemId === undefined) return undefined;
  const found = network.lookup.resource(keyOf(FileSystemId));
  return found && isFileSystem(found) ? found : undefined;
}

/** What a resource answers on, as far as it says so, and the hop about it. */
function answers(ground: Ground, from: string, target: Resource, asked: Asked): { ports: TaskPort[]; hops: Hop[] } {
  const source = ground.network.lookup.resource(from);
  const throughProxy = source !== undefined && placesAt(ground, source).some(isConnected);
  const at = `${from} → ${target.id}`;
  const hop = (port: string, verdict: Verdict, why: string): Hop =>
    plainHop("target", { at, resource: target.id, port, verdict, why });
  const places = placesAt(ground, target);
  const [place] = places;
  if (place) {
    const found = taskPorts(place).map(({ container, containerPort, ...port }) => ({
      containerPort,
      // Only who is in Service Connect sends to its proxy.
      port: throughProxy ? overridden(place, container, port, containerPort) : port,
    }));
    const fitting = found.filter(
      ({ containerPort, port }) =>
        (asked.port === undefined ||
          containerPort === asked.port ||
          (!port.dynamic && port.ports.from === asked.port)) &&
        (asked.protocol === undefined || port.protocol === asked.protocol),
    );
    if (fitting.length > 0) return { ports: fitting.map(({ port }) => port), hops: [] };
    if (asked.port === undefined) {
      return {
        ports: [],
        hops: [
          hop(
            "tcp",
            "unknowable",
            `No container of ${target.id} maps a port, so nothing says which one is meant. Name it.`,
          ),
        ],
      };
    }
    const packet = packetOf(asked, 0);
    // With an interface of their own, containers answer on ports that no mapping names, too.
    if (place.own) {
      const why = `No container of ${target.id} maps ${portText(packet)}; whether one answers there, the template does not say.`;
      return { ports: [{ ...packet, dynamic: false }], hops: [hop(portText(packet), "unknowable", why)] };
    }
    const why = `No container of ${target.id} maps ${portText(packet)}, so no port of the instance leads to it.`;
    return { ports: [], hops: [hop(portText(packet), "blocked", why)] };
  }
  const known = listens[target.type]?.(ground.network.lookup, target);
  if (known && "port" in known) {
    // Databases, caches, file systems and endpoints are all asked over TCP.
    const packet = packetOf({}, known.port);
    const wanted = fits(asked, packet);
    const why = wanted
      ? `${target.id} answers on port ${known.port}.`
      : asked.port === known.port || asked.port === undefined
        ? `${target.id} answers over TCP, not over UDP.`
        : `${target.id} answers on port ${known.port}, not on ${asked.port}.`;
    return {
      ports: wanted ? [{ ...packet, dynamic: false }] : [],
      hops: [hop(portText(packetOf(asked, known.port)), wanted ? "open" : "blocked", why)],
    };
  }
  if (asked.port !== undefined) {
    const packet = packetOf(asked, 0);
    const hops = known ? [hop(portText(packet), "unknowable", known.why)] : [];
    return { ports: [{ ...packet, dynamic: false }], hops };
  }
  return {
    ports: [],
    hops: [hop("tcp", "unknowable", known?.why ?? `Nothing says on which port ${target.id} answers. Name it.`)],
  };
}

function toParty(ground: Ground, from: string, sources: readonly PublicEnd[], target: Resource, asked: Asked): Hop[] {
  const party = partyOf(ground, target);
  const { ports, hops } = answers(ground, from, target, asked);
  if ("why" in party) {
    const hop = nobodyHop(from, target.id, party, ports[0] ? portText(ports[0]) : "tcp");
    return party.never ? [hop] : [...hops, hop];
  }
  const ways = sources.flatMap((end) =>
    party.ends.flatMap((to) => ports.flatMap((port) => joined(ground.network, end, to, port))),
  );
  return [...hops, ...unique(ways)];
}

const LAMBDA = "AWS::Lambda::Function";

/** https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html */
const calledByApi = ({ id }: Resource): string =>
  `${id} is called through the API of AWS Lambda: nothing opens a connection to its own interfaces.`;

/** From addresses of AWS's own, of which nobody here knows which: as from the internet, where it leads at all. */
function fromOutsider(ground: Ground, source: Resource, target: Resource | undefined, asked: Asked): readonly Hop[] {
  const way = { at: `${source.id} → ${target?.id ?? INTERNET}`, port: askedText({ port: 443, ...asked }) };
  if (!target || serviceOf(target) !== undefined) {
    const why = `${source.id} stands in no VPC, so nothing of the template is in its way.`;
    return [plainHop("route", { ...way, verdict: "open", why })];
  }
  if (isBalancer(target) && target.properties.Scheme === "internal") {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
    const origins = ground.network.lookup.of("AWS::CloudFront::VpcOrigin");
    const origin = origins.find(({ properties }) => referredBy(properties).has(target.id));
    if (origin && source.type === "AWS::CloudFront::Distribution")
      return [
        unknownHop(source.id, target.id, `${source.id} may come through ${origin.id}, whose group CloudFront makes.`),
      ];
    const why = `${target.id} is internal, and ${source.id} stands in no VPC.`;
    return [plainHop("route", { ...way, resource: target.id, verdict: "blocked", why })];
  }
  return fromInternet(ground, target, asked, { name: source.id, groups: [], addresses: undefined });
}

/** Clients outside AWS → a resource: a load balancer by its listeners, all else by a public address of its own. */
function fromInternet(
  ground: Ground,
  target: Resource,
  asked: Asked,
  clients: End = clientsOf(target, asked),
): readonly Hop[] {
  const { network } = ground;
  if (target.type === LAMBDA) return [neverHop(clients.name, target.id, calledByApi(target))];
  if (isBalancer(target)) return requestHops(network, clients, target, asked);
  const { ports, hops } = answers(ground, INTERNET, target, asked);
  const party = partyOf(ground, target);
  if ("why" in party) return [...hops, nobodyHop(INTERNET, target.id, party)];
  const port = ports[0] ? portText(ports[0]) : "tcp";
  return [
    ...hops,
    ...party.ends.flatMap((end) => [
      inwards(ground, end, target, port),
      ...ports.flatMap((packet) => between(network, clients, end, packet)),
    ]),
  ];
}

/** Inside a VPC the name of an internet-facing load balancer leads to its public addresses. */
function toBalancer(ground: Ground, end: PublicEnd, balancer: Resource, asked: Asked): Hop[] {
  const { network } = ground;
  const { listeners, hops } = answering(network, balancer, end.name, asked);
  if (balancer.properties.Scheme === "internal") {
    return [
      ...hops,
      ...listeners.flatMap(({ packet }) => joined(network, end, balancerInterfaces(network, balancer), { ...packet })),
    ];
  }
  const [first] = listeners;
  if (!first) return hops;
  // From which public address its packets come, no template says.
  const clients: End = { name: end.name, groups: [], addresses: undefined };
  return [...outwards(ground, end, first.packet), ...requestHops(network, clients, balancer, asked)];
}
