import type { Dependency } from "../aws/endpoints";
import type { Model, ModelEdge } from "../model/model";
import { type Flows, type Hop, type Reach, together, type Verdict } from "./flow";
import { plainHop } from "./hops";
import { askedAlong } from "./needs";

/** A drawn connection on the way, and what a packet meets along it. */
export interface Leg {
  edge: string;
  verdict: Verdict;
  /** None where no packet travels: a service and the task that it runs share one interface. */
  hops: readonly Hop[];
}

/** What a packet meets between two nodes, over as many drawn connections as it takes. */
export interface Path {
  verdict: Verdict;
  /** In order; empty where no drawn connection leads there. */
  legs: readonly Leg[];
  hops: readonly Hop[];
}

/** A leg, and where it leads. */
export interface Step extends Leg {
  to: string;
}

/** What the way may hold, the best first: it is open if any way is. */
const bounds: readonly (readonly Verdict[])[] = [["open"], ["open", "unknowable"], ["open", "unknowable", "blocked"]];

/**
 * The way from one node to another along the drawn traffic, calls and mounts, and to what a task asks of AWS's services:
 * the shortest open one, else the shortest that may be open, else the shortest. Without any the answer is unknowable,
 * because no edge says which port is meant. Both are node ids of the model.
 */
export function pathBetween(model: Model, flows: Flows, from: string, to: string): Path {
  const steps = stepsOf(model, flows);
  const found = wayAmong(steps, from, to);
  if (found) return found;
  const [start, end] = [model.node(from)?.name ?? from, model.node(to)?.name ?? to];
  const why =
    from === to
      ? `${start} is both ends, so no packet travels.`
      : `No drawn connection leads from ${start} to ${end}, so nothing says which port a packet would take. Connect them, or name two nodes that traffic, calls or mounts join.`;
  const hop = plainHop("route", { at: `${start} → ${end}`, port: "", verdict: "unknowable", why });
  return { verdict: "unknowable", legs: [], hops: [hop] };
}

/** Where each node leads. */
function stepsOf(model: Model, flows: Flows): Map<string, Step[]> {
  const steps = new Map<string, Step[]>();
  const add = (from: string, step: Step): void => {
    const list = steps.get(from);
    if (list) list.push(step);
    else steps.set(from, [step]);
  };
  const legs = legsOf(flows, model.edges);
  for (const edge of model.edges) {
    const leg = legs.get(edge.id);
    if (leg) {
      const asked = flows.flow(edge.id) ? undefined : askedAlong(edge);
      const [caller, thing] = asked ? [asked.caller, asked.thing] : [edge.from, edge.to];
      add(caller.id, { ...leg, to: thing.id });
    } else if (edge.relation === "run") add(edge.from.id, { edge: edge.id, to: edge.to.id, verdict: "open", hops: [] });
  }
  return steps;
}

/**
 * What a packet meets along each drawn connection over which one travels: its flow, or what a task asks of AWS over it.
 */
export function legsOf(flows: Flows, edges: readonly ModelEdge[]): ReadonlyMap<string, Leg> {
  const reachesOf = reachesByCaller(flows);
  const legs = new Map<string, Leg>();
  for (const edge of edges) {
    const leg = flows.flow(edge.id);
    const asked = leg ? undefined : askedAlong(edge);
    if (leg) legs.set(edge.id, leg);
    else if (asked) legs.set(edge.id, askedLeg(reachesOf, edge.id, asked));
  }
  return legs;
}

/** The same of one connection; undefined where no packet travels. */
export const legAlong = (flows: Flows, edge: ModelEdge): Leg | undefined => legsOf(flows, [edge]).get(edge.id);

/** A place of the drawing, node or edge, where something does not get through, and the first reason. */
export interface Stop {
  id: string;
  why: string;
}

/**
 * Where the drawing is blocked, each place once: connections that no packet gets along, then what runs tasks that do not
 * reach what no connection of the drawing stands for, such as their logs.
 */
export function stopsOf(flows: Flows, edges: readonly ModelEdge[]): Stop[] {
  const stops = new Map<string, string>();
  const legs = legsOf(flows, edges);
  for (const id of new Set([...flows.flows.map(({ edge }) => edge), ...legs.keys()])) {
    const hop = legs.get(id)?.hops.find(({ verdict }) => verdict === "blocked");
    if (hop) stops.set(id, hop.why);
  }
  for (const reach of flows.reaches) {
    if (reach.verdict !== "blocked" || stops.has(reach.node)) continue;
    if (!edges.some((edge) => standsFor(edge, reach))) stops.set(reach.node, reach.why);
  }
  return [...stops].map(([id, why]) => ({ id, why }));
}

