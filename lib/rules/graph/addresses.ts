import type { GroupRule, SecurityGroups } from "../../catalog/fields/network";
import { clip } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { parseCidr } from "../../network/addresses";
import type { Report } from "../rule";

const HIGHEST_PORT = 65_535;
/** A single address without its length is none to EC2. */
const isCidr = (value: string): boolean => value.includes("/") && !/\s/.test(value) && parseCidr(value) !== undefined;

const text = (value: string): string => (value.trim() === "" ? "nothing" : `“${clip(value, 40)}”`);

/**
 * Address ranges and ports that EC2 refuses in a group rule: those of clients, and of groups taken over by hand.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function checkAddresses(node: ModelNode, report: Report): void {
  if (isKind(node, "internet")) {
    for (const [index, cidr] of node.props.cidrs.entries()) {
      if (isCidr(cidr)) continue;
      report({
        at: { node: node.id, field: `/cidrs/${index}` },
        message: `${node.name} stands for ${text(cidr)}, which is not an address range, so EC2 refuses the group rule that admits it. Write it in CIDR notation, such as 203.0.113.0/24, or 0.0.0.0/0 for anywhere.`,
      });
    }
  }
  const groups = (node.props as { securityGroups?: SecurityGroups }).securityGroups;
  if (groups?.mode !== "own") return;
  for (const direction of ["ingress", "egress"] as const) {
    for (const [index, rule] of groups[direction].entries()) {
      const fault = faultOf(rule);
      if (!fault) continue;
      report({
        at: { node: node.id, field: `/securityGroups/${direction}/${index}${fault.field}` },
        message: `An ${direction} rule of the security group of ${node.name} has ${fault.what}, so EC2 refuses it. ${fault.todo}.`,
      });
    }
  }
}

function faultOf({ ipProtocol, fromPort, toPort, peer }: GroupRule) {
  if ("cidr" in peer && !isCidr(peer.cidr)) {
    const what = `${text(peer.cidr)} as its peer, which is not an address range`;
    return { field: "/peer/cidr", what, todo: "Write it in CIDR notation, such as 10.0.0.0/16" };
  }
  if (ipProtocol !== "tcp" && ipProtocol !== "udp") return undefined;
  for (const [field, port] of [
    ["/fromPort", fromPort],
    ["/toPort", toPort],
  ] as const) {
    if (port === undefined || (port >= 0 && port <= HIGHEST_PORT)) continue;
    return { field, what: `port ${port}`, todo: `Choose 0 to ${HIGHEST_PORT}` };
  }
  if (fromPort === undefined || toPort === undefined || fromPort <= toPort) return undefined;
  return {
    field: "/fromPort",
    what: `its ports from ${fromPort} down to ${toPort}`,
    todo: "Put the lower port first",
  };
}
