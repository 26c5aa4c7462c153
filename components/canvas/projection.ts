import { kindOf } from "@/lib/catalog";
import type { CardRow } from "@/lib/catalog/kind";
import { rowHeight } from "@/lib/catalog/kind";
import type { EdgeStyle } from "@/lib/catalog/relation";
import { relationOf } from "@/lib/catalog/relations";
import { compareKeys, equalJson, own } from "@/lib/core/json";
import { readAt } from "@/lib/core/pointer";
import { count } from "@/lib/core/text";
import type { Document } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";
import { Board, type Rect } from "@/lib/editor/geometry";
import type { Mode } from "@/lib/editor/state";
import { isKind } from "@/lib/model/build";
import type { ModelEdge, ModelNode } from "@/lib/model/model";
import { containerOf } from "@/lib/model/queries";
import type { Verdict } from "@/lib/network/flow";
import type { Finding, Severity } from "@/lib/rules/rule";
import { edgeTexts, flowTexts, verdictWords } from "./edge-text";
import { moneyOf } from "./money";
import type { Side } from "./routing/lines";
import type { Anchor } from "./routing/route";
import { type Memory, type Route, routeAll } from "./routing/routes";

/** The worst finding of a node or an edge, and how many there are. */
export interface Badge {
  severity: Severity;
  count: number;
  /** "1 error", "2 warnings". */
  text: string;
}

