import type { ModelNode } from "../model/model";
import { vpcOf } from "../model/queries";

/** A VPC that the template makes; anything else is given by parameters, so that two of them may be one. */
const isNew = (vpc: ModelNode<"vpc"> | undefined): boolean => vpc?.props.source === "new";

/** Whether two nodes certainly stand in different VPCs. Two existing VPCs may be the same one: nobody can know. */
export function inDifferentVpcs(a: ModelNode, b: ModelNode): boolean {
  const [left, right] = [vpcOf(a), vpcOf(b)];
  return left !== right && (isNew(left) || isNew(right));
}

/** "Network", or what stands for no box at all. */
export const vpcName = (node: ModelNode): string => vpcOf(node)?.name ?? "the existing VPC of the parameters";

/**
 * In how many zones a node gets subnets, of whatever tier; undefined in an existing VPC, whose subnets come as
 * parameters.
 */
export function zonesOf(node: ModelNode): number | undefined {
  const vpc = vpcOf(node);
  return vpc && isNew(vpc) ? vpc.props.availabilityZones : undefined;
}

/** True for ranges that no client on the internet has: RFC 1918, RFC 6598 and unique local IPv6 addresses. */
export const isPrivateCidr = (cidr: string): boolean => {
  const match = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}\/(\d{1,2})$/.exec(cidr.trim());
  if (!match) return /^f[cd][0-9a-f]{2}:/i.test(cidr.trim());
  const [first, second, length] = match.slice(1).map(Number) as [number, number, number];
  return (
    (first === 10 && length >= 8) ||
    (first === 172 && second >= 16 && second <= 31 && length >= 12) ||
    (first === 192 && second === 168 && length >= 16) ||
    (first === 100 && second >= 64 && second <= 127 && length >= 10)
  );
};
