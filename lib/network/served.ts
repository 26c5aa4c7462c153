import { type Origin, originsAt, type Stack } from "../stack/stack";
import type { Flows } from "./flow";
import { type GroupRule, portText, type RulePlace } from "./groups";

/** A rule of a security group among others, by where it is written. */
export const ruleKey = ({ resource, pointer }: RulePlace): string => `${resource} ${pointer}`;

/** The edges whose packets pass a rule of a security group, or would if the unknown turns out well; in edge order. */
export function edgesByRule(flows: Flows): (rule: RulePlace) => readonly string[] {
  const edges = new Map<string, Set<string>>();
  for (const { edge, hops } of flows.flows) {
    for (const rule of hops.flatMap(({ rules }) => rules ?? [])) {
      const known = edges.get(ruleKey(rule));
      if (known) known.add(edge);
      else edges.set(ruleKey(rule), new Set([edge]));
    }
  }
  return (rule) => [...(edges.get(ruleKey(rule)) ?? [])];
}

/** Where a rule comes from. */
export function originsOfRule(stack: Stack, { resource: id, pointer }: RulePlace): readonly Origin[] {
  const resource = Object.hasOwn(stack.resources, id) ? stack.resources[id] : undefined;
  return resource ? originsAt(resource, pointer) : [];
}

/** "tcp/8080", "everything", "icmp": what a rule lets through. */
export function packetText({ protocol, ports }: GroupRule): string {
  if (protocol === "-1") return "everything";
  if (protocol !== "tcp" && protocol !== "udp") return protocol;
  return ports.from === 0 && ports.to === 65535 ? `every ${protocol} port` : portText({ protocol, ports });
}

/** "WebSecurityGroup", "10.0.0.0/16": whom a rule speaks of. */
export function peerText({ peer }: GroupRule): string {
  if (peer === undefined) return "addresses that only the deployment knows";
  return "group" in peer ? peer.group : peer.range.text;
}
