import { answerPorts } from "../aws/ports";
import type { Resource } from "../stack/stack";
import { type AddressRange, overlaps, type Ports, parseCidr } from "./addresses";
import type { Hop, Verdict } from "./flow";
import { type Direction, type End, type Packet, portText } from "./groups";
import { at, booleanOf, defaultAclOf, keyOf, keyText, type Lookup, numberOf, rangeOf } from "./lookup";

/** A numbered rule of a network access list. */
interface Entry {
  resource: string;
  /** What a sentence calls it. */
  name: string;
  number: number;
  /** Undefined: only the deployment knows. */
  allow: boolean | undefined;
  /** "-1" for all. */
  protocol: string;
  ports: Ports;
  /** Undefined: only the deployment knows what it speaks of. */
  range: AddressRange | undefined;
}

interface List {
  /** Logical id of what makes it: itself, or the VPC. */
  holder: string;
  /** What a sentence calls it. */
  name: string;
  ingress: readonly Entry[];
  egress: readonly Entry[];
}

/** The network access lists of a stack. */
export interface Acls {
  /** The list of a subnet; undefined where the stack says nothing of it, so that it is the VPC's own, which lets all through. */
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
  const read = (key: string, holder: string, given: readonly Entry[] = []): void => {
    const entries = lookup.where("AWS::EC2::NetworkAclEntry", "NetworkAclId", key);
    if (given.length > 0 && entries.length === 0) return;
    const of = (egress: boolean | undefined) =>
      entries
        .filter(({ properties: { Egress } }) => (Egress === undefined ? false : booleanOf(Egress)) === egress)
        .map((entry) => readEntry(lookup, entry));
    // Of an entry whose direction nobody knows, both sides are unsure.
    const unsure = of(undefined).map((entry) => ({ ...entry, range: undefined }));
    const sorted = (all: Entry[]) => [...given, ...all, ...unsure].sort((a, b) => a.number - b.number);
    lists.set(key, { holder, name: keyText(key), ingress: sorted(of(false)), egress: sorted(of(true)) });
  };
  for (const { id } of lookup.of("AWS::EC2::NetworkAcl")) read(id, id);
  // https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
  for (const { id } of lookup.of("AWS::EC2::VPC")) read(defaultAclOf(id), id, givenEntries(id));
  const ownOf = (subnet: string): string => {
    const vpc = lookup.resource(subnet)?.properties.VpcId;
    return vpc === undefined ? "" : defaultAclOf(keyOf(vpc));
  };
  return { of: (subnet) => lists.get(bySubnet.get(subnet) ?? ownOf(subnet)), any: lists.size > 0 };
}

/** What the list that EC2 makes along with a VPC says in both directions. */
const givenEntries = (vpc: string): Entry[] =>
  [
    { number: 100, cidr: "0.0.0.0/0" },
    { number: 101, cidr: "::/0" },
  ].map(({ number, cidr }) => ({
    resource: vpc,
    name: `rule ${number}`,
    number,
    allow: true,
    protocol: "-1",
    ports: ALL,
    range: parseCidr(cidr),
  }));

const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "-1": "-1" };

function readEntry(lookup: Lookup, { id, properties }: Resource): Entry {
  const { RuleNumber, RuleAction, Protocol, PortRange, CidrBlock, Ipv6CidrBlock } = properties;
  const number = numberOf(RuleNumber);
  const written = numberOf(Protocol);
  const [from, to] = [numberOf(at(PortRange, "From")), numberOf(at(PortRange, "To"))];
  const action = typeof RuleAction === "string" ? RuleAction.toLowerCase() : undefined;
  const known =
    number !== undefined && written !== undefined && (PortRange === undefined || (from ?? to) !== undefined);
  // With all protocols no range of ports counts.
  const anyPort = written === undefined || written === -1 || from === undefined || to === undefined || from === -1;
  return {
    resource: id,
    name: id,
    // What comes first may decide, and what nobody knows may come first.
    number: number ?? 0,
    allow: action === "allow" ? true : action === "deny" ? false : undefined,
    protocol: written === undefined ? "-1" : (protocols[String(written)] ?? String(written)),
    ports: anyPort ? ALL : { from, to },
    range: known ? rangeOf(lookup, CidrBlock ?? Ipv6CidrBlock) : undefined,
  };
}

/** Whether every packet, some or none gets through, and the entry that speaks of it; undefined: the one at the end, `*`. */
interface Passage {
  verdict: Verdict;
  by: Entry | undefined;
}

