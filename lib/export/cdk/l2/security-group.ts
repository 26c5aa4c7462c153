import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, make, method, obj, raw } from "../code";
import { str } from "../values";
import { type Builder, originOf, type Writing } from "../writing";
import { groupOf, vpcOf } from "./network";
import { handleOf, isNumber, isText, only, same } from "./shared";
import { finish } from "./single";

const names = { ref: "securityGroupId", attributes: { GroupId: "securityGroupId" } };

/** What EC2 gives every new group, as the construct spells it. */
const allOut = { CidrIp: "0.0.0.0/0", Description: "Allow all outbound traffic by default", IpProtocol: "-1" };
/** A rule that no packet matches: the construct writes it where nothing may leave. */
const nothingOut = {
  CidrIp: "255.255.255.255/32",
  Description: "Disallow all traffic",
  FromPort: 252,
  IpProtocol: "icmp",
  ToPort: 86,
};

/**
 * A security group with the rules whose peers are addresses.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html
 */
export const securityGroup: Builder = (writing, resource) => {
  const { GroupDescription, VpcId, SecurityGroupIngress, SecurityGroupEgress } = resource.properties;
  const ingress = rulesIn(SecurityGroupIngress ?? []);
  const egress = rulesIn(SecurityGroupEgress);
  if (!ingress || !egress || egress.length === 0 || !isText(GroupDescription) || VpcId === undefined) return undefined;
  if (!only(resource, "GroupDescription", "VpcId", "SecurityGroupIngress", "SecurityGroupEgress")) return undefined;
  const open = egress.length === 1 && same(egress[0], allOut);
  // The construct knows "all out" in its own words only.
  if (!open && egress.some(isAllOut)) return undefined;
  return {
    type: "ec2.SecurityGroup",
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      const props = obj({
        vpc: vpcOf(writing, VpcId),
        description: lit(GroupDescription),
        allowAllOutbound: open ? undefined : lit(false),
      });
      const expr = make("ec2.SecurityGroup", raw("this"), lit(resource.id), props);
      writing.program.declare(variable, expr, writing.place(resource));
      const rule = (side: "Ingress" | "Egress", one: Properties, at: number): void => {
        const from = originOf(resource, `/properties/SecurityGroup${side}/${at}`);
        const args = [peerOf(one), portOf(one), str(writing, one.Description as Value)];
        writing.program.run(method(variable, `add${side}Rule`, ...args), { ...writing.place(resource), from });
      };
      ingress.forEach((one, at) => {
        rule("Ingress", one, at);
      });
      if (!open) {
        egress.forEach((one, at) => {
          if (!same(one, nothingOut)) rule("Egress", one, at);
        });
      }
      finish(writing, resource, variable);
    },
  };
};

/** The rules of a list that the construct can say; undefined where it cannot say one of them. */
function rulesIn(value: Value | undefined): Properties[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rules = value.filter(
    (one): one is Properties =>
      typeof one === "object" && one !== null && !(one instanceof Intrinsic) && !Array.isArray(one),
  );
  return rules.length === value.length &&
    rules.every((rule) => peerOf(rule) && portOf(rule) && isText(rule.Description))
    ? rules
    : undefined;
}

const isAllOut = ({ CidrIp, CidrIpv6, IpProtocol }: Properties): boolean =>
  IpProtocol === "-1" && (CidrIp === "0.0.0.0/0" || CidrIpv6 === "::/0");

const ipv4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}$/;
const ipv6 = /^[\da-fA-F:]+\/\d{1,3}$/;

/** The peer of a rule; undefined where no class says it. */
function peerOf(rule: Properties): Expr | undefined {
  const { CidrIp, CidrIpv6, SourcePrefixListId, DestinationPrefixListId } = rule;
  if (CidrIp === "0.0.0.0/0") return raw("ec2.Peer.anyIpv4()");
  if (isText(CidrIp)) return ipv4.test(CidrIp) ? call(raw("ec2.Peer.ipv4"), lit(CidrIp)) : undefined;
  if (CidrIpv6 === "::/0") return raw("ec2.Peer.anyIpv6()");
  if (isText(CidrIpv6)) return ipv6.test(CidrIpv6) ? call(raw("ec2.Peer.ipv6"), lit(CidrIpv6)) : undefined;
  const list = SourcePrefixListId ?? DestinationPrefixListId;
  return isText(list) ? call(raw("ec2.Peer.prefixList"), lit(list)) : undefined;
}

