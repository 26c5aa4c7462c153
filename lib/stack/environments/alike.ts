import { Intrinsic, type Value } from "../value";

/** Equality of values; the order of keys does not matter. */
export function equalValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Intrinsic || b instanceof Intrinsic) {
    return a instanceof Intrinsic && b instanceof Intrinsic && a.name === b.name && equalValue(a.argument, b.argument);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalValue(item, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalValue(a[key], b[key]))
  );
}

export const isMap = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic);

/** Keys that tell the items of a list apart, in CloudFormation's properties. */
const names = ["Name", "Key", "Id", "Sid", "PolicyName", "ContainerName", "ContainerPort", "CapacityProvider", "Port"];

/** Whether two items of lists are the same thing, perhaps with other figures. */
export function sameItem(a: Value, b: Value): boolean {
  if (isMap(a) && isMap(b)) {
    for (const name of names) {
      if (Object.hasOwn(a, name) && Object.hasOwn(b, name)) return equalValue(a[name], b[name]);
    }
  }
  return equalValue(a, b);
}

/** Whether maps have enough keys in common to be written as one. */
export function sameShape(maps: readonly { [key: string]: Value }[]): boolean {
  const counts = new Map<string, number>();
  for (const map of maps) for (const key of Object.keys(map)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const common = [...counts.values()].filter((count) => count === maps.length).length;
  return common * 2 >= counts.size;
}

/** One place of a list that several environments have, with the item and its index in each; null where it has none. */
export type Slot<T> = readonly ({ item: T; index: number } | null)[];

/** Which items of lists are the same thing, and which may be, where they stand between the same others. */
export interface Likeness<T> {
  same(a: T, b: T): boolean;
  mayBeSame(a: T, b: T): boolean;
}

/** Lays lists side by side: what is the same thing shares a slot, and every list keeps its order. */
export function slotsOf<T>(lists: readonly (readonly T[])[], like: Likeness<T>): Slot<T>[] {
  let slots: Slot<T>[] = [];
  lists.forEach((list, at) => {
    const before = lists.slice(0, at).map(() => null);
    const placed = list.map((item, index) => ({ item, index }));
    if (at === 0) {
      slots = placed.map((one) => [one]);
      return;
    }
    const merged: Slot<T>[] = [];
    let slot = 0;
    let next = 0;
    /** What stands between two things that both have: side by side where it can be the same thing. */
    const between = (slotEnd: number, listEnd: number): void => {
      const pairs = slotEnd - slot === listEnd - next;
      while (slot < slotEnd || next < listEnd) {
        const old = slot < slotEnd ? (slots[slot] as Slot<T>) : undefined;
        const one = next < listEnd ? placed[next] : undefined;
        if (old && one && pairs && old.every((other) => other === null || like.mayBeSame(other.item, one.item))) {
          merged.push([...old, one]);
          slot += 1;
          next += 1;
        } else if (old) {
          merged.push([...old, null]);
          slot += 1;
        } else if (one) {
          merged.push([...before, one]);
          next += 1;
        }
      }
    };
    for (const [slotAt, listAt] of inCommon(slots, list, like)) {
      between(slotAt, listAt);
      merged.push([...(slots[slotAt] as Slot<T>), placed[listAt] as Slot<T>[number]]);
      slot = slotAt + 1;
      next = listAt + 1;
    }
    between(slots.length, list.length);
    slots = merged;
  });
  return slots;
}

const isScalar = (value: Value): boolean => typeof value !== "object" || value === null;

/** Items of a list of properties. */
export const likeValues: Likeness<Value> = {
  same: sameItem,
  mayBeSame: (a, b) =>
    isMap(a) && isMap(b) ? sameShape([a, b]) && !names.some((name) => name in b) : isScalar(a) && isScalar(b),
};

/** Longest common subsequence, as pairs of indexes. */
function inCommon<T>(slots: readonly Slot<T>[], list: readonly T[], like: Likeness<T>): [number, number][] {
  const isIn = (slot: Slot<T>, item: T): boolean => slot.some((one) => one !== null && like.same(one.item, item));
  let start = 0;
  const least = Math.min(slots.length, list.length);
  while (start < least && isIn(slots[start] as Slot<T>, list[start] as T)) start += 1;
  let end = 0;
  while (end < least - start && isIn(slots[slots.length - 1 - end] as Slot<T>, list[list.length - 1 - end] as T)) {
    end += 1;
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, index) => [index, index]);
  const rows = slots.length - start - end;
  const columns = list.length - start - end;
  const longest = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const same = (row: number, column: number): boolean => isIn(slots[start + row] as Slot<T>, list[start + column] as T);
  const length = (row: number, column: number): number => longest[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      (longest[row] as number[])[column] = same(row, column)
        ? length(row + 1, column + 1) + 1
        : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (same(row, column)) {
      pairs.push([start + row, start + column]);
      row += 1;
      column += 1;
    } else if (length(row + 1, column) >= length(row, column + 1)) row += 1;
    else column += 1;
  }
  for (let index = end; index > 0; index -= 1) pairs.push([slots.length - index, list.length - index]);
  return pairs;
}
