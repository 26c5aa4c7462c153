import { isObject, own } from "../core/json";
import type { Pointer } from "../core/pointer";
import { type Properties, targetOf, type Value } from "../stack/value";
import {
  type AddressRange,
  contains,
  covered,
  isEverywhere,
  isPrivateRange,
  type Opening,
  overlaps,
  type Ports,
  parseCidr,
} from "./addresses";
import type { Verdict } from "./flow";
import { at, defaultGroupOf, isOpen, itemsOf, keyOf, type Lookup, numberOf, rangeOf } from "./lookup";

export type Direction = "ingress" | "egress";

/** One rule of a security group, whether written inside it or as a resource of its own. */
export interface GroupRule {
  /** Logical id of the resource that holds it, and where in it. */
  resource: string;
  pointer: Pointer;
  /** "tcp", "udp", "icmp", "-1" for all; others by number. */
  protocol: string;
  ports: Ports;
  /** Key of another group, a range, or undefined where only the deployment knows. */
  peer: { group: string } | { range: AddressRange } | undefined;
  /** Nobody wrote it: it comes with the default group of a VPC. */
  given?: true;
}

/** The rules of one direction, found by whom they speak of. */
export interface RuleSet {
  all: readonly GroupRule[];
  /** By the key of the other group. */
  ofGroup: ReadonlyMap<string, readonly GroupRule[]>;
  /** For ranges, and for what only the deployment knows. */
  others: readonly GroupRule[];
}

/** A security group of the stack. */
export interface GroupRules {
  /** Logical id; of a group that EC2 makes along with a VPC, its key. */
  id: string;
  /** Logical id of what makes it: itself, or the VPC. */
  holder: string;
  ingress: RuleSet;
  /** Without any rule nobody restricts it, and everything may leave. */
  egress: RuleSet;
}

/** Groups of the stack by logical id; any other key is a group that exists already, with rules nobody here knows. */
export type Groups = ReadonlyMap<string, GroupRules>;

const ALL: Ports = { from: 0, to: 65535 };
const protocolNames: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", all: "-1" };

interface Group {
  id: string;
  holder: string;
  ingress: GroupRule[];
  egress: GroupRule[];
}

/** Reads all groups and their rules, inline and standalone. */
export function groupsOf(lookup: Lookup): Groups {
  const groups = new Map<string, Group>();
  for (const { id, properties } of lookup.of("AWS::EC2::SecurityGroup")) {
    const inline = (direction: Direction): GroupRule[] => {
      const property = direction === "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress";
      const written = properties[property];
      const pointer = `/properties/${property}`;
      if (isOpen(written)) return [unreadRule(id, pointer)];
      // A single rule may stand without a list around it.
      const rules = isObject(written) ? [written as Value] : (itemsOf(written) ?? []);
      return rules.flatMap((rule, index) => readRule(lookup, direction, rule, id, `${pointer}/${index}`));
    };
    groups.set(id, { id, holder: id, ingress: inline("ingress"), egress: inline("egress") });
  }
  for (const { id } of lookup.of("AWS::EC2::VPC")) groups.set(defaultGroupOf(id), defaultGroup(id));
  for (const direction of ["ingress", "egress"] as const) {
    for (const rule of lookup.of(`AWS::EC2::SecurityGroup${direction === "ingress" ? "Ingress" : "Egress"}`)) {
      // Without a VPC of its own a group may be named instead.
      const key = rule.properties.GroupId ?? rule.properties.GroupName;
      const group = key === undefined ? undefined : (groups.get(keyOf(key)) ?? groups.get(named(lookup, key) ?? ""));
      group?.[direction].push(...readRule(lookup, direction, rule.properties, rule.id, ""));
    }
  }
  return new Map(
    [...groups].map(([id, { holder, ingress, egress }]) => [
      id,
      { id, holder, ingress: ruleSet(ingress), egress: ruleSet(egress) },
    ]),
  );
}

/**
 * The group that EC2 makes along with a VPC, and that interfaces without any have: its members let each other in, and
 * everything may leave. https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
function defaultGroup(vpc: string): Group {
  const id = defaultGroupOf(vpc);
  const rule = (peer: GroupRule["peer"]): GroupRule => ({
    resource: vpc,
    pointer: "",
    protocol: "-1",
    ports: ALL,
    peer,
    given: true,
  });
  const everywhere = ["0.0.0.0/0", "::/0"].flatMap((cidr) => parseCidr(cidr) ?? []);
  return { id, holder: vpc, ingress: [rule({ group: id })], egress: everywhere.map((range) => rule({ range })) };
}

/** The group of the template that has a name. */
const named = (lookup: Lookup, name: Value): string | undefined =>
  typeof name === "string" ? lookup.where("AWS::EC2::SecurityGroup", "GroupName", name)[0]?.id : undefined;

function ruleSet(all: readonly GroupRule[]): RuleSet {
  const ofGroup = new Map<string, GroupRule[]>();
  const others: GroupRule[] = [];
  for (const rule of all) {
    if (!rule.peer || !("group" in rule.peer)) others.push(rule);
    else {
      const list = ofGroup.get(rule.peer.group);
      if (list) list.push(rule);
      else ofGroup.set(rule.peer.group, [rule]);
    }
  }
  return { all, ofGroup, others };
}

