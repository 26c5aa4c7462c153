/**
 * Tasks fitted onto instances of one type: first the largest, each onto the first instance with room. ECS may place
 * them otherwise; so many instances are enough. Grows with the services, not with their tasks.
 */

/** What limits how many tasks an instance takes. */
export const resources = ["cpu", "memory", "interfaces", "gpus"] as const;
export type PackedResource = (typeof resources)[number];

export interface TaskGroup {
  /** Node id of the service. */
  id: string;
  tasks: number;
  /** CPU units; 1,024 are one vCPU. */
  cpu: number;
  /** MiB. */
  memory: number;
  /** Network interfaces of its own: 1 in awsvpc mode, else 0. */
  interfaces: number;
  gpus: number;
  /** Ports of the instance that it takes, "tcp/8080"; no two tasks may have the same. */
  hostPorts: readonly string[];
  /** One on each instance. */
  daemon?: boolean;
  /** No two of it on one instance (distinctInstance). */
  apart?: boolean;
}

export interface InstanceRoom {
  cpu: number;
  memory: number;
  /** Undefined: AWS gives no figure for the type. The instance's own is not counted. */
  interfaces: number | undefined;
  gpus: number | undefined;
}

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

interface Open {
  instances: number;
  tasks: Map<string, number>;
  used: Record<PackedResource, number>;
  ports: Set<string>;
}

const none = (): Record<PackedResource, number> => ({ cpu: 0, memory: 0, interfaces: 0, gpus: 0 });

/** How many more tasks of a group one instance takes. */
function fits(group: TaskGroup, room: InstanceRoom, bin: Pick<Open, "used" | "ports" | "tasks">): number {
  if (group.hostPorts.some((port) => bin.ports.has(port))) return 0;
  if (group.apart && bin.tasks.has(group.id)) return 0;
  let most = group.hostPorts.length > 0 || group.apart || group.daemon ? 1 : Number.POSITIVE_INFINITY;
  for (const resource of resources) {
    const limit = room[resource];
    if (limit === undefined || group[resource] <= 0) continue;
    most = Math.min(most, Math.floor((limit - bin.used[resource]) / group[resource]));
  }
  return Math.max(0, most);
}

function put(bin: Open, group: TaskGroup, tasks: number, instances: number): Open {
  const used = { ...bin.used };
  for (const resource of resources) used[resource] += group[resource] * tasks;
  return {
    instances,
    tasks: new Map(bin.tasks).set(group.id, (bin.tasks.get(group.id) ?? 0) + tasks),
    used,
    ports: group.hostPorts.length > 0 ? new Set([...bin.ports, ...group.hostPorts]) : bin.ports,
  };
}

/** Places as many tasks as `bin` takes; gives what becomes of it and how many are left. */
function fill(bin: Open, group: TaskGroup, room: InstanceRoom, left: number): { bins: Open[]; left: number } {
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
 * Packs groups of tasks onto instances of one type. Groups of no task, and daemons alone, need no instance. In rare cases
 * a larger task makes the packing one instance smaller, because the order changes: it is a good packing, not the best.
 */
export function pack(groups: readonly TaskGroup[], room: InstanceRoom): Packed {
  const unplaced: Unplaced[] = [];
  // A daemon is on every instance, so it makes every instance smaller.
  let empty: Open = { instances: 1, tasks: new Map(), used: none(), ports: new Set() };
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
  const bins = tried.reduce((best, one) => (instancesOf(one) < instancesOf(best) ? one : best));
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

const instancesOf = (bins: readonly Open[]): number => bins.reduce((sum, bin) => sum + bin.instances, 0);

/** Places groups in their order, each onto the first instances with room, then onto new ones. */
function place(groups: readonly TaskGroup[], room: InstanceRoom, empty: Open): Open[] {
  let bins: Open[] = [];
  for (const group of groups) {
    let left = group.tasks;
    const next: Open[] = [];
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

function wasteOf(bins: readonly Open[], instances: number, room: InstanceRoom): Packed["waste"] {
  const waste: Partial<Record<PackedResource, number>> = {};
  for (const resource of resources) {
    const limit = room[resource];
    if (limit === undefined || limit === 0 || instances === 0) continue;
    const used = bins.reduce((sum, bin) => sum + bin.used[resource] * bin.instances, 0);
    waste[resource] = Math.max(0, 1 - used / (limit * instances));
  }
  return waste;
}