/** One card or box, ready to be drawn. */
export interface CardView {
  id: string;
  kind: string;
  name: string;
  /** The kind's short name. */
  kindName: string;
  icon: ReturnType<typeof kindOf>["icon"];
  box: boolean;
  deployable: boolean;
  parent: string | undefined;
  depth: number;
  /** Relative to the parent. */
  x: number;
  y: number;
  w: number;
  h: number;
  lines: readonly string[];
  rows: readonly CardRow[];
  tier: string | undefined;
  badge: Badge | undefined;
  /** In Cost mode: what it costs a month. */
  money: string | undefined;
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
  badge: Badge | undefined;
  verdict: Verdict | undefined;
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

/** Turns a design and its analysis into cards and lines; what did not change stays the same object. */
export function createProjection(): (document: Document, analysis: Analysis, mode: Mode) => Drawing {
  const memory: Memory = new Map();
  let cards = new Map<string, CardView>();
  let wires = new Map<string, WireView>();
  let last: Drawing = { cards: [], wires: [] };
  return (document, analysis, mode) => {
    const board = new Board(document);
    const badges = badgesOf(analysis.findings);
    const nextCards = new Map(
      analysis.model.nodes
        .filter(({ id }) => own(document.nodes, id))
        .map((node) => {
          const view = cardOf(node, board, badges, mode === "cost" ? moneyOf(analysis.cost, node.id) : undefined);
          const before = cards.get(node.id);
          return [node.id, before && equalJson(before, view) ? before : view];
        }),
    );
    const edges = analysis.model.edges.filter(({ id }) => own(document.edges, id));
    const nextWires = new Map(
      wiresOf(edges, board, nextCards, analysis, badges, mode, memory).map((view) => {
        const before = wires.get(view.id);
        return [view.id, before && equalJson(before, view) ? before : view];
      }),
    );
    for (const id of memory.keys()) if (!nextWires.has(id)) memory.delete(id);
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

function cardOf(
  node: ModelNode,
  board: Board,
  badges: ReadonlyMap<string, Badge>,
  money: string | undefined,
): CardView {
  const kind = kindOf(node.kind);
  const rect = board.rect(node.id);
  const tier = readAt(node.props, "/tier");
  const badge = badges.get(node.id);
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    kindName: kind.short,
    icon: kind.icon,
    box: kind.box,
    deployable: kind.deployable,
    parent: node.parent?.id,
    depth: board.depth(node.id),
    ...rect,
    lines: kind.summary(node.props).filter((line) => line !== ""),
    rows: kind.rows?.(node.props) ?? [],
    tier: typeof tier === "string" ? tier : undefined,
    badge,
    money,
    label: [node.name, kind.label, badge?.text ?? "", money ?? ""].filter((part) => part !== "").join(", "),
  };
}

/** Place of a row on a card, relative to the card. */
export const rowRect = (card: Pick<CardView, "w" | "h" | "rows">, row: string): Rect | undefined => {
  const at = card.rows.findIndex(({ id }) => id === row);
  return at < 0 ? undefined : { x: 0, y: card.h - (card.rows.length - at) * rowHeight, w: card.w, h: rowHeight };
};

const everySide = ["right", "left", "bottom", "top"] as const;
const rowSides = ["right", "left"] as const;

function wiresOf(
  edges: readonly ModelEdge[],
  board: Board,
  cards: ReadonlyMap<string, CardView>,
  analysis: Analysis,
  badges: ReadonlyMap<string, Badge>,
  mode: Mode,
  memory: Memory,
): WireView[] {
  const rects = new Map([...cards.keys()].map((id) => [id, board.absolute(id)]));
  const anchor = (node: string, container: string | undefined): Anchor => {
    const card = rects.get(node) as Rect;
    const view = cards.get(node) as CardView;
    const row = container === undefined ? undefined : rowRect(view, container);
    if (row) return { card, rect: { ...row, x: card.x, y: card.y + row.y }, sides: rowSides };
    // With rows below, the card's own lines meet its head.
    const head = { ...card, h: card.h - view.rows.length * rowHeight };
    return {
      card,
      rect: view.rows.length === 0 ? card : head,
      sides: view.rows.length === 0 ? everySide : [...rowSides, "top"],
    };
  };
  const texts = edges.map((edge) => {
    const flow = mode === "flows" ? analysis.flows.flow(edge.id) : undefined;
    return { labels: flow ? flowTexts(flow) : edgeTexts(edge), verdict: flow?.verdict };
  });
  const ends = edges.map((edge) => ({
    from: anchor(edge.from.id, edge.fromContainer),
    to: anchor(edge.to.id, edge.toContainer),
  }));
  const routes = routeAll(
    edges.map((edge, at) => ({
      id: edge.id,
      ...(ends[at] as { from: Anchor; to: Anchor }),
      ends: [`${edge.from.id}/${edge.fromContainer ?? ""}`, `${edge.to.id}/${edge.toContainer ?? ""}`],
      labels: texts[at]?.labels ?? [],
    })),
    [...rects].flatMap(([id, rect]) => (cards.get(id)?.box ? [] : [{ id, rect }])),
    memory,
  );
  return edges.map((edge, at): WireView => {
    const { from, to } = ends[at] as { from: Anchor; to: Anchor };
    const { verdict } = texts[at] as (typeof texts)[number];
    const badge = badges.get(edge.id);
    return {
      id: edge.id,
      from: edge.from.id,
      to: edge.to.id,
      relation: edge.relation,
      style: relationOf(edge.relation).style,
      text: routes.get(edge.id)?.label.text ?? "",
      badge,
      verdict,
      route: routes.get(edge.id) as Route,
      fromRect: from.card,
      toRect: to.card,
      fromAnchor: from.rect,
      toAnchor: to.rect,
      fromSides: from.sides,
      toSides: to.sides,
      label: sentenceOf(edge, badge, verdict),
    };
  });
}

/** "Front door forwards to Web, 1 error". */
function sentenceOf(edge: ModelEdge, badge: Badge | undefined, verdict: Verdict | undefined): string {
  const from = nameOf(edge.from, edge.fromContainer);
  const to = nameOf(edge.to, edge.toContainer);
  return [
    `${from} ${relationOf(edge.relation).verb} ${to}`,
    verdict ? verdictWords[verdict].word : "",
    badge?.text ?? "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function nameOf(node: ModelNode, container: string | undefined): string {
  const definition =
    isKind(node, "taskDefinition") && container !== undefined ? containerOf(node, container) : undefined;
  return definition ? `${definition.name} of ${node.name}` : node.name;
}
