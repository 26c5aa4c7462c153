import { isRelationEdge } from "../model/build";
import type { Model, ModelEdge, ModelNode } from "../model/model";
import { hoursPerMonth } from "./prices";
import { isKnown, type Known, type UsageName } from "./usage";

/** What flows over a balancer, a service or an edge, on average. */
export interface Load {
  requestsPerSecond: number;
  /** GB a month towards the callee, and back. */
  inGb: number;
  outGb: number;
  /** Requests a second by where they come from outside the design: the balancer, or a call that is given by itself. */
  from: Readonly<Record<string, number>>;
  /** In words, what nobody has confirmed: of all of it, and of the number of requests alone. */
  assumed: readonly string[];
  assumedRequests: readonly string[];
}

/** A load, or the sentence that says why it is not known. */
export type Flowing = Load | { why: string };

export interface Traffic {
  /** Of a node or an edge; undefined where no request comes. */
  of(id: string): Flowing | undefined;
}

/** Who answers questions about use. */
export interface Asked {
  figureOf(owner: string, key: UsageName, derive?: () => Known | undefined): Known;
  given(owner: string, key: UsageName): Known | undefined;
}

export const SECONDS_PER_MONTH = hoursPerMonth * 3600;
const KB_PER_GB = 1024 * 1024;

/** GB a month of a payload that flows so many times a second. */
export const monthlyGb = (perSecond: number, kb: number): number => (perSecond * kb * SECONDS_PER_MONTH) / KB_PER_GB;

const isTraffic = (edge: ModelEdge): edge is ModelEdge<"forward" | "call"> =>
  isRelationEdge(edge, "forward") || isRelationEdge(edge, "call");

/**
 * The traffic of a design from one assumption: requests are asked of each balancer where they enter, and followed from
 * there over forwards and calls. A balancer shares its requests evenly among what it forwards to; a service makes one
 * call for each request that reaches it; both until an edge says otherwise. Circles are broken at their first node.
 */
export function trafficOf(model: Model, asked: Asked): Traffic {
  const loads = new Map<string, Flowing>();
  const waiting = new Map<ModelNode, number>();
  for (const edge of model.edges) {
    if (!isTraffic(edge)) continue;
    if (!waiting.has(edge.from)) waiting.set(edge.from, 0);
    waiting.set(edge.to, (waiting.get(edge.to) ?? 0) + 1);
  }
  for (const kind of ["alb", "nlb", "clb"] as const)
    for (const node of model.of(kind)) if (!waiting.has(node as ModelNode)) waiting.set(node as ModelNode, 0);

  const done = new Set<ModelNode>();
  const ready = [...waiting].flatMap(([node, left]) => (left === 0 ? [node] : []));
  const stuck = [...waiting.keys()][Symbol.iterator]();
  const visit = (node: ModelNode): void => {
    if (done.has(node)) return;
    done.add(node);
    if (node.kind !== "service" && !loads.has(node.id)) loads.set(node.id, entering(node, asked));
    const forwards = node.out.filter(isTraffic);
    for (const edge of forwards) {
      const load = over(edge, loads.get(node.id), forwards.length, asked);
      loads.set(edge.id, load);
      if (done.has(edge.to)) continue;
      loads.set(edge.to.id, together(loads.get(edge.to.id), load));
      const left = (waiting.get(edge.to) ?? 1) - 1;
      waiting.set(edge.to, left);
      if (left === 0) ready.push(edge.to);
    }
  };
  for (;;) {
    for (let node = ready.pop(); node; node = ready.pop()) visit(node);
    const next = stuck.next();
    if (next.done) break;
    visit(next.value);
  }
  return { of: (id) => loads.get(id) };
}

/** Requests that come from outside the design, asked of the balancer. */
function entering(node: ModelNode, asked: Asked): Flowing {
  return loadOf(
    (rate) => ({ [node.id]: rate }),
    asked.figureOf(node.id, "requestsPerSecond"),
    asked.figureOf(node.id, "requestKb"),
    asked.figureOf(node.id, "responseKb"),
  );
}

