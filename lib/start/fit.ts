import { interfacesOf } from "../aws/instance-interfaces";
import { certainMemoryOf, cpuUnitsOf, type InstanceTypeFacts, instanceFacts } from "../aws/instance-types";
import { count, list } from "../core/text";
import type { Verdict } from "../network/flow";

/** What an instance has for tasks: CPU units, MiB, network interfaces. */
export interface Room {
  cpu: number;
  memory: number;
  interfaces: number;
}

/** A number of which only bounds are known. */
export interface Bounds {
  least: number;
  most: number;
}

/** Alike instances. */
export interface Home {
  key: string;
  name: string;
  /** "m5.large"; undefined where nobody knows. */
  type: string | undefined;
  /** What each is certain to leave to tasks, and what it has at the most. */
  room: { least: Room; most: Room };
}

/** A home of tasks: how many of them land there, and on how many instances. */
export interface Share {
  home: Home;
  tasks: Bounds;
  instances: Bounds;
  /** True where nothing starts more instances than there are at first. */
  held: boolean;
}

/** Alike tasks: of a service, or of what starts single ones. */
export interface Load extends Room {
  key: string;
  name: string;
  /** Host ports: "tcp/80". */
  ports: readonly string[];
  /** Each on an instance of its own. */
  apart: boolean;
  /** One on every instance, before all others. */
  daemon: boolean;
  /** False for tasks that come and go. */
  stays: boolean;
  /** Undefined: nobody knows. */
  tasks: number | undefined;
  shares: readonly Share[];
  /** True where ECS may put every task into each of the homes, false where a strategy shares them out. */
  anywhere: boolean;
  /** True where no other instance can run them. */
  whole: boolean;
}

/** What speaks against all tasks finding room: a full sentence, and the home where it is to be mended. */
export interface Misfit {
  verdict: Exclude<Verdict, "open">;
  why: string;
  home: Home;
  /** True where nothing starts more of its instances. */
  held: boolean;
}

const resources = ["cpu", "memory", "interfaces"] as const;
const UNKNOWN: Home["room"] = {
  least: { cpu: 0, memory: 0, interfaces: 0 },
  most: { cpu: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY, interfaces: Number.POSITIVE_INFINITY },
};

/**
 * What instances of some types leave to tasks: of several types it may be the smallest and the largest. Trunking, which
 * multiplies interfaces, is a setting of the account.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
 */
export function roomOf(types: readonly string[]): Home["room"] | undefined {
  const facts = types.flatMap((type) => instanceFacts(type) ?? []);
  if (facts.length === 0 || facts.length < types.length) return undefined;
  const over = (pick: (...all: number[]) => number, of: (one: InstanceTypeFacts) => number) => pick(...facts.map(of));
  const links = types.map((type) => interfacesOf(type));
  // The first interface is the instance's own.
  const least = links.map((one) => (one ? one.interfaces - 1 : 0));
  const most = links.map((one) => (one && !one.trunking ? one.interfaces - 1 : Number.POSITIVE_INFINITY));
  return {
    least: { cpu: over(Math.min, cpuUnitsOf), memory: over(Math.min, certainMemoryOf), interfaces: Math.min(...least) },
    most: {
      cpu: over(Math.max, cpuUnitsOf),
      // Never all of it: the system keeps some.
      memory: over(Math.max, ({ memoryGiB }) => memoryGiB * 1024) - 1,
      interfaces: Math.max(...most),
    },
  };
}

export const homeOf = (key: string, name: string, types: readonly string[]): Home => {
  const room = roomOf(types);
  return { key, name, type: room && types.length > 0 ? list(types, "or") : undefined, room: room ?? UNKNOWN };
};

/** How many times a need goes into what there is; no need goes in without end. */
const times = (total: number, need: number): number => (need > 0 ? Math.floor(total / need) : Number.POSITIVE_INFINITY);

/** What lands in a home together. */
interface Tenants {
  daemons: Load[];
  /** Needs of all tasks that stay and may land there. */
  total: Room;
  /** Tasks by the host port that they take. */
  ports: Map<string, number>;
  loads: Load[];
  /** Instances at the most, whoever asks. */
  instances: number;
}

/**
 * Whether all tasks of some loads find room, load by load. It fails where no way of placing them has room for all; it
 * passes where every way has. What ECS happens to choose decides the rest.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
 */
