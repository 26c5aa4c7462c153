import { worldsOf } from "../stack/resolve/worlds";
import type { Stack } from "../stack/stack";
import type { Asked } from "./asked";
import { directHops } from "./direct";
import { type Flow, type Hop, together } from "./flow";
import { type Arc, impliedArcs } from "./implied";
import { merged, type Outcome } from "./merge";
import { neededElsewhere } from "./needed";
import { type Step, wayAmong } from "./path";
import { groundOf, inAllWorlds, isOfNetwork, type Reached } from "./reachability";
import { packetText, peerText, ruleKey } from "./served";

/** What a template implies, and what its security groups open beyond it. */
export interface TemplateFlows {
  /** Edges are named "FrontDoor → Web"; `may`: nothing in the template says that this call is made. */
  flows: readonly (Flow & { may?: true })[];
  unserved: readonly { resource: string; pointer: string; why: string }[];
}

/**
 * What a packet meets along every connection that a template implies, and the openings that none of them needs. A
 * connection that exists in some worlds only is judged in these; an opening is unserved where it is in all of its.
 */
export function templateFlows(stack: Stack): TemplateFlows {
  const { worlds, complete, conditions } = worldsOf(stack, isOfNetwork);
  const found = new Map<string, Outcome[]>();
  const made = new Set<string>();
  const open = new Map<string, { resource: string; pointer: string; why: string; served: boolean }>();
  for (const world of worlds) {
    const ground = groundOf(world.stack);
    const arcs = impliedArcs(ground);
    for (const { id, hops, may } of arcs) {
      if (!hops) continue;
      if (!may) made.add(id);
      const outcome = { world, hops, verdict: together(hops) };
      const known = found.get(id);
      if (known) known.push(outcome);
      else found.set(id, [outcome]);
    }
    const used = new Set(arcs.flatMap(({ hops }) => (hops ?? []).flatMap(({ rules }) => (rules ?? []).map(ruleKey))));
    const needed = neededElsewhere(ground);
    for (const group of ground.network.groups.values()) {
      for (const rule of group.ingress.all) {
        if (rule.given) continue;
        const key = ruleKey(rule);
        const served = used.has(key) || (open.get(key)?.served ?? false) || needed(group, rule);
        const why = `${group.id} lets ${packetText(rule)} in from ${peerText(rule)}, and nothing that this template connects needs it. Remove the rule, unless something outside of the template does.`;
        open.set(key, { resource: rule.resource, pointer: rule.pointer, why, served });
      }
    }
  }
  return {
    flows: [...found].map(([edge, outcomes]) => ({
      edge,
      ...merged(outcomes, complete, conditions),
      ...(made.has(edge) ? {} : { may: true as const }),
    })),
    unserved: [...open.values()].flatMap(({ served, ...rest }) => (served ? [] : [rest])),
  };
}

/**
 * What a packet meets from one resource of a template to another, or `internet`: along the connections that the template
 * implies where they lead there, else straight; straight as well where a port or a protocol is asked about.
 */
export const traceTemplate = (stack: Stack, from: string, to: string, asked: Asked = {}): Reached =>
  inAllWorlds(stack, (ground): readonly Hop[] => {
    if (asked.port !== undefined || asked.protocol !== undefined) return directHops(ground, from, to, asked);
    const way = wayAmong(stepsOf(impliedArcs(ground)), from, to);
    return way && way.hops.length > 0 ? way.hops : directHops(ground, from, to, {});
  });

function stepsOf(arcs: readonly Arc[]): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Step[]>();
  for (const { id, from, to, hops } of arcs) {
    const list = steps.get(from) ?? [];
    list.push({ to, edge: id, verdict: together(hops ?? []), hops: hops ?? [] });
    steps.set(from, list);
  }
  return steps;
}
