import { moveByEdits } from "../move";
import { type Command, defineCommand, needsBoth } from "./command";

const directions = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
} as const;

/** Moves the selected nodes by a step of the grid, or by a large one; a held key is one undo step. */
function nudge(direction: keyof typeof directions, far: boolean): Command {
  const step = far ? 40 : 4;
  const { x, y } = directions[direction];
  return defineCommand({
    title: far ? `Move ${direction} by ${step}` : `Move ${direction}`,
    group: "Arrange",
    icon: "move",
    keywords: ["nudge", "position"],
    keys: [`${far ? "shift+" : ""}arrow${direction}`],
    scope: "canvas",
    undo: "merge",
    enabled: needsBoth,
    run: ({ document, selection }) => ({ edits: moveByEdits(document, selection, { x: x * step, y: y * step }) }),
  });
}

export const nudges = {
  nudgeLeft: nudge("left", false),
  nudgeRight: nudge("right", false),
  nudgeUp: nudge("up", false),
  nudgeDown: nudge("down", false),
  nudgeFarLeft: nudge("left", true),
  nudgeFarRight: nudge("right", true),
  nudgeFarUp: nudge("up", true),
  nudgeFarDown: nudge("down", true),
} as const;
