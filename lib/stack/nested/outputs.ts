import type { Stack } from "../stack";
import type { StackFacts } from "./facts";

/**
 * The outputs that stand in a child because the root has no room for all: output → place of the child. Only what is
 * said of one child alone can, and only while that child has room; the last by name go first.
 */
export function movedOutputs(
  stack: Stack,
  facts: StackFacts,
  homes: ReadonlyMap<string, number>,
  most: number,
): ReadonlyMap<string, number> {
  const moved = new Map<string, number>();
  const names = Object.keys(stack.outputs);
  if (names.length <= most) return moved;
  // How many take each value of a child, and how many outputs the child has.
  const takers = new Map<string, number>();
  const sizes = new Map<number, number>();
  const grow = (home: number, by: number): void => void sizes.set(home, (sizes.get(home) ?? 0) + by);
  const count = (key: string, home: number, by: 1 | -1): void => {
    const before = takers.get(key) ?? 0;
    takers.set(key, before + by);
    if (before === 0 || before + by === 0) grow(home, by);
  };
  for (const [id, { takes }] of facts.byResource) {
    for (const { key, id: taken } of takes) {
      const home = homes.get(taken);
      if (home !== undefined && home >= 0 && home !== homes.get(id)) count(key, home, 1);
    }
  }
  const takenBy = (name: string) => facts.byOutput.get(name)?.takes ?? [];
  for (const name of names) {
    for (const { key, id } of takenBy(name)) {
      const home = homes.get(id);
      if (home !== undefined && home >= 0) count(key, home, 1);
    }
  }
  for (const name of names.toReversed()) {
    if (names.length - moved.size <= most) break;
    const taken = takenBy(name).filter(({ id }) => homes.has(id));
    const [home, ...others] = new Set(taken.map(({ id }) => homes.get(id) as number));
    if (home === undefined || home < 0 || others.length > 0) continue;
    for (const { key } of taken) count(key, home, -1);
    if ((sizes.get(home) ?? 0) + 1 > most) {
      for (const { key } of taken) count(key, home, 1);
      continue;
    }
    grow(home, 1);
    moved.set(name, home);
  }
  return moved;
}
