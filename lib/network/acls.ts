import { answerPorts } from "../aws/ports";
import type { Resource } from "../stack/stack";
import { type AddressRange, contains, overlaps, type Ports, parseCidr } from "./addresses";
import type { Hop, Verdict } from "./flow";
import { type Direction, type End, type Packet, portText } from "./groups";
import { at, booleanOf, keyOf, type Lookup, numberOf, rangeOf } from "./lookup";

/** A numbered rule of a network access list. */
interface Entry {
  resource: string;
  number: number;
  allow: boolean;
  /** "-1" for all. */
  protocol: string;
  ports: Ports;
  /** Undefined: only the deployment knows what it speaks of. */
  range: AddressRange | undefined;
}

interface List {
  id: string;
  ingress: readonly Entry[];
  egress: readonly Entry[];
}

/** The network access lists of a stack. */
export interface Acls {
  /** The list of a subnet; undefined where the stack gives it none, so that it has the VPC's own, which lets all through. */
  of(subnet: string): List | undefined;
  any: boolean;
}

const ALL: Ports = { from: 0, to: 65535 };

/** Reads lists, entries and associations. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
export function aclsOf(lookup: Lookup): Acls {
  const lists = new Map<string, List>();
  const bySubnet = new Map<string, string>();
  for (const { properties } of lookup.of("AWS::EC2::SubnetNetworkAclAssociation")) {
    const { SubnetId, NetworkAclId } = properties;
    if (SubnetId !== undefined && NetworkAclId !== undefined) bySubnet.set(keyOf(SubnetId), keyOf(NetworkAclId));
  }
  for (const { id } of lookup.of("AWS::EC2::NetworkAcl")) {
    const entries = lookup.where("AWS::EC2::NetworkAclEntry", "NetworkAclId", id);
    const of = (egress: boolean | undefined) =>
      entries
        .filter(({ properties: { Egress } }) => (Egress === undefined ? false : booleanOf(Egress)) === egress)
        .map((entry) => readEntry(lookup, entry));
    // Of an entry whose direction nobody knows, both sides are unsure.
    const unsure = of(undefined).map((entry) => ({ ...entry, range: undefined }));
    const sorted = (all: Entry[]) => [...all, ...unsure].sort((a, b) => a.number - b.number);
    lists.set(id, { id, ingress: sorted(of(false)), egress: sorted(of(true)) });
  }
  return { of: (subnet) => lists.get(bySubnet.get(subnet) ?? ""), any: lists.size > 0 };
}

const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "-1": "-1" };

function readEntry(lookup: Lookup, { id, properties }: Resource): Entry {
  const { RuleNumber, RuleAction, Protocol, PortRange, CidrBlock, Ipv6CidrBlock } = properties;
  const number = numberOf(RuleNumber);
  const written = numberOf(Protocol);
  const [from, to] = [numberOf(at(PortRange, "From")), numberOf(at(PortRange, "To"))];
  const action = typeof RuleAction === "string" ? RuleAction.toLowerCase() : undefined;
  const known =
    number !== undefined &&
    written !== undefined &&
    action !== undefined &&
    (PortRange === undefined || (from ?? to) !== undefined);
  return {
    resource: id,
    // What comes first may decide, and what nobody knows may come first.
    number: number ?? 0,
    allow: action === "allow",
    protocol: written === undefined ? "-1" : (protocols[String(written)] ?? String(written)),
    ports: from === undefined || to === undefined || from === -1 ? ALL : { from, to },
    range: known ? rangeOf(lookup, CidrBlock ?? Ipv6CidrBlock) : undefined,
  };
}

/** Whether every packet, some or none gets through, and the entry that speaks of it; undefined: the one at the end, `*`. */
interface Passage {
  verdict: Verdict;
  by: string | undefined;
  /** Some get through and some do not. */
  partly?: boolean;
}