export function misfits(loads: readonly Load[]): ReadonlyMap<string, Misfit> {
  const tenants = tenantsOf(loads);
  const found = new Map<string, Misfit>();
  for (const load of loads) {
    const alone = load.whole && load.shares.length > 0 ? tooMany(load, tenants) : undefined;
    if (alone) found.set(load.key, alone);
  }
  for (const group of groupsOf(loads.filter((load) => load.stays && load.whole && !found.has(load.key)))) {
    const together = crowded(group, tenants);
    for (const load of together ? group : []) found.set(load.key, together as Misfit);
  }
  for (const load of loads) {
    const open = found.has(load.key) ? undefined : doubtful(load, tenants);
    if (open) found.set(load.key, open);
  }
  return found;
}

function tenantsOf(loads: readonly Load[]): Map<string, Tenants> {
  const all = new Map<string, Tenants>();
  for (const load of loads) {
    for (const { home, tasks, instances } of load.shares) {
      const known: Tenants = all.get(home.key) ?? {
        daemons: [],
        total: { cpu: 0, memory: 0, interfaces: 0 },
        ports: new Map(),
        loads: [],
        instances: 0,
      };
      all.set(home.key, known);
      known.instances = Math.max(known.instances, instances.most);
      if (load.daemon) {
        known.daemons.push(load);
        continue;
      }
      if (!load.stays || tasks.most === 0) continue;
      known.loads.push(load);
      for (const resource of resources) known.total[resource] += load[resource] === 0 ? 0 : tasks.most * load[resource];
      for (const port of load.ports) known.ports.set(port, (known.ports.get(port) ?? 0) + tasks.most);
    }
  }
  return all;
}

/** What daemons leave of a room, another daemon's needs aside. */
function left(room: Room, { daemons }: Tenants, load?: Load): Room {
  const rest = { ...room };
  for (const one of daemons) if (one !== load) for (const resource of resources) rest[resource] -= one[resource];
  return rest;
}

/** Tasks of a load that an instance with this room takes while nothing else is there but daemons. */
function copies(room: Room, load: Load, tenants: Tenants): number {
  const taken = tenants.daemons.some((one) => one !== load && one.ports.some((port) => load.ports.includes(port)));
  if (taken) return 0;
  const single = load.apart || load.daemon || load.ports.length > 0 ? 1 : Number.POSITIVE_INFINITY;
  const rest = left(room, tenants, load);
  return Math.max(0, Math.min(single, ...resources.map((resource) => times(rest[resource], load[resource]))));
}

const product = (instances: number, each: number): number => (instances === 0 || each === 0 ? 0 : instances * each);

/** "the at most 2 t3.small instances of Instances have". */
function instancesHave(shares: readonly Share[]): string {
  const parts = shares.map(({ home, instances: { most }, held }) => {
    const what = `${home.type === undefined ? "" : `${home.type} `}instance`;
    return Number.isFinite(most)
      ? `${held ? "" : "at most "}${count(most, what)} of ${home.name}`
      : `${what}s of ${home.name}`;
  });
  return `the ${list(parts)} ${shares.length === 1 && shares[0]?.instances.most === 1 ? "has" : "have"}`;
}

const mend = (shares: readonly Share[]): string =>
  shares.some(({ held }) => held)
    ? "Nothing here starts more instances: raise the desired capacity, place the tasks by a capacity provider with managed scaling, use a bigger type or run fewer tasks."
    : "Raise the maximum, use a bigger type or run fewer tasks.";