/** Rules count in the order of their numbers, the first that fits decides; at the end all is refused. */
function passes(entries: readonly Entry[], addresses: AddressRange, protocol: string, ports: Ports): Passage {
  const speaking = entries.filter(
    (entry) =>
      (entry.protocol === "-1" || entry.protocol === protocol) &&
      entry.ports.from <= ports.to &&
      entry.ports.to >= ports.from &&
      (!entry.range || overlaps(entry.range, addresses)),
  );
  // All addresses between two borders of rules meet the same.
  const starts = new Set([addresses.from]);
  for (const { range } of speaking) {
    if (!range) continue;
    if (range.from > addresses.from) starts.add(range.from);
    if (range.to < addresses.to) starts.add(range.to + 1n);
  }
  const all = [...starts].map((start) =>
    passesAt(
      speaking.filter(({ range }) => !range || (range.from <= start && range.to >= start)),
      [ports],
    ),
  );
  const [first] = all as [Passage, ...Passage[]];
  if (all.every(({ verdict }) => verdict === first.verdict)) return first;
  return { verdict: "unknowable", by: (all.find(({ verdict }) => verdict !== "open") ?? first).by };
}

/** The same for rules that all speak of the address. */
function passesAt(entries: readonly Entry[], ports: readonly Ports[]): Passage {
  let open = ports;
  let allowed: Entry | undefined;
  let denied: Entry | undefined;
  for (const [index, entry] of entries.entries()) {
    if (open.length === 0) break;
    if (!open.some((span) => entry.ports.from <= span.to && entry.ports.to >= span.from)) continue;
    if (!entry.range || entry.allow === undefined) {
      // Nobody knows whether it speaks of the packet: that matters not where what follows says the same.
      const rest = passesAt(entries.slice(index + 1), open);
      const before = denied ? "blocked" : allowed ? "open" : rest.verdict;
      const same = entry.allow !== undefined && rest.verdict === (entry.allow ? "open" : "blocked");
      return same && rest.verdict === before ? rest : { verdict: "unknowable", by: entry };
    }
    if (entry.allow) allowed ??= entry;
    else denied ??= entry;
    open = open.flatMap((span) => [
      ...(span.from < entry.ports.from ? [{ from: span.from, to: Math.min(span.to, entry.ports.from - 1) }] : []),
      ...(span.to > entry.ports.to ? [{ from: Math.max(span.from, entry.ports.to + 1), to: span.to }] : []),
    ]);
  }
  const refused = open.length > 0 || denied !== undefined;
  if (allowed && refused) return { verdict: "unknowable", by: denied };
  return allowed ? { verdict: "open", by: allowed } : { verdict: "blocked", by: denied };
}

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

/**
 * The network access list of the subnet of a NAT gateway: what a task sends out comes in there and goes on from the
 * gateway's own ports, and so do the answers. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export function natHops(acls: Acls, subnet: string, from: Side, to: End, packet: Packet, opener: Opener): Hop[] {
  if (!acls.any) return [];
  const home = [subnet];
  const answer = (ports: Ports): Packet => ({ protocol: packet.protocol, ports });
  const gateway: End = { name: "the NAT gateway", groups: [], addresses: undefined };
  const within = from.subnets?.includes(subnet) ?? false;
  return [
    ...(within ? [] : side(acls, home, "ingress", gateway, from, packet, "data", "")),
    ...side(acls, home, "egress", gateway, to, packet, "data", ""),
    ...side(acls, home, "ingress", gateway, to, answer(answerPorts.natGateway), "data", "the answer on "),
    ...(within ? [] : side(acls, home, "egress", gateway, from, answer(answerPorts[opener]), "data", "the answer on ")),
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
  const lists = new Set(subnets.flatMap((key) => acls.of(key) ?? []));
  return [...lists].map((one): Hop => {
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
    const rule = worst.by?.name ?? "its last rule (*)";
    const why =
      verdict === "open"
        ? `${rule} of ${one.name} lets ${what}${port} ${way}.`
        : verdict === "blocked"
          ? `${rule} of ${one.name} refuses ${what}${port} ${way}. Network access lists keep no state: both directions need a rule, with a lower number than what refuses.`
          : `${one.name} lets only part of ${what}${port} ${way}, or ${rule} says what only the deployment knows.`;
    const [a, b] = direction === "egress" ? [self.name, other.name] : [other.name, self.name];
    return {
      at: `${a} → ${b}`,
      resource: worst.by?.resource ?? one.holder,
      port,
      stage: "route",
      traffic,
      verdict,
      why,
    };
  });
}

const clients = parseCidr("0.0.0.0/0") as AddressRange;