/** Rules count in the order of their numbers, the first that fits decides; at the end all is refused. */
function passes(
  entries: readonly Entry[],
  addresses: AddressRange | undefined,
  protocol: string,
  ports: Ports,
): Passage {
  let open: Ports[] = [ports];
  let allowed: string | undefined;
  let denied: { by: string | undefined } | undefined;
  let partly = false;
  for (const entry of entries) {
    if (open.length === 0) break;
    if (entry.protocol !== "-1" && entry.protocol !== protocol) continue;
    const touched = open.filter((span) => entry.ports.from <= span.to && entry.ports.to >= span.from);
    if (touched.length === 0) continue;
    if (!entry.range || (!addresses && !everywhere(entry.range))) return { verdict: "unknowable", by: entry.resource };
    if (addresses && !overlaps(entry.range, addresses)) continue;
    if (addresses && !contains(entry.range, addresses)) {
      // Only some of the addresses: the others go on to later rules. What they say may be the same.
      const others = passes(entries.slice(entries.indexOf(entry) + 1), addresses, protocol, ports);
      const same = others.verdict === (entry.allow ? "open" : "blocked");
      return same ? others : { verdict: "unknowable", by: entry.resource, partly: true };
    }
    if (entry.allow) allowed ??= entry.resource;
    else denied ??= { by: entry.resource };
    open = open.flatMap((span) => [
      ...(span.from < entry.ports.from ? [{ from: span.from, to: Math.min(span.to, entry.ports.from - 1) }] : []),
      ...(span.to > entry.ports.to ? [{ from: Math.max(span.from, entry.ports.to + 1), to: span.to }] : []),
    ]);
  }
  if (open.length > 0) denied ??= { by: undefined };
  partly = allowed !== undefined && denied !== undefined;
  if (partly) return { verdict: "unknowable", by: denied?.by, partly };
  return allowed === undefined ? { verdict: "blocked", by: denied?.by } : { verdict: "open", by: allowed };
}

const everywhere = ({ text }: AddressRange): boolean => text === "0.0.0.0/0" || text === "::/0";

/** Where a packet comes from: who chooses the port that the answer goes to. */
export type Opener = "linux" | "windows" | "loadBalancer" | "any";

interface Side extends End {
  subnets?: readonly string[] | undefined;
}

/**
 * The network access lists between two ends: the request out of one subnet and into the other, and the answer back. One
 * hop for each list and direction, none where the stack has no list for a subnet. Packets within a subnet meet none.
 */
export function aclHops(
  acls: Acls,
  from: Side,
  to: Side,
  packet: Packet,
  opener: Opener,
  traffic: Hop["traffic"],
): Hop[] {
  if (!acls.any) return [];
  const [left, right] = [from.subnets ?? [], to.subnets ?? []];
  if (left.length === 1 && right.length === 1 && left[0] === right[0]) return [];
  const back: Packet = { protocol: packet.protocol, ports: answerPorts[opener] };
  return [
    ...side(acls, left, "egress", from, to, packet, traffic, ""),
    ...side(acls, right, "ingress", to, from, packet, traffic, ""),
    ...side(acls, right, "egress", to, from, back, traffic, "the answer on "),
    ...side(acls, left, "ingress", from, to, back, traffic, "the answer on "),
  ];
}

function side(
  acls: Acls,
  subnets: readonly string[],
  direction: Direction,
  self: End,
  other: End,
  packet: Packet,
  traffic: Hop["traffic"],
  what: string,
): Hop[] {
  const lists = new Map(subnets.flatMap((key) => acls.of(key) ?? []).map((one) => [one.id, one]));
  return [...lists.values()].map((one): Hop => {
    const ranges = other.addresses ?? other.within ?? [clients];
    const answers = ranges.map((range) => passes(one[direction], range, packet.protocol, packet.ports));
    const worst =
      answers.find(({ verdict }) => verdict === "blocked") ??
      answers.find(({ verdict }) => verdict === "unknowable") ??
      (answers[0] as Passage);
    const mixed = worst.verdict === "blocked" && answers.some(({ verdict }) => verdict !== "blocked");
    const verdict = mixed ? "unknowable" : worst.verdict;
    const port = portText(packet);
    const way = direction === "ingress" ? `in from ${other.name}` : `out to ${other.name}`;
    const rule = worst.by ?? "its last rule (*)";
    const why =
      verdict === "open"
        ? `${worst.by} of ${one.id} lets ${what}${port} ${way}.`
        : verdict === "blocked"
          ? `${rule} of ${one.id} refuses ${what}${port} ${way}. Network access lists keep no state: both directions need a rule, with a lower number than what refuses.`
          : `${one.id} lets only part of ${what}${port} ${way}, or ${rule} says what only the deployment knows.`;
    const [a, b] = direction === "egress" ? [self.name, other.name] : [other.name, self.name];
    return { at: `${a} → ${b}`, resource: worst.by ?? one.id, port, stage: "route", traffic, verdict, why };
  });
}

const clients = parseCidr("0.0.0.0/0") as AddressRange;
