import { kindOf } from "@/lib/catalog";
import type { EdgeStyle } from "@/lib/catalog/relation";
import { relationOf } from "@/lib/catalog/relations";
import { compareKeys, equalJson, own } from "@/lib/core/json";
import { count } from "@/lib/core/text";
import type { Document } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";
import { Board, type Rect } from "@/lib/editor/geometry";
import type { Mode } from "@/lib/editor/state";
import { edgeSentence, edgeTexts } from "@/lib/export/diagram/edge-text";
import { createLines, type Drawn, type Face, faceOf } from "@/lib/model/drawing/faces";
import { briefOf } from "@/lib/model/drawing/labels";
import type { Side } from "@/lib/model/drawing/lines";
import type { Route } from "@/lib/model/drawing/routes";
import type { ModelEdge, ModelNode } from "@/lib/model/model";
import type { Flow, Verdict } from "@/lib/network/flow";
import { legsOf } from "@/lib/network/path";
import type { Finding, Severity } from "@/lib/rules/rule";
import { flowBriefs, flowSentence, flowTexts } from "./flow-text";
import { type Money, moneyByPlace } from "./money";

/** The worst finding of a node or an edge, and how many there are. */
export interface Badge {
  severity: Severity;
  count: number;
  /** "1 error", "2 warnings". */
  text: string;
}

/** One card or box, ready to be drawn. */
export interface CardView extends Face {
  parent: string | undefined;
  depth: number;
  /** Relative to the parent. */
  x: number;
  y: number;
  w: number;
  h: number;
  badge: Badge | undefined;
  /** In Cost mode: what it costs a month. */
  money: Money | undefined;
  /** "Web, ECS service, 1 error". */
  label: string;
}

/** One line, ready to be drawn. */
export interface WireView {
  id: string;
  from: string;
  to: string;
  relation: string;
  style: EdgeStyle;
  text: string;
  /** Words for further away, where letters are larger; undefined where they stay the same. */
  brief: string | undefined;
  badge: Badge | undefined;
  verdict: Verdict | undefined;
  /** In Cost mode, of what pays for itself: what it costs a month. */
  money: Money | undefined;
  /** While a way is traced: whether the line is on it. */
  traced: boolean | undefined;
  route: Route;
  /** Absolute places of the cards at its ends, to see whether one is being dragged. */
  fromRect: Rect;
  toRect: Rect;
  fromAnchor: Rect;
  toAnchor: Rect;
  fromSides: readonly Side[];
  toSides: readonly Side[];
  label: string;
}

export interface Drawing {
  cards: readonly CardView[];
  wires: readonly WireView[];
}

const rank = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;
const wordOf: Record<Severity, (number: number) => string> = {
  error: (number) => count(number, "error"),
  warning: (number) => count(number, "warning"),
  info: (number) => count(number, "piece of advice", "pieces of advice"),
};

/** What the canvas shows of an analysis. */
export type Judged = Pick<Analysis, "model" | "findings" | "flows" | "cost">;

/** Turns a design and its analysis into cards and lines; what did not change stays the same object. */
export function createProjection(): (
  document: Document,
  analysis: Judged,
  mode: Mode,
  /** Edges of the way that is traced. */
  way?: ReadonlySet<string>,
) => Drawing {
  const lines = createLines();
  let cards = new Map<string, CardView>();
  let wires = new Map<string, WireView>();
  let last: Drawing = { cards: [], wires: [] };
  return (document, analysis, mode, way) => {
    const board = new Board(document);
    const badges = badgesOf(analysis.findings);
    const money = mode === "cost" ? moneyByPlace(analysis.cost) : undefined;
    const nextCards = new Map(
      analysis.model.nodes
        .filter(({ id }) => own(document.nodes, id))
        .map((node) => {
          const view = cardOf(node, board, badges, money?.get(node.id));
          const before = cards.get(node.id);
          return [node.id, before && alike(before, view) ? before : view];
        }),
    );
    const edges = analysis.model.edges.filter(({ id }) => own(document.edges, id));
    const nextWires = new Map(
      wiresOf(edges, board, nextCards, analysis, badges, mode, lines, money, way).map((view) => {
        const before = wires.get(view.id);
        return [view.id, before && alike(before, view) ? before : view];
      }),
    );
    cards = nextCards;
    wires = nextWires;
    const drawing = {
      cards: [...cards.values()].sort((a, b) => a.depth - b.depth || compareKeys(a.id, b.id)),
      wires: [...wires.values()],
    };
    const same = (a: readonly unknown[], b: readonly unknown[]) =>
      a.length === b.length && a.every((item, at) => item === b[at]);
    if (!same(last.cards, drawing.cards) || !same(last.wires, drawing.wires)) last = drawing;
    return last;
  };
}

