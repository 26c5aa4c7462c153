import { type RelationId, relationOf } from "../catalog/relations";
import { type DocumentEdge, endpoint } from "../document/document";
import { isKind } from "../model/build";
import type { Model, ModelEdge } from "../model/model";
import { containerOf } from "../model/queries";
import type { Candidate } from "./candidate";
import { effectOf } from "./effects";
import { judgeGrammar, refusedAnyway, refusedPair } from "./grammar";
import { initialProps } from "./initial-props";
import { belongsInside, type Ends, type Reading, readingsOf, turned } from "./readings";
import { noRelation, type Refused } from "./refused";
import { refusing } from "./refusing";
import { review } from "./repairs";
import type { Fix } from "./rule";

/** Two ends as a person drew or typed them: NODE or NODE/CONTAINER. */
export interface Gesture {
  from: string;
  to: string;
  /** Only this meaning; a plain drag takes the usual one. */
  relation?: RelationId;
}

export type Connection =
  | {
      ok: true;
      /** In its stored direction, ready for an addEdge edit. */
      edge: DocumentEdge;
      /** What else the same gesture can mean. */
      alternatives: readonly RelationId[];
      /** Why the edge is not exactly what was drawn. */
      turn?: string;
      /** What making it does. */
      effect: string;
    }
  | ({ ok: false } & Refused);

/**
 * Whether two ends may be connected, how the edge is stored and what it does; or why not and what to do instead. The
 * one answer for dragging, the command line, random designs and findings. Pure.
 */
export function connect(model: Model, gesture: Gesture): Connection {
  const ends = resolve(model, gesture);
  if ("rule" in ends) return { ok: false, ...ends };
  const anyway = refusedAnyway(ends);
  if (anyway) return { ok: false, ...anyway };
  if (ends.from.kind === "generic" || ends.to.kind === "generic") return reference(model, ends, gesture.relation);
  const stand = turned(ends);
  const drawn = stand?.ends ?? ends;
  const row = refusedPair(drawn.from.kind, drawn.to.kind, gesture.relation);
  if (row) return { ok: false, ...row };
  const readings = readingsOf(drawn).filter((reading) => !isRefusedPair(reading, gesture.relation));
  const usable = readings.filter(
    ({ relations }) => gesture.relation === undefined || relations.includes(gesture.relation),
  );
  const [reading] = usable;
  if (!reading) return { ok: false, ...unreadable(drawn, readings, gesture.relation) };
  if (reading.lacks) return { ok: false, ...reading.lacks };
  return settle(model, reading, readings, gesture.relation ?? (reading.relations[0] as RelationId), stand?.turn);
}

function resolve(model: Model, gesture: Gesture): Ends | Refused {
  const ends: Partial<Ends> = {};
  for (const side of ["from", "to"] as const) {
    const { node: id, container } = endpoint(gesture[side]);
    const node = model.node(id);
    if (!node) return missing(`“${id}” is not in this design`);
    if (container !== undefined && !(isKind(node, "taskDefinition") && containerOf(node, container))) {
      return missing(`${node.name} has no container “${container}”`);
    }
    ends[side] = node;
    ends[side === "from" ? "fromContainer" : "toContainer"] = container;
  }
  return ends as Ends;
}

const missing = (reason: string): Refused => ({
  rule: "ECS-GR-001",
  reason,
  instead: "Choose something that is there",
});

function reference(model: Model, ends: Ends, wanted: RelationId | undefined): Connection {
  const whole: Ends = { from: ends.from, to: ends.to };
  return settle(model, { ends: whole, relations: ["reference"] }, [], wanted ?? "reference", undefined);
}

const isRefusedPair = ({ ends }: Reading, relation: RelationId | undefined): boolean =>
  refusedPair(ends.from.kind, ends.to.kind, relation) !== undefined;

