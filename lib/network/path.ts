import type { Model } from "../model/model";
import { type Flow, type Flows, type Hop, together, type Verdict } from "./flow";
import { plainHop } from "./hops";

/** What a packet meets between two nodes, over as many drawn connections as it takes. */
export interface Path {
  verdict: Verdict;
  hops: readonly Hop[];
  /** The edges it follows, in order. */
  edges: readonly string[];
}

/** A step of a way: a drawn edge; a service and the task that it runs share one interface, so no packet travels there. */
interface Step {
  to: string;
  flow: Flow | undefined;
  edge: string;
}

/** What the way may hold, the best first: it is open if any way is. */
const bounds: readonly (readonly Verdict[])[] = [["open"], ["open", "unknowable"], ["open", "unknowable", "blocked"]];

/**
 * The way from one node to another along the drawn traffic, calls and mounts: the shortest open one, else the shortest
 * that may be open, else the shortest. Without any the answer is unknowable, because no edge says which port is meant.
 * Both are node ids of the model.
 */
export function pathBetween(model: Model, flows: Flows, from: string, to: string): Path {
  const steps = new Map<string, Step[]>();
  for (const edge of model.edges) {
    const flow = flows.flow(edge.id);
    if (!flow && edge.relation !== "run") continue;
    const list = steps.get(edge.from.id) ?? [];
    list.push({ to: edge.to.id, flow, edge: edge.id });
    steps.set(edge.from.id, list);
  }
  for (const allowed of bounds) {
    const found = shortest(steps, from, to, allowed);
    if (!found?.some(({ flow }) => flow)) continue;
    const hops = found.flatMap(({ flow }) => flow?.hops ?? []);
    return { verdict: together(hops), hops, edges: found.map(({ edge }) => edge) };
  }
  const [start, end] = [model.node(from)?.name ?? from, model.node(to)?.name ?? to];
  const why =
    from === to
      ? `${start} is both ends, so no packet travels.`
      : `No drawn connection leads from ${start} to ${end}, so nothing says which port a packet would take. Connect them, or name two nodes that traffic, calls or mounts join.`;
  const hop = plainHop("route", { at: `${start} → ${end}`, port: "", verdict: "unknowable", why });
  return { verdict: "unknowable", hops: [hop], edges: [] };
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
      if (step.to === from || cameBy.has(step.to) || !allowed.includes(step.flow?.verdict ?? "open")) continue;
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
