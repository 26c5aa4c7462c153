import { kindOf, type NodeKind, nodeKinds } from "@/lib/catalog";
import { pairsFrom } from "@/lib/catalog/pairs";
import { endpoint } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import { connectEdits } from "@/lib/editor/connect";
import { place } from "@/lib/editor/place";
import type { Point, Side } from "@/lib/model/drawing/lines";
import { type Connection, connect } from "@/lib/rules/connection";
import { useEditor } from "../editor/store";
import { absoluteRects, endAt } from "./hits";
import type { CardView } from "./projection";
import { type Offer, useTransient } from "./transient";

/** The cards as they are drawn now; the canvas keeps it up to date. */
export const drawn: { cards: readonly CardView[] } = { cards: [] };

/** Starts dragging a connection from an end; it ends with the pointer, or with Escape. */
export function beginConnecting(
  from: string,
  port: { start: Point; side: Side },
  toCanvas: (screen: Point) => Point,
): void {
  const { state, analysis } = useEditor.getState();
  if (state.readOnly) return;
  const { cards } = drawn;
  const rects = absoluteRects(cards);
  const answers = new Map<string, Connection>();
  for (const { id, rows } of cards) {
    for (const to of [id, ...rows.map((row) => `${id}/${row.id}`)]) {
      if (to !== from) answers.set(to, connect(analysis.model, { from, to }));
    }
  }
  const move = (event: PointerEvent): void => {
    const screen = { x: event.clientX, y: event.clientY };
    const at = toCanvas(screen);
    const over = endAt(cards, rects, at);
    useTransient.setState({ gesture: { from, ...port, at, screen, over, answers }, offer: undefined });
  };
  const stop = (): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", drop);
    window.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", onEscape, true);
    useTransient.setState({ gesture: undefined });
  };
  const cancel = (): void => stop();
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    stop();
  };
  const drop = (): void => {
    const { gesture } = useTransient.getState();
    stop();
    if (!gesture || gesture.over === from) return;
    if (gesture.over === undefined) {
      const far = Math.hypot(gesture.at.x - port.start.x, gesture.at.y - port.start.y) > 24;
      if (far) useTransient.setState({ offer: { from, at: gesture.at, screen: gesture.screen } });
      return;
    }
    join(from, gesture.over);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", drop);
  window.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", onEscape, true);
}

/** Connects two ends as one undo step, or says why not and what to do instead. */
export function join(from: string, to: string): void {
  const { state, analysis, dispatch, notify } = useEditor.getState();
  const connecting = connectEdits(state.document, { from, to }, analysis.model);
  if (!connecting.ok) {
    notify(connecting.problems[0]?.message ?? "", "refusal");
    return;
  }
  const { edits, edge, says } = connecting.value;
  dispatch(edits, { select: [edge], says });
}

/** Kinds that could stand at the loose end of a connection, the usual ones first. */
export function kindsFor(from: string): NodeKind[] {
  const kind = useEditor.getState().state.document.nodes[endpoint(from).node]?.kind;
  if (!kind) return [];
  const after = nodeKinds.filter((other) => pairsFrom(kind, other).length > 0);
  const before = nodeKinds.filter((other) => !after.includes(other) && pairsFrom(other, kind).length > 0);
  return [...after, ...before].filter((other) => !kindOf(other).box);
}

/** Places a node where a connection was dropped and connects it, as one undo step. */
export function placeAndJoin({ from, at }: Offer, kind: NodeKind): void {
  const { state, dispatch, notify } = useEditor.getState();
  const placing = place({ document: state.document, selection: [] }, kind, { at });
  if (!placing.ok) {
    notify(placing.problems[0]?.message ?? "", "refusal");
    return;
  }
  const { edits, select, says } = placing.value;
  const [id = ""] = select;
  const placed = applyAll(state.document, edits);
  const connecting = placed.ok ? connectEdits(placed.value.document, { from, to: id }) : placed;
  if (!connecting.ok) {
    dispatch(edits, { select, says });
    notify(connecting.problems[0]?.message ?? "", "refusal");
    return;
  }
  dispatch([...edits, ...connecting.value.edits], { select, says: `${says} ${connecting.value.says}` });
}
