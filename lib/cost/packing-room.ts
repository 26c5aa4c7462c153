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

/** Instances as they are filled. */
export interface Fill {
  instances: number;
  tasks: Map<string, number>;
  used: Record<PackedResource, number>;
  ports: Set<string>;
}

export const none = (): Record<PackedResource, number> => ({ cpu: 0, memory: 0, interfaces: 0, gpus: 0 });

/** How many more tasks of a group one instance takes. */
export function fits(group: TaskGroup, room: InstanceRoom, bin: Pick<Fill, "used" | "ports" | "tasks">): number {
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

/** The same with tasks of a group on it. */
export function put(bin: Fill, group: TaskGroup, tasks: number, instances: number): Fill {
  const used = { ...bin.used };
  for (const resource of resources) used[resource] += group[resource] * tasks;
  return {
    instances,
    tasks: new Map(bin.tasks).set(group.id, (bin.tasks.get(group.id) ?? 0) + tasks),
    used,
    ports: group.hostPorts.length > 0 ? new Set([...bin.ports, ...group.hostPorts]) : bin.ports,
  };
}