/** Nothing joins the ends, or not in the meaning asked for. */
function unreadable(ends: Ends, readings: readonly Reading[], wanted: RelationId | undefined): Refused {
  const known = [...new Set(readings.flatMap((reading) => reading.relations))];
  if (wanted !== undefined) {
    for (const { ends: read } of readingsOf(ends)) {
      const row = refusedPair(read.from.kind, read.to.kind, wanted);
      if (row) return row;
    }
    if (known.length > 0) {
      return {
        rule: "ECS-GR-001",
        reason: `“${relationOf(wanted).verb}” means nothing between these two`,
        instead: `Choose ${known.map((item) => `“${relationOf(item).verb}”`).join(" or ")}`,
      };
    }
  }
  return belongsInside(ends) ?? refusedPair(ends.to.kind, ends.from.kind, wanted) ?? noRelation(ends.from, ends.to);
}

function settle(
  model: Model,
  { ends, turn }: Reading,
  readings: readonly Reading[],
  relation: RelationId,
  stand: string | undefined,
): Connection {
  const candidate: Candidate = { ...ends, relation };
  const given = initialProps(candidate);
  const props = relationOf(relation).props.parse(given);
  const refused = judge(model, candidate, props);
  if (refused) return { ok: false, ...refused };
  const sentences = [stand, turn].filter((sentence) => sentence !== undefined);
  return {
    ok: true,
    edge: {
      from: end(ends.from.id, ends.fromContainer),
      to: end(ends.to.id, ends.toContainer),
      relation,
      props: given,
    } as DocumentEdge,
    alternatives: [...new Set(readings.flatMap((item) => (item.lacks ? [] : item.relations)))].filter(
      (item) => item !== relation,
    ),
    ...(sentences.length === 0 ? {} : { turn: sentences.join(" ") }),
    effect: effectOf(candidate),
  };
}

const end = (node: string, container: string | undefined): string =>
  container === undefined ? node : `${node}/${container}`;

/** The grammar, then every rule that refuses a connection because of settings. */
function judge(model: Model, candidate: Candidate, props: object): Refused | undefined {
  const refused = judgeGrammar(candidate, props);
  if (refused) return refused;
  for (const rule of refusing) {
    const words = rule.refuses?.(candidate, model);
    if (words) return { rule: rule.id, ...words };
  }
  return undefined;
}

/** Whether an edge that exists is one that could be made. */
export const judgeEdge = (model: Model, edge: ModelEdge): Refused | undefined => judge(model, edge, edge.props);

const known = new WeakMap<Model, ReadonlyMap<string, Refused & { fix?: Fix }>>();

/** All edges of a design that are refused, by id, in id order; with the repair where turning the arrow is one. */
export function refusedEdges(model: Model): ReadonlyMap<string, Refused & { fix?: Fix }> {
  let refused = known.get(model);
  if (!refused) {
    refused = new Map(
      model.edges.flatMap((edge) => {
        const words = judgeEdge(model, edge);
        return words ? [[edge.id, { ...words, ...flip(model, edge) }] as const] : [];
      }),
    );
    known.set(model, refused);
  }
  return refused;
}

/** The edge as connecting the same two would store it, turned round or moved to the container, with its properties. */
function flip(model: Model, edge: ModelEdge): { fix?: Fix } {
  const [from, to] = [end(edge.from.id, edge.fromContainer), end(edge.to.id, edge.toContainer)];
  const ways = [
    { title: "Start it at the container", gesture: { from, to, relation: edge.relation } },
    { title: "Turn the arrow round", gesture: { from: to, to: from, relation: edge.relation } },
  ];
  for (const { title, gesture } of ways) {
    const meant = connect(model, gesture);
    if (!meant.ok || (meant.edge.from === from && meant.edge.to === to)) continue;
    const stored = { ...meant.edge, props: model.document.edges[edge.id]?.props ?? {} } as DocumentEdge;
    return { fix: review(title, { edit: "reconnect", id: edge.id, edge: stored }) };
  }
  return {};
}
