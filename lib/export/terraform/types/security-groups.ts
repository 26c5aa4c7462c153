import type { Known } from "../../../stack/stack";
import { type Properties, targetOf } from "../../../stack/value";
import type { Block, Hcl } from "../hcl";
import { Body, Reader, type TypeCell, type TypeTable, type Writing } from "../writing";
import { cell, finish } from "./cell";

const rule = (side: "ingress" | "egress"): string => `aws_vpc_security_group_${side}_rule`;

/** What a rule says beside its group. */
function fill(body: Body, reader: Reader): Body {
  const all = reader.take("IpProtocol") === "-1";
  body
    .set("description", "Description")
    .set("cidr_ipv4", "CidrIp")
    .set("cidr_ipv6", "CidrIpv6")
    .set("prefix_list_id", "SourcePrefixListId")
    .set("prefix_list_id", "DestinationPrefixListId")
    .set("referenced_security_group_id", "SourceSecurityGroupId")
    .set("referenced_security_group_id", "DestinationSecurityGroupId")
    .set("ip_protocol", "IpProtocol");
  // The provider takes no ports with all protocols.
  if (all) return body.omit("FromPort", "ToPort");
  return body.set("from_port", "FromPort").set("to_port", "ToPort");
}

/** "anyone_443": where from or to, and which ports. */
function nameOf({
  CidrIp,
  CidrIpv6,
  SourcePrefixListId,
  DestinationPrefixListId,
  IpProtocol,
  FromPort,
  ToPort,
}: Properties): string {
  const peer = CidrIp ?? CidrIpv6 ?? SourcePrefixListId ?? DestinationPrefixListId;
  const who =
    peer === "0.0.0.0/0" || peer === "::/0"
      ? `Anyone${peer === "::/0" ? "Ipv6" : ""}`
      : typeof peer === "string"
        ? peer.replace(/[^A-Za-z0-9]+/g, "_")
        : (targetOf(peer) ?? "Peer");
  const ports = FromPort === ToPort ? FromPort : `${FromPort}To${ToPort}`;
  return `${who}_${IpProtocol === "-1" ? "All" : `${IpProtocol === "tcp" ? "" : IpProtocol}${ports}`}`;
}

/** The rule that CloudFormation needs to let nothing out; the provider takes EC2's own rule away by itself. */
const isNothing = ({ CidrIp }: Properties): boolean => CidrIp === "255.255.255.255/32";

const keyOf = (id: string, side: "ingress" | "egress", value: Properties): string =>
  `${id}_${side === "ingress" ? "From" : "To"}_${nameOf(value)}`;

/** Addresses of the rules that the stack has inside a group, and Terraform beside it: who uses the group waits for them. */
export function rulesOf(writing: Writing, group: Known): string[] {
  return (["egress", "ingress"] as const).flatMap((side) => {
    const list = group.properties[side === "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress"];
    const values = Array.isArray(list) ? (list as Properties[]) : [];
    return values
      .filter((value) => !isNothing(value))
      .map((value) => `${rule(side)}.${writing.names.of(keyOf(group.id, side, value))}`);
  });
}

function inline(writing: Writing, resource: Known, reader: Reader, side: "ingress" | "egress"): Block[] {
  const property = side === "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress";
  const list = resource.properties[property];
  const values = Array.isArray(list) ? (list as Properties[]) : [];
  return reader.each(property).flatMap((one, at): Block[] => {
    const value = values[at] as Properties;
    if (isNothing(value)) return [];
    const body = new Body(writing, one);
    body.put("security_group_id", groupId(writing, resource.id), one.from());
    fill(body, one);
    const labels = [rule(side), writing.names.of(keyOf(resource.id, side, value))];
    return [{ type: "resource", labels, entries: body.entries, from: one.from() }];
  });
}

const groupId = (writing: Writing, id: string): Hcl => writing.attribute(id, "id");

const beside = (side: "ingress" | "egress"): TypeCell => ({
  type: rule(side),
  ref: "id",
  write(writing, resource) {
    const reader = new Reader(resource);
    const body = new Body(writing, reader).set("security_group_id", "GroupId");
    fill(body, reader);
    return [finish(writing, resource, rule(side), body)];
  },
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule */
export const securityGroups = {
  "AWS::EC2::SecurityGroup": cell(
    "aws_security_group",
    { ref: "id", attributes: { GroupId: "id", Id: "id", VpcId: "vpc_id" } },
    (body) => {
      body.set("description", "GroupDescription").set("vpc_id", "VpcId");
    },
    (writing, resource, reader) => [
      ...inline(writing, resource, reader, "ingress"),
      ...inline(writing, resource, reader, "egress"),
    ],
  ),
  "AWS::EC2::SecurityGroupIngress": beside("ingress"),
  "AWS::EC2::SecurityGroupEgress": beside("egress"),
} satisfies Partial<TypeTable>;