/** Rules that may speak of the other side: those for its groups and for ranges; all where its groups are not all known. */
function candidates(groups: Groups, { all, ofGroup, others }: RuleSet, other: End): readonly GroupRule[] {
  if (!other.groups?.every((key) => groups.has(key))) return all;
  if (other.groups.length === 0) return others;
  return [...others, ...other.groups.flatMap((key) => ofGroup.get(key) ?? [])];
}

/** A rule of which only the deployment knows what it says. */
const unreadRule = (resource: string, pointer: Pointer): GroupRule => ({
  resource,
  pointer,
  protocol: "-1",
  ports: ALL,
  peer: undefined,
});

/** One rule; several for a prefix list of the template, one for each of its entries. */
function readRule(
  lookup: Lookup,
  direction: Direction,
  value: Value,
  resource: string,
  pointer: Pointer,
): readonly GroupRule[] {
  if (isOpen(value) || !["string", "number", "undefined"].includes(typeof at(value, "IpProtocol"))) {
    return [unreadRule(resource, pointer)];
  }
  const get = (name: string) => at(value, name);
  const written = String(get("IpProtocol") ?? "-1").toLowerCase();
  const protocol = own(protocolNames, written) ?? written;
  const [low, high] = [numberOf(get("FromPort")), numberOf(get("ToPort"))];
  const anyPort = protocol === "-1" || low === -1 || (low === undefined && get("FromPort") === undefined);
  const unsure = !anyPort && (low === undefined || (high === undefined && get("ToPort") !== undefined));
  // Ports that nobody knows may be any.
  const ports = anyPort || unsure || low === undefined ? ALL : { from: low, to: high ?? low };
  const peers = unsure ? [undefined] : peersOf(lookup, direction, value as Properties);
  return peers.map((peer) => ({ resource, pointer, protocol, ports, peer }));
}

function peersOf(lookup: Lookup, direction: Direction, rule: Properties): readonly GroupRule["peer"][] {
  const group = at(rule, direction === "ingress" ? "SourceSecurityGroupId" : "DestinationSecurityGroupId");
  if (group !== undefined) {
    // Another stack's export and a parameter are never a group of this template; other functions may give any.
    const one = targetOf(group) !== undefined || (isOpen(group) && group.name === "Fn::ImportValue");
    return [isOpen(group) && !one ? undefined : { group: keyOf(group) }];
  }
  const name = at(rule, "SourceSecurityGroupName");
  if (direction === "ingress" && name !== undefined) {
    const made = lookup.resource(targetOf(name));
    const key = made?.type === "AWS::EC2::SecurityGroup" ? made.id : named(lookup, name);
    return [key === undefined ? undefined : { group: key }];
  }
  const prefixes = at(rule, direction === "ingress" ? "SourcePrefixListId" : "DestinationPrefixListId");
  if (prefixes !== undefined) return listed(lookup, prefixes);
  const range = rangeOf(lookup, at(rule, "CidrIp") ?? at(rule, "CidrIpv6"));
  return [range && { range }];
}

/**
 * The ranges of a prefix list of the template. What stands in a list of AWS's, as those of gateway endpoints, or in one
 * that exists already, nobody here knows. https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
function listed(lookup: Lookup, value: Value): readonly GroupRule["peer"][] {
  const list = lookup.resource(targetOf(value));
  const entries = list?.type === "AWS::EC2::PrefixList" ? itemsOf(list.properties.Entries) : undefined;
  if (!entries) return [undefined];
  return entries.map((entry) => {
    const range = rangeOf(lookup, at(entry, "Cidr"));
    return range && { range };
  });
}

/** One side of a packet's way: a set of network interfaces that are alike. */
export interface End {
  /** In words: "Web". */
  name: string;
  /** Node it comes from. */
  node?: string;
  /** Keys of its security groups; undefined: not known; empty: nothing filters there. */
  groups: readonly string[] | undefined;
  /** Set where its packets are of IPv6. */
  version?: 6;
  /** Its addresses; undefined: not known. */
  addresses: readonly AddressRange[] | undefined;
  /** Set where it stands for some of these addresses, and nobody says which: clients whom a template does not name. */
  some?: true;
  /** Ranges that its addresses lie in, where they are not known exactly. */
  within?: readonly AddressRange[];
}

export interface Packet {
  protocol: "tcp" | "udp";
  ports: Ports;
}

/** "tcp/8080", "tcp/32768-65535". */
export const portText = ({ protocol, ports }: Packet): string =>
  `${protocol}/${ports.from}${ports.to === ports.from ? "" : `-${ports.to}`}`;

/** Where a rule is written: the resource that holds it, and a JSON Pointer into that. */
export type RulePlace = Pick<GroupRule, "resource" | "pointer">;

