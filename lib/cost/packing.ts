/**
 * Tasks fitted onto instances of one type: first the largest, each onto the first instance with room. ECS may place
 * them otherwise; so many instances are enough. Grows with the services, not with their tasks.
 */

import {
  type Fill,
  fits,
  type InstanceRoom,
  none,
  type PackedResource,
  put,
  resources,
  type TaskGroup,
} from "./packing-room";
import { leastInstances, SEARCHED, STEPS, search } from "./packing-search";

export type { InstanceRoom, PackedResource, TaskGroup } from "./packing-room";
export { resources } from "./packing-room";

/** Instances that hold the same. */
export interface Bin {
  instances: number;
  tasks: readonly { id: string; tasks: number }[];
  used: Readonly<Record<PackedResource, number>>;
}

export interface Unplaced {
  id: string;
  tasks: number;
  why: string;
}

export interface Packed {
  instances: number;
  bins: readonly Bin[];
  /** Tasks that no instance of the type takes, and why. */
  unplaced: readonly Unplaced[];
  /** Parts of all instances together that no task reserves, from 0 to 1; undefined where the room is not known. */
  waste: Readonly<Partial<Record<PackedResource, number>>>;
}

/** A packing that a person can look at: which capacity, of which type, how many instances are paid. */
export interface Packing extends Packed {
  /** Node id of the EC2 capacity. */
  node: string;
  type: string;
  room: InstanceRoom;
  /** Instances that the design pays for, with minimum, maximum and target capacity. */
  paid: number;
  /** Tasks that events start beside those that always run: from each rule or schedule, and whether they find room. */
  started: readonly StartedTasks[];
  /** In sentences: what is not known of the type, what does not fit. */
  notes: readonly string[];
}

/** Tasks that run for a while on instances. */
export interface StartedTasks {
  /** Node id of the rule or schedule. */
  id: string;
  tasks: number;
  /** Instances that they need beside those that are paid all the time. */
  more: number;
  /** The same instances as `Packed.bins`, with these tasks on them. */
  bins: readonly Bin[];
}

/** Places as many tasks as `bin` takes; gives what becomes of it and how many are left. */
function fill(bin: Fill, group: TaskGroup, room: InstanceRoom, left: number): { bins: Fill[]; left: number } {
  const each = Math.min(fits(group, room, bin), left);
  if (each <= 0) return { bins: [bin], left };
  const full = Math.min(bin.instances, Math.floor(left / each));
  const bins = full > 0 ? [put(bin, group, each, full)] : [];
  let remaining = left - full * each;
  let untouched = bin.instances - full;
  if (untouched > 0 && remaining > 0) {
    bins.push(put(bin, group, remaining, 1));
    remaining = 0;
    untouched -= 1;
  }
  if (untouched > 0) bins.push({ ...bin, instances: untouched });
  return { bins, left: remaining };
}

function whyNot(group: TaskGroup, room: InstanceRoom): string | undefined {
  if (group.gpus > 0 && room.gpus === undefined) return "How many GPUs the type has is not known here.";
  const labels = { cpu: "CPU", memory: "memory", interfaces: "network interfaces", gpus: "GPUs" };
  for (const resource of resources) {
    const limit = room[resource];
    if (limit !== undefined && group[resource] > limit)
      return `One task asks for more ${labels[resource]} than an instance of the type has.`;
  }
  return undefined;
}

/** Orders in which groups are placed; the one that needs the fewest instances is taken. Ties go to the first. */
const orders: readonly ((group: TaskGroup, room: InstanceRoom) => number)[] = [
  // By what it takes most of.
  (group, room) =>
    Math.max(...resources.map((resource) => group[resource] / (room[resource] || Number.POSITIVE_INFINITY))),
  ({ cpu }) => cpu,
  ({ memory }) => memory,
  ({ interfaces }) => interfaces,
  // Those first that want an instance for each task.
  ({ tasks, hostPorts, apart }) => (hostPorts.length > 0 || apart ? tasks : 0),
];

/**
 * Packs groups of tasks onto instances of one type. Groups of no task, and daemons alone, need no instance. Up to a
 * dozen instances it is the smallest packing there is wherever the search for it comes to an end, so that more tasks
 * and larger ones never need less; beyond, it is a good one. First-fit orders alone are not monotone: Murgolo, "Anomalous
 * behavior in bin packing", 1988. What ECS really does depends on what ran before; so many instances are enough.
 */