/** Two views of the same kind, most parts of which are the very same objects. */
const alike = <V extends object>(a: V, b: V): boolean =>
  (Object.keys(b) as (keyof V)[]).every((key) => a[key] === b[key] || equalJson(a[key], b[key]));

/** Findings by the id of the node or edge they stand at. */
function badgesOf(findings: readonly Finding[]): Map<string, Badge> {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = finding.at.node ?? finding.at.edge;
    if (id === undefined) continue;
    const known = byPlace.get(id);
    if (known) known.push(finding);
    else byPlace.set(id, [finding]);
  }
  return new Map(
    [...byPlace].map(([id, list]) => {
      const severity = list.reduce(
        (worst, { severity: next }) => (rank[next] < rank[worst] ? next : worst),
        "info" as Severity,
      );
      const number = list.filter((finding) => finding.severity === severity).length;
      return [id, { severity, count: list.length, text: wordOf[severity](number) }];
    }),
  );
}

function cardOf(node: ModelNode, board: Board, badges: ReadonlyMap<string, Badge>, money: Money | undefined): CardView {
  const badge = badges.get(node.id);
  // Part by part: spreading objects of many shapes costs most of a frame in a large drawing.
  const { id, kind, name, kindName, icon, box, deployable, lines, rows, tier } = faceOf(node);
  const { x, y, w, h } = board.rect(id);
  const label = [name, kindOf(node.kind).label, badge?.text, money?.text].filter(Boolean).join(", ");
  const [parent, depth] = [node.parent?.id, board.depth(id)];
  return {
    id,
    kind,
    name,
    kindName,
    icon,
    box,
    deployable,
    lines,
    rows,
    tier,
    parent,
    depth,
    x,
    y,
    w,
    h,
    badge,
    money,
    label,
  };
}

function wiresOf(
  edges: readonly ModelEdge[],
  board: Board,
  cards: ReadonlyMap<string, CardView>,
  analysis: Judged,
  badges: ReadonlyMap<string, Badge>,
  mode: Mode,
  draw: ReturnType<typeof createLines>,
  money: ReadonlyMap<string, Money> | undefined,
  way: ReadonlySet<string> | undefined,
): WireView[] {
  const rects = new Map([...cards.keys()].map((id) => [id, board.absolute(id)]));
  const legs = mode === "flows" ? legsOf(analysis.flows, edges) : undefined;
  const texts = edges.map((edge) => {
    const flow = legs?.get(edge.id);
    const paid = money?.get(edge.id);
    // In Cost a line says what it costs, and one that costs nothing says nothing.
    const labels = flow ? flowTexts(flow) : money ? (paid ? [paid.text, paid.brief] : []) : edgeTexts(edge);
    return { labels, flow, paid };
  });
  const lines = draw(
    edges,
    cards,
    rects,
    texts.map(({ labels }) => labels),
  );
  return edges.map((edge, at): WireView => {
    const { from, to, route } = lines[at] as Drawn;
    const { flow, paid } = texts[at] as (typeof texts)[number];
    const { text } = route.label;
    const brief = briefOf(text, flow ? flowBriefs(flow) : paid ? [paid.text, paid.brief] : []);
    const badge = badges.get(edge.id);
    return {
      id: edge.id,
      from: edge.from.id,
      to: edge.to.id,
      relation: edge.relation,
      style: relationOf(edge.relation).style,
      text,
      brief: brief === text ? undefined : brief,
      badge,
      verdict: flow?.verdict,
      money: paid,
      traced: way?.has(edge.id),
      route,
      fromRect: from.card,
      toRect: to.card,
      fromAnchor: from.rect,
      toAnchor: to.rect,
      fromSides: from.sides,
      toSides: to.sides,
      label: sentenceOf(edge, badge, flow, paid),
    };
  });
}

/** "Front door forwards to Web, 1 error"; "Users sends requests to Front door, $2.26/mo: Data out $2.26". */
function sentenceOf(
  edge: ModelEdge,
  badge: Badge | undefined,
  flow: Flow | undefined,
  money: Money | undefined,
): string {
  const cost = money ? `${money.text}: ${money.lines}` : "";
  return [edgeSentence(edge), flow ? flowSentence(flow) : "", badge?.text ?? "", cost]
    .filter((part) => part !== "")
    .join(", ");
}