/** More tasks than the instances take of them alone. */
function tooMany(load: Load, tenants: ReadonlyMap<string, Tenants>): Misfit | undefined {
  const { shares, tasks, name } = load;
  const [first] = shares;
  if (!first) return undefined;
  const rooms = shares.map(({ home, instances }) =>
    product(instances.most, copies(home.room.most, load, tenants.get(home.key) as Tenants)),
  );
  if (load.daemon) {
    const at = shares.find(({ home }) => copies(home.room.most, load, tenants.get(home.key) as Tenants) < 1);
    const others = at && (tenants.get(at.home.key)?.daemons ?? []).filter((one) => one !== load);
    if (!at || !others || others.length === 0) return undefined;
    return {
      verdict: "blocked",
      home: at.home,
      held: false,
      why: `An instance of ${at.home.name} has no room for ${name} beside ${namesOf(others)}, which run on each as well. Use a bigger type, or other host ports.`,
    };
  }
  const all = rooms.reduce((sum, one) => sum + one, 0);
  const short = shares.findIndex((share, index) => share.tasks.least > (rooms[index] as number));
  const wanted = tasks === undefined ? (shares[short]?.tasks.least ?? 0) : tasks;
  if (wanted <= all && short < 0) return undefined;
  const where = wanted > all ? shares : [shares[short] as Share];
  const room = wanted > all ? all : (rooms[short] as number);
  const sent = wanted > all ? wanted : (shares[short]?.tasks.least as number);
  const what =
    wanted > all ? `${name} wants ${count(sent, "task")}` : `The strategy of ${name} puts ${count(sent, "task")} there`;
  const waits = load.stays ? `would wait for ever` : `would not start`;
  return {
    verdict: "blocked",
    home: (where[0] as Share).home,
    held: where[0]?.held === true,
    why: `${what}, and ${instancesHave(where)} room for ${room}, so ${count(sent - room, "task")} ${waits}. ${mend(where)}`,
  };
}

const namesOf = (loads: readonly Load[]): string =>
  loads.length > 3
    ? `${loads
        .slice(0, 2)
        .map(({ name }) => name)
        .join(", ")} and ${loads.length - 2} more`
    : list(loads.map(({ name }) => name));

