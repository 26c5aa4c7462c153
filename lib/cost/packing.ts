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

export interface Packed {
  instances: number;
  bins: readonly Bin[];
  /** Tasks that no instance of the type takes, and why. */
  unplaced: readonly { id: string; tasks: number; why: string }[];
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
  /** In sentences: what is not known of the type, what does not fit. */
  notes: readonly string[];
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

/** Packs groups of tasks onto instances of one type. Groups of zero tasks and daemons alone need no instance. */
export function pack(groups: readonly TaskGroup[], room: InstanceRoom): Packed {
  const unplaced: { id: string; tasks: number; why: string }[] = [];
  const daemons = groups.filter((group) => group.daemon);
  // A daemon is on every instance, so it makes every instance smaller.
  let empty: Open = { instances: 1, tasks: new Map(), used: none(), ports: new Set() };
  for (const group of daemons) {
    if (fits(group, room, empty) > 0 && !whyNot(group, room)) empty = put(empty, group, 1, 1);
    else unplaced.push({ id: group.id, tasks: 1, why: whyNot(group, room) ?? "No room is left for it." });
  }
  const weight = (group: TaskGroup): number =>
    Math.max(...resources.map((resource) => group[resource] / (room[resource] || Number.POSITIVE_INFINITY)));
  const placed = groups
    .filter((group) => !group.daemon && group.tasks > 0)
    .map((group) => ({ group, weight: weight(group) }))
    .sort((a, b) => b.weight - a.weight || (a.group.id < b.group.id ? -1 : 1));
  let bins: Open[] = [];
  for (const { group } of placed) {
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
    const each = Math.min(fits(group, room, empty), left);
    const why = whyNot(group, room);
    if (left > 0 && (each <= 0 || why)) {
      unplaced.push({ id: group.id, tasks: left, why: why ?? "No room is left beside the daemons of every instance." });
    } else if (left > 0) {
      const full = Math.floor(left / each);
      if (full > 0) next.push(put(empty, group, each, full));
      if (left % each > 0) next.push(put(empty, group, left % each, 1));
    }
    bins = next;
  }
  const instances = bins.reduce((sum, bin) => sum + bin.instances, 0);
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
