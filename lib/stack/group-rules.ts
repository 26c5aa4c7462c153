import type { GroupRule, SecurityGroups } from "../catalog/fields/network";
import { isKind } from "../model/build";
import type { ModelNode } from "../model/model";
import { type Group, groupOf, groupsOfService, MAX_DESCRIPTION } from "./groups";
import { type ConstructKey, constructOf, derived, type Lowering, type Owner, perLowering } from "./lowering";
import type { Origin } from "./stack";
import type { Properties, Value } from "./value";

/** Who may come in: another group, an IPv4 or IPv6 range, or a managed prefix list. */
export type Peer = Group | { cidr: Value } | { cidrIpv6: Value } | { prefixListId: Value };

export interface Ports {
  protocol: "tcp" | "udp" | "icmp" | "-1";
  /** Both unset: all of them. */
  fromPort?: number | undefined;
  toPort?: number | undefined;
}

/** One derived rule. */
export interface Allowance extends Ports {
  to: Group;
  from: Peer;
  /** The drawn connection that needs it; a node where none is drawn. */
  because: Owner;
  /** Stable text; unset: which group talks to which. */
  description?: string;
}

/** Rules added so far, by what EC2 calls equal: it refuses a rule that a group has already. */
const known = perLowering(() => new Map<string, { id: string; at: string }>());

/**
 * Opens ports of a group. Peers that are groups get a resource of their own, as in the CDK, so that two groups can
 * refer to each other; ranges are written into the group. A group taken over by hand stays as its owner wrote it.
 */
export function allow(lowering: Lowering, allowance: Allowance): void {
  const { to, from, because } = allowance;
  if (to.own) return;
  const peer = "groupId" in from ? `${from.id} to ${to.id}` : `${to.id} from outside`;
  const rule = { ...portsOf(allowance), Description: (allowance.description ?? peer).slice(0, MAX_DESCRIPTION) };
  put(lowering, "Ingress", to, from, rule, derived(because), constructOf("connection", because));
}

/** EC2 wants both ports with tcp, udp and icmp, and none with "all". */
function portsOf({ protocol, fromPort, toPort }: Ports): Properties {
  if (protocol === "-1") return { IpProtocol: "-1" };
  const all = protocol === "icmp" ? [-1, -1] : [0, 65535];
  return {
    FromPort: fromPort ?? toPort ?? (all[0] as number),
    IpProtocol: protocol,
    ToPort: toPort ?? fromPort ?? (all[1] as number),
  };
}

function put(
  lowering: Lowering,
  direction: "Ingress" | "Egress",
  group: Group,
  peer: Peer,
  rule: Properties,
  origin: Origin,
  construct: ConstructKey,
): void {
  const { Description, ...ports } = rule;
  const peerKey = "groupId" in peer ? peer.id : JSON.stringify(peer);
  const key = JSON.stringify([direction, group.id, peerKey, ports]);
  const same = known(lowering).get(key);
  if (same) {
    lowering.origin(same.id, same.at, origin);
    return;
  }
  if ("groupId" in peer) {
    const ingress = direction === "Ingress";
    const id = lowering.uniqueId(`${group.id}${ingress ? "From" : "To"}${peer.id}${suffix(ports)}`);
    lowering.add(
      ingress ? "AWS::EC2::SecurityGroupIngress" : "AWS::EC2::SecurityGroupEgress",
      id,
      {
        Description: Description as Value,
        [ingress ? "SourceSecurityGroupId" : "DestinationSecurityGroupId"]: peer.groupId,
        GroupId: group.groupId,
        ...ports,
      },
      { origins: origin, construct },
    );
    known(lowering).set(key, { id, at: "" });
    return;
  }
  const range: Properties =
    "cidr" in peer
      ? { CidrIp: peer.cidr }
      : "cidrIpv6" in peer
        ? { CidrIpv6: peer.cidrIpv6 }
        : { [direction === "Ingress" ? "SourcePrefixListId" : "DestinationPrefixListId"]: peer.prefixListId };
  const at = lowering.patch(
    group.id,
    `/SecurityGroup${direction}/-`,
    { ...range, Description: Description as Value, ...ports },
    origin,
  );
  if (at === undefined) return;
  lowering.member(construct, group.id, at);
  known(lowering).set(key, { id: group.id, at });
}

/** "8080", "32768to65535", "All". */
const suffix = (ports: Properties): string =>
  ports.IpProtocol === "-1"
    ? "All"
    : `${ports.IpProtocol === "tcp" ? "" : String(ports.IpProtocol).toUpperCase()}${String(ports.FromPort).replace("-", "")}${
        ports.FromPort === ports.ToPort ? "" : `to${String(ports.ToPort).replace("-", "")}`
      }`;

/** A rule that no packet matches: without any, EC2 would put its own "all out" back. As in the CDK. */
const nothingOut: Properties = {
  CidrIp: "255.255.255.255/32",
  Description: "Disallow all traffic",
  FromPort: 252,
  IpProtocol: "icmp",
  ToPort: 86,
};

/** Writes the rules of a group that a person has taken over. */
export function ownRules(
  lowering: Lowering,
  node: ModelNode,
  group: Group,
  slot: Extract<SecurityGroups, { mode: "own" }>,
): void {
  const construct = constructOf("connection", node);
  if (slot.egress.length > 0)
    lowering.patch(group.id, "/SecurityGroupEgress", [], lowering.from(node, "/securityGroups/egress"));
  const write = (direction: "Ingress" | "Egress", list: readonly GroupRule[], field: string): void => {
    list.forEach((rule, index) => {
      const origin = lowering.from(node, `${field}/${index}`);
      for (const peer of peersOf(lowering, rule)) {
        const text = rule.description ?? ("groupId" in peer ? `${peer.id} and ${group.id}` : `Rule ${index + 1}`);
        const ports = portsOf({ protocol: rule.ipProtocol, fromPort: rule.fromPort, toPort: rule.toPort });
        put(lowering, direction, group, peer, { ...ports, Description: ascii(text) }, origin, construct);
      }
    });
  };
  write("Ingress", slot.ingress, "/securityGroups/ingress");
  write("Egress", slot.egress, "/securityGroups/egress");
  const egress = lowering.resource(group.id)?.properties.SecurityGroupEgress;
  if (Array.isArray(egress) && egress.length === 0) {
    lowering.patch(group.id, "/SecurityGroupEgress/-", nothingOut, lowering.from(node, "/securityGroups/egress"));
  }
}

function peersOf(lowering: Lowering, rule: GroupRule): Peer[] {
  if ("cidr" in rule.peer)
    return [rule.peer.cidr.includes(":") ? { cidrIpv6: rule.peer.cidr } : { cidr: rule.peer.cidr }];
  const node = lowering.model.node(rule.peer.node);
  if (!node) return [];
  if (isKind(node, "service")) return groupsOfService(lowering, node);
  const group = groupOf(lowering, node);
  return group ? [group] : [];
}

/** EC2 takes few characters in descriptions. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
const ascii = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, "")
    .slice(0, MAX_DESCRIPTION);