export interface Answer {
  verdict: Verdict;
  /** Logical ids of what holds the rules that admit it. */
  by: readonly string[];
  /** Those rules; of a packet that is not surely let through, the rules that may have to do with it. */
  rules?: readonly RulePlace[];
  /** The group that decides: the one that admits or, for a blocked packet, the one to open. */
  group?: string;
  /** Nothing filters, or everything may leave by default. */
  free?: "no-group" | "default-egress";
  /** Rules of a default group that nobody wrote let it through. */
  given?: true;
}

/**
 * Whether the groups of `self` let a packet in from (ingress) or out to (egress) `other`. All rules of all its groups
 * count together, as in EC2. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function admits(groups: Groups, direction: Direction, self: End, other: End, packet: Packet): Answer {
  if (!self.groups) return { verdict: "unknowable", by: [] };
  const [first] = self.groups;
  if (first === undefined) return { verdict: "open", by: [], free: "no-group" };
  const known = self.groups.flatMap((key) => groups.get(key) ?? []);
  if (direction === "egress") {
    const open = known.find((group) => group.egress.all.length === 0);
    if (open) return { verdict: "open", by: [open.id], group: open.id, free: "default-egress" };
  }
  const rules = known
    .flatMap((group) => candidates(groups, group[direction], other))
    .filter((rule) => matches(rule, packet));
  const certain = rules.flatMap((rule) => openings(groups, rule, other, false));
  if (passes(other, packet.ports, certain)) {
    const alone = certain.filter((opening) => passes(other, packet.ports, [opening]));
    const able = certain.filter((opening) => !alone.includes(opening) && touches(other, opening));
    const used = (alone.length > 0 ? alone : able).map(({ rule }) => rule);
    const by = [...new Set(used.map((rule) => rule.resource))];
    const given = used.every((rule) => rule.given) ? ({ given: true } as const) : {};
    // Rules for part of it let their part through, also beside one that lets all through.
    const serving = [...new Set([...used, ...able.map(({ rule }) => rule)])];
    return { verdict: "open", by, rules: serving, group: known[0]?.id ?? first, ...given };
  }
  const possible = rules.flatMap((rule) => openings(groups, rule, other, true));
  const strangers = known.length < self.groups.length;
  const chance = passes(other, packet.ports, possible) || partly(other, packet.ports, certain);
  const verdict = strangers || chance ? "unknowable" : "blocked";
  const touching = possible.filter((opening) => touches(other, opening)).map(({ rule }) => rule);
  return { verdict, by: [], rules: touching, group: first };
}

/** True for an opening that lets some of the addresses through. */
const touches = (other: End, { addresses }: RuleOpening): boolean =>
  addresses === undefined || (other.addresses ?? other.within ?? []).some((range) => overlaps(addresses, range));

/**
 * True where an interface may get an address that is let in and may get one that is not: a rule for part of its subnet.
 * Of clients outside that somebody named all addresses count; of others nobody knows who comes.
 */
function partly(other: End, ports: Ports, open: readonly RuleOpening[]): boolean {
  if (!("subnets" in other || other.some) || !other.addresses) return false;
  const useful = open.filter((opening) => opening.ports.from <= ports.from && opening.ports.to >= ports.to);
  return other.addresses.every(
    (range) =>
      covered(range, ports, open) ||
      useful.some(
        ({ addresses }) =>
          addresses !== undefined && overlaps(addresses, range) && !(other.some && isPrivateRange(addresses)),
      ),
  );
}

const matches = (rule: GroupRule, { protocol, ports }: Packet): boolean =>
  (rule.protocol === "-1" || rule.protocol === protocol) && rule.ports.from <= ports.to && rule.ports.to >= ports.from;

interface RuleOpening extends Opening {
  rule: GroupRule;
}

/** What a rule opens for the other side; with `maybe` also what it opens if the unknown turns out well. */
function openings(groups: Groups, rule: GroupRule, other: End, maybe: boolean): RuleOpening[] {
  const { peer, ports } = rule;
  const whole: RuleOpening[] = [{ rule, ports, addresses: undefined }];
  if (!peer) return maybe ? whole : [];
  if ("group" in peer) {
    if (other.groups?.includes(peer.group)) return whole;
    if (!maybe) return [];
    // A group that exists already may be any other that exists already, and the unknown may be anything.
    const stranger = !groups.has(peer.group) && other.groups?.some((key) => !groups.has(key));
    return !other.groups || stranger ? whole : [];
  }
  if (nowhere.some((range) => contains(range, peer.range))) return [];
  const exact = other.addresses ?? other.within;
  if (exact) return [{ rule, ports, addresses: peer.range }, ...(maybe && !other.addresses ? whole : [])];
  return peer.range.version === (other.version ?? 4) && (isEverywhere(peer.range) || maybe) ? whole : [];
}

/**
 * Addresses that no other interface has. Templates let a group out to these alone, so that nothing may leave.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
const nowhere = ["127.0.0.0/8", "255.255.255.255/32", "::1/128"].flatMap((cidr) => parseCidr(cidr) ?? []);

function passes(other: End, ports: Ports, open: readonly RuleOpening[]): boolean {
  if (open.length === 0) return false;
  const ranges = other.addresses ?? other.within ?? [];
  return ranges.length === 0 ? covered(undefined, ports, open) : ranges.every((range) => covered(range, ports, open));
}