function loadOf(from: (rate: number) => Load["from"], perSecond: Known, requestKb: Known, responseKb: Known): Flowing {
  if (!isKnown(perSecond)) return perSecond;
  if (!isKnown(requestKb)) return requestKb;
  if (!isKnown(responseKb)) return responseKb;
  return {
    requestsPerSecond: perSecond.value,
    inGb: monthlyGb(perSecond.value, requestKb.value),
    outGb: monthlyGb(perSecond.value, responseKb.value),
    from: from(perSecond.value),
    assumed: few([...perSecond.assumed, ...requestKb.assumed, ...responseKb.assumed]),
    assumedRequests: few(perSecond.assumed),
  };
}

/** So many words a sentence can hold; a long chain of calls has more. */
const MOST_WORDS = 5;

function few(assumed: readonly string[]): readonly string[] {
  const all = [...new Set(assumed)];
  if (all.length <= MOST_WORDS) return all;
  return [...all.slice(0, MOST_WORDS - 1), "what is assumed of the traffic that leads here"];
}

function over(edge: ModelEdge, source: Flowing | undefined, among: number, asked: Asked): Flowing {
  if (source && "why" in source)
    return asked.given(edge.id, "requestsPerSecond") ? called(edge, undefined, asked) : source;
  return edge.relation === "forward" ? forwarded(edge, source, among, asked) : called(edge, source, asked);
}

function forwarded(edge: ModelEdge, source: Load | undefined, among: number, asked: Asked): Flowing {
  const whole = source ?? { requestsPerSecond: 0, inGb: 0, outGb: 0, from: {}, assumed: [], assumedRequests: [] };
  const spread = among > 1 ? [`requests of ${edge.from.name} shared evenly among ${among}`] : [];
  const share: Known = { value: whole.requestsPerSecond / among, assumed: [...whole.assumedRequests, ...spread] };
  // With one way there is nothing to ask about it.
  const rate =
    among > 1
      ? asked.figureOf(edge.id, "requestsPerSecond", () => share)
      : (asked.given(edge.id, "requestsPerSecond") ?? share);
  if (!isKnown(rate)) return rate;
  const part = whole.requestsPerSecond === 0 ? 0 : rate.value / whole.requestsPerSecond;
  return {
    requestsPerSecond: rate.value,
    inGb: whole.inGb * part,
    outGb: whole.outGb * part,
    from: fromOf(edge, whole, rate.value),
    assumed: few([...whole.assumed, ...rate.assumed]),
    assumedRequests: few(rate.assumed),
  };
}

function called(edge: ModelEdge, source: Load | undefined, asked: Asked): Flowing {
  const each = source && {
    value: source.requestsPerSecond,
    assumed: [...source.assumedRequests, `one call of ${edge.to.name} for each request of ${edge.from.name}`],
  };
  return loadOf(
    (rate) => fromOf(edge, source, rate),
    asked.figureOf(edge.id, "requestsPerSecond", () => each),
    asked.figureOf(edge.id, "requestKb"),
    asked.figureOf(edge.id, "responseKb"),
  );
}

/** Where so many requests over an edge come from, when they come as those of its source do; from the edge itself without. */
function fromOf(edge: ModelEdge, source: Load | undefined, rate: number): Load["from"] {
  if (!source || source.requestsPerSecond === 0) return { [edge.id]: rate };
  const part = rate / source.requestsPerSecond;
  return Object.fromEntries(Object.entries(source.from).map(([entry, own]) => [entry, own * part]));
}

function together(a: Flowing | undefined, b: Flowing): Flowing {
  if (!a) return b;
  if ("why" in a) return a;
  if ("why" in b) return b;
  return {
    requestsPerSecond: a.requestsPerSecond + b.requestsPerSecond,
    inGb: a.inGb + b.inGb,
    outGb: a.outGb + b.outGb,
    from: Object.fromEntries(
      [...new Set([...Object.keys(a.from), ...Object.keys(b.from)])].map((entry) => [
        entry,
        (a.from[entry] ?? 0) + (b.from[entry] ?? 0),
      ]),
    ),
    assumed: few([...a.assumed, ...b.assumed]),
    assumedRequests: few([...a.assumedRequests, ...b.assumedRequests]),
  };
}
