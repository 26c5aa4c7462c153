import { list } from "../core/text";
import type { Origin } from "../stack/stack";
import { aclHops } from "./acls";
import type { Hop, MissingRule, Stage } from "./flow";
import { admits, type Direction, type End, type Packet, portText } from "./groups";
import type { Interfaces, Network } from "./interfaces";
import { keyText } from "./lookup";

/** Options that all hops of one way share. */
export interface Way {
  traffic?: Hop["traffic"];
  /** Set where the packet may take any port of a narrower range that the design does not tell. */
  perhaps?: readonly Packet["ports"][];
}

/** The groups of one side, as a template names them; its own name where it has none. */
const label = (end: End): string =>
  end.groups && end.groups.length > 0 ? end.groups.map(keyText).join(", ") : end.name;

/** A hop that is no matter of groups. */
export const plainHop = (
  stage: Stage,
  hop: Pick<Hop, "at" | "port" | "verdict" | "why"> & { resource?: string | undefined; origin?: Origin | undefined },
  traffic: Hop["traffic"] = "data",
): Hop => {
  const { resource, origin, ...rest } = hop;
  return {
    ...rest,
    stage,
    traffic,
    ...(resource === undefined ? {} : { resource }),
    ...(origin === undefined ? {} : { origin }),
  };
};

/**
 * The hops of a packet between two sets of interfaces: through the network access lists that the stack has for their
 * subnets, out of the groups of one, into those of the other.
 */
export function between(network: Network, from: End, to: End, packet: Packet, way: Way = {}): Hop[] {
  // Clients outside AWS may be of any make.
  const opener = "subnets" in from ? ((from as Interfaces).opener ?? "linux") : "any";
  const hops = aclHops(network.acls, from, to, packet, opener, way.traffic ?? "data");
  if (from.groups?.length !== 0) hops.push(groupHop(network, "egress", from, to, packet, way));
  hops.push(groupHop(network, "ingress", to, from, packet, way));
  return hops;
}

/** One hop: `self` lets the packet out to `other`, or in from it. */
export function groupHop(
  network: Network,
  direction: Direction,
  self: End,
  other: End,
  packet: Packet,
  { traffic = "data", perhaps = [] }: Way = {},
): Hop {
  let answer = admits(network.groups, direction, self, other, packet);
  if (answer.verdict === "blocked") {
    const maybe = perhaps.some(
      (ports) => admits(network.groups, direction, self, other, { ...packet, ports }).verdict !== "blocked",
    );
    if (maybe) answer = { ...answer, verdict: "unknowable" };
  }
  const port = portText(packet);
  const [from, to] = direction === "egress" ? [self, other] : [other, self];
  const group = answer.group;
  // What an expression names has no logical id.
  const stranger = group === undefined || group.startsWith("{") ? undefined : group;
  const holder = network.groups.get(group ?? "")?.holder ?? stranger;
  const base = {
    at: `${label(from)} → ${label(to)}`,
    port,
    stage: direction,
    traffic,
    verdict: answer.verdict,
    ...(holder === undefined ? {} : { resource: holder }),
    ...(answer.rules?.length ? { rules: answer.rules.map(({ resource, pointer }) => ({ resource, pointer })) } : {}),
  } satisfies Omit<Hop, "why">;
  if (answer.verdict === "open") return { ...base, by: answer.by, why: openWhy(direction, self, other, port, answer) };
  if (answer.verdict === "unknowable")
    return { ...base, why: unknownWhy(network, direction, self, other, port, perhaps) };
  const missing: MissingRule = {
    group: group as string,
    direction,
    protocol: packet.protocol,
    fromPort: packet.ports.from,
    toPort: packet.ports.to,
    peerGroups: (other.groups ?? []).filter((key) => network.groups.has(key)),
    peerCidrs: other.groups && other.groups.length > 0 ? [] : (other.addresses ?? []).map((range) => range.text),
  };
  const origin = network.lookup.resource(holder)?.origins[""]?.[0];
  return {
    ...base,
    missing,
    ...(origin ? { origin } : {}),
    why:
      direction === "ingress"
        ? `No rule of ${keyText(group as string)} lets ${port} in from ${label(other)}.`
        : `${capital(keyText(group as string))} restricts what may leave, and no rule lets ${port} out to ${label(other)}.`,
  };
}

function openWhy(
  direction: Direction,
  self: End,
  other: End,
  port: string,
  { by, free, group, given }: Pick<ReturnType<typeof admits>, "by" | "free" | "group" | "given">,
): string {
  if (free === "no-group") return `${capital(self.name)} has no security group, so nothing filters here.`;
  if (given) {
    const key = capital(keyText(group ?? ""));
    return direction === "ingress" ? `${key} lets its own members in.` : `${key} lets everything out.`;
  }
  if (free === "default-egress") return `${group} lets everything out, as no rule restricts it.`;
  const rules = by.includes(group ?? "") && by.length === 1 ? `A rule of ${group}` : list(by);
  return direction === "ingress"
    ? `${rules} lets ${port} in from ${label(other)}.`
    : `${rules} lets ${port} out to ${label(other)}.`;
}

function unknownWhy(
  network: Network,
  direction: Direction,
  self: End,
  other: End,
  port: string,
  perhaps: readonly Packet["ports"][],
): string {
  if (!self.groups) return `Which security group ${self.name} has, the design does not say.`;
  const stranger = self.groups.find((key) => !network.groups.has(key));
  if (stranger !== undefined) return `${capital(keyText(stranger))} exists outside this design, and so do its rules.`;
  if (perhaps.length > 0 && other.addresses !== undefined) {
    const narrower = list(perhaps.map(({ from, to }) => `${from}-${to}`));
    return `Only part of ${port} is open; whether that is enough depends on the range that the AMI takes host ports from: some take ${narrower} alone.`;
  }
  if (other.some)
    return `${list(self.groups.map(keyText))} may let ${port} in from part of ${other.name} alone, and who comes, nothing here says.`;
  const where = direction === "ingress" ? "from" : "to";
  return `Rules of ${list(self.groups.map(keyText))} may let ${port} through, but that depends on addresses ${where} ${other.name} or on values that only the deployment knows.`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
