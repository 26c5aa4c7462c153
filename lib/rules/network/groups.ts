import type { GroupRule, SecurityGroups } from "../../catalog/fields/network";
import type { Json } from "../../core/json";
import { list } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { Model, ModelNode } from "../../model/model";
import type { Flow, Hop, MissingRule } from "../../network/flow";
import type { Stack } from "../../stack/stack";

/** A hop that a security group blocks. */
export type Closed = Hop & { missing: MissingRule };

/** The hops of a flow that a security group blocks, each missing rule once. */
export function closedHops(flow: Flow | undefined): Closed[] {
  const closed = (flow?.hops ?? []).filter(
    (hop): hop is Closed => hop.verdict === "blocked" && hop.missing !== undefined,
  );
  return [...new Map(closed.map((hop) => [JSON.stringify(hop.missing), hop])).values()];
}

/** The node whose security group a logical id is. */
export function groupOwner(model: Model, stack: Stack, group: string): ModelNode | undefined {
  const origins = Object.hasOwn(stack.resources, group) ? stack.resources[group]?.origins[""] : undefined;
  const node = origins?.find((origin) => origin.node !== undefined)?.node;
  return node === undefined ? undefined : model.node(node);
}

/** "the security group of Web". */
export const groupName = (model: Model, stack: Stack, group: string): string =>
  `the security group of ${groupOwner(model, stack, group)?.name ?? group}`;

/** Who needs to be let in (or, for egress, out to), in words. */
export const peerName = (
  model: Model,
  stack: Stack,
  { peerGroups, peerCidrs }: MissingRule,
  fallback: string,
): string => list([...peerGroups.map((group) => groupName(model, stack, group)), ...peerCidrs]) || fallback;

/** "8080", "32768–65535". */
export const portWords = ({ fromPort, toPort }: MissingRule): string =>
  fromPort === toPort ? String(fromPort) : `${fromPort}–${toPort}`;

export const slotOf = (node: ModelNode | undefined): SecurityGroups | undefined =>
  (node?.props as { securityGroups?: SecurityGroups } | undefined)?.securityGroups;

/**
 * Edits that add the missing rules to groups that a person has taken over; undefined where one of them is not in the
 * person's hands, or its other side cannot be named in a rule.
 */
export function admit(model: Model, stack: Stack, hops: readonly Closed[]): Edit[] | undefined {
  const added = new Map<string, { node: ModelNode; direction: MissingRule["direction"]; rules: GroupRule[] }>();
  for (const { missing } of hops) {
    const node = groupOwner(model, stack, missing.group);
    const peers = peersOf(model, stack, missing);
    if (!node || slotOf(node)?.mode !== "own" || peers.length === 0) return undefined;
    const key = `${node.id} ${missing.direction}`;
    const entry = added.get(key) ?? { node, direction: missing.direction, rules: [] };
    added.set(key, entry);
    const { protocol: ipProtocol, fromPort, toPort } = missing;
    entry.rules.push(...peers.map((peer): GroupRule => ({ ipProtocol, fromPort, toPort, peer })));
  }
  return [...added.values()].map(({ node, direction, rules }) => addRules(node, direction, rules));
}

/** Appends rules to a group that a person has taken over. */
export function addRules(node: ModelNode, direction: "ingress" | "egress", rules: readonly GroupRule[]): Edit {
  const slot = slotOf(node);
  const present = slot?.mode === "own" ? slot[direction] : [];
  const value = [...present, ...rules] as unknown as Json;
  return { edit: "setField", id: node.id, field: `/securityGroups/${direction}`, value };
}

/** Kinds that a group rule can name as its other side. */
const nameable: ReadonlySet<string> = new Set(["alb", "nlb", "clb", "service", "efs", "asgCapacityProvider"]);

function peersOf(model: Model, stack: Stack, { peerGroups, peerCidrs }: MissingRule): GroupRule["peer"][] {
  const nodes = peerGroups.map((group) => groupOwner(model, stack, group));
  if (nodes.some((node) => !node || !nameable.has(node.kind))) return [];
  return [...nodes.map((node) => ({ node: (node as ModelNode).id })), ...peerCidrs.map((cidr) => ({ cidr }))];
}