/** The ports of a rule; undefined where no class says them. */
function portOf({ IpProtocol, FromPort, ToPort }: Properties): Expr | undefined {
  if (IpProtocol === "-1")
    return FromPort === undefined && ToPort === undefined ? raw("ec2.Port.allTraffic()") : undefined;
  if (!isNumber(FromPort) || !isNumber(ToPort)) return undefined;
  if (IpProtocol === "icmp") {
    if (FromPort === -1 && ToPort === -1) return raw("ec2.Port.allIcmp()");
    return call(raw("ec2.Port.icmpTypeAndCode"), lit(FromPort), lit(ToPort));
  }
  if (IpProtocol !== "tcp" && IpProtocol !== "udp") return undefined;
  if (FromPort === 0 && ToPort === 65535) return raw(`ec2.Port.all${IpProtocol === "tcp" ? "Tcp" : "Udp"}()`);
  return FromPort === ToPort
    ? call(raw(`ec2.Port.${IpProtocol}`), lit(FromPort))
    : call(raw(`ec2.Port.${IpProtocol}Range`), lit(FromPort), lit(ToPort));
}

/** A rule between two groups: `group.addIngressRule(other, …)`. */
export const groupRule =
  (side: "Ingress" | "Egress"): Builder =>
  (writing, resource) => {
    const { properties } = resource;
    const { GroupId, Description } = properties;
    const peer = side === "Ingress" ? properties.SourceSecurityGroupId : properties.DestinationSecurityGroupId;
    const [group, other] = [madeGroup(writing, GroupId), madeGroup(writing, peer)];
    const peerKey = side === "Ingress" ? "SourceSecurityGroupId" : "DestinationSecurityGroupId";
    if (!group || !other || !isText(Description) || !portOf(properties) || writing.isSpokenOf(resource.id))
      return undefined;
    if (!only(resource, "GroupId", peerKey, "Description", "FromPort", "ToPort", "IpProtocol")) return undefined;
    // A group that lets everything out takes no egress rule.
    if (side === "Egress" && (letsAllOut(group) || letsNothingOut(group))) return undefined;
    if (GroupId === undefined || peer === undefined || (resource.dependsOn ?? []).length > 0) return undefined;
    return {
      type: undefined,
      makes: [],
      handle: (_id, variable) => ({ variable, ref: variable, attribute: () => variable, l1: variable }),
      write() {
        const args = [groupOf(writing, peer), portOf(properties), lit(Description)];
        const expr = method(groupOf(writing, GroupId), `add${side}Rule`, ...args);
        // Two parts of the program meet here: it stands beside them.
        const unit = writing.unitOf(group) === writing.unitOf(other) ? writing.unitOf(group) : undefined;
        writing.program.run(expr, { from: originOf(resource), unit });
      },
    };
  };

/** True for a group that lets everything out. */
export const letsAllOut = ({ properties }: Known): boolean =>
  Array.isArray(properties.SecurityGroupEgress) &&
  properties.SecurityGroupEgress.some((rule) => isAllOut(rule as Properties));

/** True for a group with the rule that no packet matches, which the class would take away with the first rule beside it. */
const letsNothingOut = ({ properties }: Known): boolean =>
  Array.isArray(properties.SecurityGroupEgress) &&
  properties.SecurityGroupEgress.some((rule) => same(rule as Properties, nothingOut));

/** The group of the stack that a value means, when a construct makes it. */
export function madeGroup(writing: Writing, value: Value | undefined): Known | undefined {
  const id = targetOf(value);
  const group = id === undefined ? undefined : writing.resource(id);
  if (!id || !group || group.raw || group.type !== "AWS::EC2::SecurityGroup" || !writing.built(id)) return undefined;
  return same(value, new Intrinsic("Fn::GetAtt", [id, "GroupId"])) ? group : undefined;
}