/** Loads that nothing but the same homes can take. */
function groupsOf(loads: readonly Load[]): Load[][] {
  const groups = new Map<string, Load[]>();
  for (const load of loads) {
    if (load.daemon || load.tasks === undefined || load.tasks <= 0) continue;
    const key = load.shares
      .map(({ home }) => home.key)
      .sort()
      .join(" ");
    groups.set(key, [...(groups.get(key) ?? []), load]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Up to how many times a need is looked for in an instance. */
const DEEPEST = 6;

/** Several loads that cannot all have room, however they are placed. */
function crowded(group: readonly Load[], tenants: ReadonlyMap<string, Tenants>): Misfit | undefined {
  const [first] = group;
  const homes = (first?.shares ?? []).map(({ home }) => home);
  const [home] = homes;
  if (!first || !home) return undefined;
  const number = homes.reduce((sum, { key }) => sum + (tenants.get(key)?.instances ?? 0), 0);
  const rest = homes.map((one) => left(one.room.most, tenants.get(one.key) as Tenants));
  const lacks = resources.find((resource) => {
    const needs = group.flatMap((load) =>
      load[resource] > 0 ? [{ need: load[resource], tasks: load.tasks ?? 0 }] : [],
    );
    const largest = Math.max(...rest.map((room) => room[resource]));
    if (!Number.isFinite(largest) || !Number.isFinite(number)) return false;
    const total = needs.reduce((sum, { need, tasks }) => sum + need * tasks, 0);
    const there = homes.reduce(
      (sum, { key }, index) => sum + product(tenants.get(key)?.instances ?? 0, (rest[index] as Room)[resource]),
      0,
    );
    return total > there || needs.some(() => unpackable(needs, largest, number));
  });
  const port = [...new Set(group.flatMap(({ ports }) => ports))].find(
    (one) => group.reduce((sum, { ports, tasks }) => sum + (ports.includes(one) ? (tasks ?? 0) : 0), 0) > number,
  );
  if (lacks === undefined && port === undefined) return undefined;
  const words = {
    cpu: "their CPU does not suffice",
    memory: "their memory does not suffice",
    interfaces: "their network interfaces do not suffice",
  } as const;
  const why = lacks === undefined ? `host port ${port} is there once on each` : words[lacks];
  const sum = group.reduce((all, { tasks }) => all + (tasks ?? 0), 0);
  return {
    verdict: "blocked",
    home,
    held: first.shares[0]?.held === true,
    why: `${namesOf(group)} want ${count(sum, "task")} together, and ${instancesHave(first.shares)} no room for all of them: ${why}. Some would wait for ever, and the deployment with them. ${mend(first.shares)}`,
  };
}

/**
 * Whether needs certainly want more instances than there are, by dual feasible functions, which let no need weigh more
 * than the share of an instance that it keeps from others. Fekete and Schepers, New classes of fast lower bounds for bin
 * packing problems, Mathematical Programming 91 (2001).
 */
function unpackable(needs: readonly { need: number; tasks: number }[], size: number, number: number): boolean {
  for (let k = 1; k <= DEEPEST; k += 1) {
    // In k-ths of an instance, k times enlarged, so that whole numbers stay whole.
    const weighed = needs.reduce((sum, { need, tasks }) => {
      const parts = ((k + 1) * need) / size;
      return sum + tasks * (Number.isInteger(parts) ? (k * need) / size : Math.floor(parts));
    }, 0);
    if (weighed > k * number * (1 + 1e-9)) return true;
  }
  return false;
}

/** Tasks that may find no room, depending on what else is there and where ECS puts it. */
function doubtful(load: Load, tenants: ReadonlyMap<string, Tenants>): Misfit | undefined {
  const { shares, tasks, name } = load;
  if (load.daemon || tasks === 0 || shares.length === 0 || shares.some(({ home }) => home.type === undefined))
    return undefined;
  const sure = (share: Share): boolean => alwaysFits(load, share, tenants.get(share.home.key) as Tenants);
  // A strategy sends each home its share; without one, a single home that has room for all is enough.
  const sent = shares.filter(({ tasks: { most } }) => most > 0);
  if (tasks !== undefined && (load.anywhere ? shares.some(sure) : load.whole && sent.every(sure))) return undefined;
  const others = [...new Set(shares.flatMap(({ home }) => tenants.get(home.key)?.loads ?? []))].filter(
    (one) => one !== load,
  );
  const strange = others.filter((one) => one.tasks === undefined);
  const why =
    tasks === undefined
      ? `how many tasks it runs is known only when the template is deployed`
      : strange.length > 0
        ? `how many tasks of ${namesOf(strange)} run beside them is known only when the template is deployed`
        : shares.some(({ instances }) => !Number.isFinite(instances.most))
          ? "how many instances there may be is known only when the template is deployed"
          : !load.whole
            ? "it may use instances of which nothing is known here"
            : others.length > 0
              ? `it depends on where ECS puts them and those of ${namesOf(others)}`
              : "it depends on how many instances run and what the system leaves of each";
  return {
    verdict: "unknowable",
    home: (shares[0] as Share).home,
    held: shares[0]?.held === true,
    why: `Whether ${instancesHave(shares)} room for ${tasks === undefined ? "all tasks" : count(tasks, "task")} of ${name} is not certain: ${why}. ${mend(shares)}`,
  };
}

/** Whether a share finds room wherever ECS puts everything. */
function alwaysFits(load: Load, { home, tasks, instances }: Share, tenants: Tenants): boolean {
  const mine = tasks.most;
  const room = home.room.least;
  if (!Number.isFinite(mine)) return false;
  const others = {} as Room;
  const counted = tenants.loads.includes(load);
  for (const resource of resources)
    others[resource] = tenants.total[resource] - (counted && load[resource] > 0 ? mine * load[resource] : 0);
  const taken = load.ports.reduce((sum, port) => sum + (tenants.ports.get(port) ?? 0) - (counted ? mine : 0), 0);
  // All the others on every instance at once.
  const rest = { ...room };
  for (const resource of resources) rest[resource] -= others[resource];
  if (taken === 0 && product(instances.least, copies(rest, load, tenants)) >= mine) return true;
  // Instances that the others and the rest of its own may fill so far that one more does not fit.
  const free = left(room, tenants, load);
  if (copies(room, load, tenants) < 1) return false;
  const own = mine - 1;
  const full = resources.map((resource) => {
    const need = load[resource];
    if (need === 0) return 0;
    // So much of the others keeps one more out: what they need comes in steps of their common divisor.
    const step = tenants.loads.reduce((common, one) => divisor(common, one[resource]), need);
    const most = (Math.floor((Math.floor(free[resource]) - need) / step) + 1) * step;
    return Math.floor((others[resource] + own * need) / most);
  });
  const single = load.apart || load.ports.length > 0 ? own : 0;
  return full.reduce((sum, one) => sum + one, 0) + single + taken < instances.least;
}

/** The greatest common divisor of whole numbers. */
function divisor(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right !== 0) [left, right] = [right, left % right];
  return left;
}
