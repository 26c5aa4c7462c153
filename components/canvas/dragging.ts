import type { Node, NodeChange } from "@xyflow/react";
import { kindOf, type NodeKind } from "@/lib/catalog";
import type { Document } from "@/lib/document/document";
import { around, Board, holds, type Rect } from "@/lib/editor/geometry";
import { snapTo } from "./guides";
import { useTransient } from "./transient";

/** What is dragged may snap to what is this near on the screen, in pixels. */
const NEAR = 6;

/** A drag in progress: what moves, and what it may line up with. */
export interface Drag {
  /** Ids of the dragged nodes that stand in no other dragged node. */
  tops: ReadonlySet<string>;
  /** Where everything else stands, in absolute units. */
  others: readonly Rect[];
  board: Board;
}

/** Notes what a drag moves and what stands still. */
export function startDrag(document: Document, ids: readonly string[]): Drag {
  const board = new Board(document);
  const dragged = new Set(ids);
  const within = (id: string): boolean => {
    for (let at = board.node(id)?.parent; at !== undefined; at = board.node(at)?.parent)
      if (dragged.has(at)) return true;
    return false;
  };
  const tops = new Set(ids.filter((id) => board.node(id) && !within(id)));
  const still = Object.keys(document.nodes).filter((id) => !dragged.has(id) && !within(id));
  return { tops, board, others: still.map((id) => board.absolute(id)) };
}

/** Corrects the positions that React Flow proposes so that the group lines up with its surroundings, and shows guides. */
export function aligned<N extends Node>(changes: readonly NodeChange<N>[], drag: Drag, zoom: number): NodeChange<N>[] {
  const places = changes.flatMap((change) => {
    if (change.type !== "position" || !change.position || !drag.tops.has(change.id)) return [];
    const origin = drag.board.origin(drag.board.node(change.id)?.parent);
    const size = drag.board.size(change.id);
    return [{ x: change.position.x + origin.x, y: change.position.y + origin.y, ...size }];
  });
  const whole = around(places);
  if (!whole) return [...changes];
  const { dx, dy, guides } = snapTo(whole, drag.others, NEAR / zoom);
  useTransient.setState({ guides });
  if (dx === 0 && dy === 0) return [...changes];
  return changes.map((change) =>
    change.type === "position" && change.position && drag.tops.has(change.id)
      ? { ...change, position: { x: change.position.x + dx, y: change.position.y + dy } }
      : change,
  );
}

/** Shows which box would take a kind dropped at a point, or why the one there does not. */
export function showTarget(
  board: Board,
  kind: NodeKind,
  point: { x: number; y: number },
  except: ReadonlySet<string>,
): void {
  const dropBox = board.boxAt(point, kind, except);
  const under = innermost(board, point, except);
  const dropSays = under !== undefined && under !== dropBox ? refusal(board, under, kind, dropBox) : "";
  const { dropBox: before, dropSays: said } = useTransient.getState();
  if (before !== dropBox || said !== dropSays) useTransient.setState({ dropBox, dropSays });
}

export const hideTarget = (): void => useTransient.setState({ dropBox: undefined, dropSays: "", guides: [] });

function innermost(board: Board, point: { x: number; y: number }, except: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (const [id, node] of Object.entries(board.nodes)) {
    if (!kindOf(node.kind).box || except.has(id) || !holds(board.absolute(id), point)) continue;
    if (found === undefined || board.depth(id) > board.depth(found)) found = id;
  }
  return found;
}

/** "A cluster does not hold an Application Load Balancer. It goes into Network." */
export function refusal(board: Board, under: string, kind: NodeKind, goes: string | undefined): string {
  const box = board.node(under);
  if (!box) return "";
  const into = goes === undefined ? undefined : board.node(goes)?.name;
  return `${box.name} (${kindOf(box.kind).label}) cannot hold this ${kindOf(kind).label}. ${into === undefined ? "It goes beside it." : `It goes into ${into}.`}`;
}