export function pack(groups: readonly TaskGroup[], room: InstanceRoom): Packed {
  const unplaced: Unplaced[] = [];
  // A daemon is on every instance, so it makes every instance smaller.
  let empty: Fill = { instances: 1, tasks: new Map(), used: none(), ports: new Set() };
  for (const group of groups.filter(({ daemon }) => daemon)) {
    if (fits(group, room, empty) > 0 && !whyNot(group, room)) empty = put(empty, group, 1, 1);
    else unplaced.push({ id: group.id, tasks: 1, why: whyNot(group, room) ?? "No room is left for it." });
  }
  const waiting: TaskGroup[] = [];
  for (const group of groups.filter(({ daemon, tasks }) => !daemon && tasks > 0)) {
    const why = whyNot(group, room);
    if (why === undefined && fits(group, room, empty) > 0) waiting.push(group);
    else {
      const beside = "No room is left beside the daemons of every instance.";
      unplaced.push({ id: group.id, tasks: group.tasks, why: why ?? beside });
    }
  }
  const tried = (waiting.length > 1 ? orders : orders.slice(0, 1)).map((order) =>
    place(
      waiting.toSorted((a, b) => order(b, room) - order(a, room) || (a.id < b.id ? -1 : 1)),
      room,
      empty,
    ),
  );
  const bins = fewer(
    tried.reduce((best, one) => (instancesOf(one) < instancesOf(best) ? one : best)),
    waiting,
    room,
    empty,
  );
  const instances = instancesOf(bins);
  return {
    instances,
    bins: bins.map((bin) => ({
      instances: bin.instances,
      tasks: [...bin.tasks].map(([id, tasks]) => ({ id, tasks })),
      used: bin.used,
    })),
    unplaced,
    waste: wasteOf(bins, instances, room),
  };
}

const instancesOf = (bins: readonly Fill[]): number => bins.reduce((sum, bin) => sum + bin.instances, 0);

/** The same tasks on fewer instances, where that is possible and there are few enough of them to find out. */
function fewer(bins: Fill[], waiting: readonly TaskGroup[], room: InstanceRoom, empty: Fill): Fill[] {
  const enough = instancesOf(bins);
  if (enough > SEARCHED) return bins;
  const [byMost = () => 0] = orders;
  const sorted = waiting.toSorted((a, b) => byMost(b, room) - byMost(a, room) || (a.id < b.id ? -1 : 1));
  const budget = { steps: STEPS };
  for (let instances = leastInstances(waiting, room, empty); instances < enough; instances += 1) {
    const found = search(sorted, room, empty, instances, budget);
    if (found) return alike(found);
  }
  return bins;
}

/** Instances that hold the same, counted together. */
function alike(bins: readonly Fill[]): Fill[] {
  const kinds = new Map<string, Fill>();
  for (const bin of bins) {
    const key = JSON.stringify([...bin.tasks]);
    const known = kinds.get(key);
    kinds.set(key, known ? { ...known, instances: known.instances + bin.instances } : bin);
  }
  return [...kinds.values()];
}

/** Places groups in their order, each onto the first instances with room, then onto new ones. */
function place(groups: readonly TaskGroup[], room: InstanceRoom, empty: Fill): Fill[] {
  let bins: Fill[] = [];
  for (const group of groups) {
    let left = group.tasks;
    const next: Fill[] = [];
    for (const [at, bin] of bins.entries()) {
      if (left === 0) {
        next.push(...bins.slice(at));
        break;
      }
      const filled = fill(bin, group, room, left);
      next.push(...filled.bins);
      left = filled.left;
    }
    if (left > 0) {
      const each = Math.min(fits(group, room, empty), left);
      const full = Math.floor(left / each);
      if (full > 0) next.push(put(empty, group, each, full));
      if (left % each > 0) next.push(put(empty, group, left % each, 1));
    }
    bins = next;
  }
  return bins;
}

function wasteOf(bins: readonly Fill[], instances: number, room: InstanceRoom): Packed["waste"] {
  const waste: Partial<Record<PackedResource, number>> = {};
  for (const resource of resources) {
    const limit = room[resource];
    if (limit === undefined || limit === 0 || instances === 0) continue;
    const used = bins.reduce((sum, bin) => sum + bin.used[resource] * bin.instances, 0);
    waste[resource] = Math.max(0, 1 - used / (limit * instances));
  }
  return waste;
}
