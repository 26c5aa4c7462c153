import { list } from "../../core/text";
import type { NetworkMode } from "../../model/queries";
import { type Forward, forwardsOf, isDynamic, modeOf } from "../load-balancing/forwards";
import type { Facts, Report } from "../rule";
import { admit, type Closed, closedHops, groupName, peerName, portWords } from "./groups";

/** A forward whose packets or health checks a security group blocks. */
export interface ClosedForward extends Forward {
  hops: Closed[];
}

/** How the load balancer reaches a service's tasks: by their own interface, a random host port, or a fixed one. */
export type Approach = "task" | "dynamic" | "fixed";

const approachOf = (mode: NetworkMode | undefined, forward: Forward): Approach | undefined => {
  if (mode === undefined || mode === "none") return undefined;
  if (mode === "awsvpc") return "task";
  return forward.mapping && isDynamic(mode, forward.mapping) ? "dynamic" : "fixed";
};

/** Forwards of one kind that a security group blocks. */
export const closedForwards = ({ model, flows }: Facts, approach: Approach): ClosedForward[] =>
  forwardsOf(model).flatMap((forward) => {
    if (approachOf(modeOf(forward.service), forward) !== approach) return [];
    const hops = closedHops(flows.flow(forward.edge.id));
    return hops.length > 0 ? [{ ...forward, hops }] : [];
  });

/** The words that the three rules share, each filled for one blocked forward. */
export function closedWords({ model, stack }: Facts, { hops, balancer }: ClosedForward) {
  const missing = hops.map((hop) => hop.missing);
  const ports = list([...new Set(missing.map(portWords))]);
  const group = list([...new Set(missing.map((item) => groupName(model, stack, item.group)))]);
  const out = missing.every((item) => item.direction === "egress");
  const peers = list([...new Set(missing.map((item) => peerName(model, stack, item, balancer.name)))]);
  return { ports, group, peers, out, allow: (what: string) => `Allow ${what} ${out ? "out to" : "from"} ${peers}.` };
}

/** Reports a blocked forward at its edge, with the missing rules as repair where they are in the person's hands. */
export function reportClosed(facts: Facts, report: Report, forward: ClosedForward, message: string): void {
  const { model, stack } = facts;
  const edits = admit(model, stack, forward.hops);
  const places = forward.hops.flatMap(({ origin }) => (origin?.node === undefined ? [] : [origin.node]));
  report({
    at: { edge: forward.edge.id },
    also: [...new Set(places)].map((node) => ({ node, field: "/securityGroups" })),
    message,
    ...(edits ? { fix: { title: "Let the load balancer in", risk: "safe" as const, edits } } : {}),
  });
}
