import type { Document } from "../document/document";
import type { Edit } from "../document/edits/edit";
import { Board } from "./geometry";

/** Of these nodes those that stand in none of the others: moving a box moves what it holds. */
function topmost(document: Document, ids: Iterable<string>): string[] {
  const nodes = new Set([...ids].filter((id) => Object.hasOwn(document.nodes, id)));
  return [...nodes].filter((id) => {
    for (let at = document.nodes[id]?.parent; at !== undefined; at = document.nodes[at]?.parent) {
      if (nodes.has(at)) return false;
    }
    return true;
  });
}

/** The edits that move nodes by a vector; boxes above them grow, parents stay. */
export function moveByEdits(document: Document, ids: Iterable<string>, by: { x: number; y: number }): Edit[] {
  const board = new Board(document);
  const moved = topmost(document, ids);
  for (const id of moved) {
    const layout = board.at(id);
    board.put(id, { ...layout, x: layout.x + by.x, y: layout.y + by.y });
  }
  board.grow(moved);
  return board.moves(document);
}

/**
 * The edits after a drag: `to` are new top left corners in absolute units. Each node goes into the innermost box under
 * its middle that may hold it (or out of its box), and boxes grow to hold what was dropped.
 */
export function dropEdits(document: Document, to: Readonly<Record<string, { x: number; y: number }>>): Edit[] {
  const board = new Board(document);
  const moved = topmost(document, Object.keys(to));
  const except = new Set(moved);
  const reparented: Edit[] = [];
  for (const id of moved) {
    const node = board.node(id);
    const target = to[id];
    if (!node || !target) continue;
    const size = board.size(id);
    const parent = board.boxAt({ x: target.x + size.w / 2, y: target.y + size.h / 2 }, node.kind, except);
    if (parent !== node.parent) {
      reparented.push({ edit: "reparent", id, parent: parent ?? null });
      board.setParent(id, parent);
    }
    const origin = board.origin(parent);
    board.put(id, { ...board.at(id), x: target.x - origin.x, y: target.y - origin.y });
  }
  board.grow(moved);
  return [...reparented, ...board.moves(document)];
}

/** The edits that give a box another size, never smaller than what it holds; `x` and `y` are relative to its parent. */
export function resizeEdits(
  document: Document,
  id: string,
  rect: { x: number; y: number; w: number; h: number },
): Edit[] {
  const board = new Board(document);
  if (!board.node(id)) return [];
  const before = board.at(id);
  board.put(id, rect);
  // What stands inside stays where it is on the canvas when the left or top side moves.
  for (const child of board.children(id)) {
    const layout = board.at(child);
    board.put(child, { ...layout, x: layout.x + before.x - board.at(id).x, y: layout.y + before.y - board.at(id).y });
  }
  board.grow([id, ...board.children(id)]);
  return board.moves(document);
}