/** True where an edge is the drawing's own for something that a task must reach. */
export function standsFor(edge: ModelEdge, reach: Reach): boolean {
  const asked = askedAlong(edge);
  return (
    asked !== undefined &&
    asked.by === reach.by &&
    asked.dependency === reach.dependency &&
    [reach.taskDefinition, reach.node].includes(asked.caller.id)
  );
}

const having =
  (wanted: Verdict) =>
  ({ flows, reaches }: Flows): number => {
    const of = (list: readonly { verdict: Verdict }[]) => list.filter(({ verdict }) => verdict === wanted).length;
    return of(flows) + of(reaches);
  };

/** How many connections, and how many needs of tasks, are blocked. */
export const blockedIn = having("blocked");
/** Of how many of them the design does not say it. */
export const unknownIn = having("unknowable");

type ReachesOf = (caller: string, by: Reach["by"], dependency: Dependency) => readonly Reach[];

/** What each task definition, and each service for its tasks, has to reach. */
function reachesByCaller(flows: Flows): ReachesOf {
  const known = new Map<string, Reach[]>();
  for (const reach of flows.reaches) {
    for (const caller of new Set([reach.taskDefinition, reach.node])) {
      const key = `${caller} ${reach.by} ${reach.dependency}`;
      const list = known.get(key);
      if (list) list.push(reach);
      else known.set(key, [reach]);
    }
  }
  return (caller, by, dependency) => known.get(`${caller} ${by} ${dependency}`) ?? [];
}

/** What a task asks of a service of AWS, by HTTPS: every place where it runs has to reach it. */
function askedLeg(
  reachesOf: ReachesOf,
  edge: string,
  { caller, thing, by, dependency }: NonNullable<ReturnType<typeof askedAlong>>,
): Leg {
  const base = { at: `${caller.name} → ${thing.name}`, port: "tcp/443" };
  const reaches = reachesOf(caller.id, by, dependency);
  const hops = [...new Map(reaches.map((reach) => [`${reach.verdict} ${reach.why}`, reach])).values()].map((reach) =>
    plainHop("route", { ...base, verdict: reach.verdict, why: reach.why, ...saidOf(reach) }),
  );
  if (hops.length === 0) {
    const why = `Nothing runs ${caller.name}, so nobody can say from where it would reach ${thing.name}.`;
    hops.push(plainHop("route", { ...base, verdict: "unknowable", why }));
  }
  return { edge, verdict: together(hops), hops };
}

/** What decides it: a group or an endpoint in the way, else the choice of subnets. */
function saidOf({ node, edge, from, obstacle, resource }: Reach): Pick<Hop, "resource" | "origin"> {
  if (resource !== undefined && (obstacle === "egress" || obstacle === "endpoint")) return { resource };
  const place = edge !== undefined && from === node ? { edge } : { node: from };
  return { ...(resource === undefined ? {} : { resource }), origin: { ...place, field: "/tier", why: "drawn" } };
}

/** The best way along steps: the shortest open one, else the shortest that may be open, else the shortest; if any. */
export function wayAmong(steps: ReadonlyMap<string, readonly Step[]>, from: string, to: string): Path | undefined {
  for (const allowed of bounds) {
    const found = shortest(steps, from, to, allowed);
    if (!found?.some(({ hops }) => hops.length > 0)) continue;
    const hops = found.flatMap((leg) => leg.hops);
    const legs = found.map(({ edge, verdict, hops: own }) => ({ edge, verdict, hops: own }));
    return { verdict: together(hops), legs, hops };
  }
  return undefined;
}

function shortest(
  steps: ReadonlyMap<string, readonly Step[]>,
  from: string,
  to: string,
  allowed: readonly Verdict[],
): Step[] | undefined {
  const cameBy = new Map<string, { before: string; step: Step }>();
  const queue = [from];
  for (const here of queue) {
    if (here === to && cameBy.has(to)) break;
    for (const step of steps.get(here) ?? []) {
      if (step.to === from || cameBy.has(step.to) || !allowed.includes(step.verdict)) continue;
      cameBy.set(step.to, { before: here, step });
      queue.push(step.to);
    }
  }
  const way: Step[] = [];
  for (let here = to; here !== from; ) {
    const came = cameBy.get(here);
    if (!came) return undefined;
    way.unshift(came.step);
    here = came.before;
  }
  return way;
}
