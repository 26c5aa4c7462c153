import { type Fill, fits, type InstanceRoom, put, resources, type TaskGroup } from "./packing-room";

/** Ways to fill one instance that all searches for one packing may try. */
export const STEPS = 300;
/** More instances than these are not searched: one more or less matters little there. */
export const SEARCHED = 12;

/** The fewest instances that there can be: by each resource, by ports that exclude each other, by tasks that stand apart. */
export function leastInstances(groups: readonly TaskGroup[], room: InstanceRoom, empty: Fill): number {
  let least = groups.some(({ tasks }) => tasks > 0) ? 1 : 0;
  for (const resource of resources) {
    const limit = room[resource];
    const free = limit === undefined ? 0 : limit - empty.used[resource];
    const asked = groups.reduce((sum, group) => sum + group.tasks * group[resource], 0);
    if (limit !== undefined && asked > 0 && free > 0) least = Math.max(least, Math.ceil(asked / free));
  }
  const byPort = new Map<string, number>();
  for (const { tasks, hostPorts, apart } of groups) {
    if (apart) least = Math.max(least, tasks);
    for (const port of new Set(hostPorts)) byPort.set(port, (byPort.get(port) ?? 0) + tasks);
  }
  return Math.max(least, ...byPort.values());
}

/**
 * Fits groups onto so many instances by trying every way to fill one after the other; undefined where they do not fit,
 * and where the search gives up. Any packing can be turned into one in which each instance takes as much as it can of
 * what is left, and the first of them holds a task of the first group: only such are tried.
 */
export function search(
  groups: readonly TaskGroup[],
  room: InstanceRoom,
  empty: Fill,
  instances: number,
  budget: { steps: number },
): Fill[] | undefined {
  const dead = new Set<string>();

  const next = (left: readonly number[], free: number): Fill[] | undefined => {
    const first = left.findIndex((tasks) => tasks > 0);
    if (first < 0) return [];
    const rest = groups.map((group, at) => ({ ...group, tasks: left[at] ?? 0 }));
    const state = `${free} ${left.join(" ")}`;
    if (dead.has(state) || leastInstances(rest, room, empty) > free) return undefined;
    const found = fill(left, free, first, empty, first);
    if (!found) dead.add(state);
    return found;
  };

  /** Decides group by group how many tasks one instance takes. */
  const fill = (left: readonly number[], free: number, at: number, bin: Fill, first: number): Fill[] | undefined => {
    if (budget.steps <= 0) return undefined;
    const group = groups[at];
    if (!group) {
      budget.steps -= 1;
      const full = groups.every((one, index) => (left[index] ?? 0) === 0 || fits(one, room, bin) === 0);
      const others = full ? next(left, free - 1) : undefined;
      return others && [bin, ...others];
    }
    const most = Math.min(left[at] ?? 0, fits(group, room, bin));
    for (let take = most; take >= (at === first ? 1 : 0); take -= 1) {
      const filled = take === 0 ? bin : put(bin, group, take, 1);
      const remaining = left.map((tasks, index) => (index === at ? tasks - take : tasks));
      const found = fill(remaining, free, at + 1, filled, first);
      if (found) return found;
    }
    return undefined;
  };

  return next(
    groups.map(({ tasks }) => tasks),
    instances,
  );
}
