import { interfacesOf } from "../../aws/instance-interfaces";
import { certainMemoryOf, instanceFacts } from "../../aws/instance-types";
import type { Model, ModelNode } from "../../model/model";
import { capacityOf, clusterOf, containersOf, launchOf, networkModeOf, taskDefinitionOf } from "../../model/queries";
import type { Ledger } from "../ledger";
import type { InstanceRoom, PackedResource, TaskGroup } from "../packing";
import { isRunning, type Running } from "../running";
import { shares } from "./strategy";

type Service = ModelNode<"service">;
type Definition = ModelNode<"taskDefinition">;
type Capacity = ModelNode<"asgCapacityProvider">;

/** Which services place how many tasks on each EC2 capacity. */
export interface Placed {
  groups: TaskGroup[];
  /** The same when services that scale run as many tasks as they may. */
  atMost: TaskGroup[];
  /** In words: how many tasks of services that scale run on average, and what of that was assumed. */
  assumed: string[];
  /** In sentences. */
  notes: string[];
}

const nothing = (): Placed => ({ groups: [], atMost: [], assumed: [], notes: [] });

interface Placements {
  /** By node id of the capacity. */
  on: Map<string, Placed>;
  /** By node id of a service: the EC2 capacities that its tasks run on. */
  homes: Map<string, readonly Capacity[]>;
  /** By node id of a cluster. */
  inCluster: Map<string, Capacity[]>;
}
const cache = new WeakMap<object, Placements>();

/** Worked out once for all of a model, or of a ledger, which knows how many tasks of a service run. */
function placements(of: Model | Ledger): Placements {
  let placed = cache.get(of);
  if (!placed) {
    placed = "model" in of ? placeAll(of.model, of) : placeAll(of);
    cache.set(of, placed);
  }
  return placed;
}

/** The tasks on one EC2 capacity. */
export const tasksOn = (ledger: Ledger, capacity: Capacity): Placed =>
  placements(ledger).on.get(capacity.id) ?? nothing();

/** The capacity in a cluster that takes tasks which name none; undefined where it has none. */
export const capacityIn = (model: Model, cluster: string | undefined): Capacity | undefined =>
  placements(model).inCluster.get(cluster ?? "")?.[0];

/** The EC2 capacities that a service's tasks may be placed on, those of its strategy in order. */
export const capacitiesFor = (model: Model, service: Service): readonly Capacity[] =>
  placements(model).homes.get(service.id) ?? [];

/** True for a service on EC2 when the design draws instances for it. */
export const hasInstances = (model: Model, service: Service): boolean => capacitiesFor(model, service).length > 0;

function placeAll(model: Model, ledger?: Ledger): Placements {
  const all = new Map<string, Placed>();
  const homesOf = new Map<string, readonly Capacity[]>();
  const inCluster = new Map<string, Capacity[]>();
  for (const capacity of model.of("asgCapacityProvider")) {
    all.set(capacity.id, nothing());
    const cluster = clusterOf(capacity as ModelNode)?.id ?? "";
    inCluster.set(cluster, [...(inCluster.get(cluster) ?? []), capacity]);
  }
  for (const service of model.of("service")) {
    if (launchOf(service) !== "EC2") continue;
    const named = capacityOf(service as ModelNode);
    const around = inCluster.get(clusterOf(service as ModelNode)?.id ?? "") ?? [];
    const daemon = service.props.schedulingStrategy === "DAEMON";
    // A daemon is on every instance of its cluster; a service without a strategy may be on any of them.
    const homes = daemon ? around : named.length > 0 ? named.map(({ provider }) => provider) : around.slice(0, 1);
    homesOf.set(service.id, homes);
    const running = ledger?.tasksOf(service);
    const tasks = running && isRunning(running) ? wholeTasks(running) : undefined;
    const split = (of: number): number[] =>
      named.length > 0 && !daemon
        ? shares(
            of,
            named.map(({ edge }) => edge.props),
          )
        : homes.map(() => of);
    const scaled = running && isRunning(running) && running.scaled ? running : undefined;
    const [now, most] = [split(tasks ?? 0), split(scaled ? Math.max(tasks ?? 0, scaled.most) : (tasks ?? 0))];
    for (const [at, home] of homes.entries()) {
      const place = all.get(home.id);
      if (!place) continue;
      if (tasks === undefined && !daemon) {
        const why = running && !isRunning(running) ? running.why : "It does not say how many tasks it runs.";
        place.notes.push(`None of ${service.name} is packed: ${why}`);
      } else {
        place.groups.push(groupOf(service, daemon ? 1 : (now[at] ?? 0), daemon));
        place.atMost.push(groupOf(service, daemon ? 1 : (most[at] ?? 0), daemon));
        if (scaled) place.assumed.push(`${service.name}: ${scaled.note}`, ...scaled.assumed);
      }
      if (named.length === 0 && !daemon && around.length > 1)
        place.notes.push(`${service.name} names no capacity; all of its tasks are packed here.`);
    }
  }
  return { on: all, homes: homesOf, inCluster };
}

/** Tasks that a rule or schedule starts, as they are packed. */
export const startedGroup = (id: string, definition: Definition, tasks: number): TaskGroup => ({
  id,
  tasks,
  ...sizeOf(definition),
});

/** Tasks that are there at once: instances are whole, and each of them waits for the next task. */
const wholeTasks = ({ tasks }: Running): number => Math.ceil(Number(tasks.toFixed(6)));

/** What one task of a service asks of an instance. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export function groupOf(service: Service, tasks: number, daemon: boolean): TaskGroup {
  const definition = taskDefinitionOf(service as ModelNode);
  const group = { id: service.id, tasks, daemon, apart: isApart(service) };
  if (!definition) return { ...group, cpu: 0, memory: 0, interfaces: 0, gpus: 0, hostPorts: [] };
  return { ...group, ...sizeOf(definition) };
}

function sizeOf(definition: Definition): Pick<TaskGroup, PackedResource | "hostPorts"> {
  const containers = containersOf(definition);
  const sum = (of: (container: (typeof containers)[number]) => number | undefined): number =>
    containers.reduce((total, container) => total + (of(container) ?? 0), 0);
  const mode = networkModeOf(definition);
  const hostPorts = containers.flatMap(({ portMappings }) =>
    portMappings.flatMap(({ containerPort, hostPort, protocol }) => {
      const port = mode === "host" ? (containerPort ?? hostPort) : mode === "bridge" ? hostPort : undefined;
      return port === undefined || port === 0 ? [] : [`${protocol}/${port}`];
    }),
  );
  return {
    cpu: Math.max(0, definition.props.cpu ?? sum(({ cpu }) => cpu)),
    memory: Math.max(0, definition.props.memory ?? sum(({ memory, memoryReservation }) => memoryReservation ?? memory)),
    interfaces: mode === "awsvpc" ? 1 : 0,
    gpus: sum(({ resourceRequirements }) =>
      (resourceRequirements ?? []).reduce(
        (count, { type, value }) => count + (type === "GPU" ? Math.max(0, Number(value) || 0) : 0),
        0,
      ),
    ),
    hostPorts,
  };
}

const isApart = (service: Service): boolean =>
  service.props.placementConstraints.some(({ type }) => type === "distinctInstance");

/** What an instance of a type has room for; undefined for a type that is not in the table. */
export function roomOf(type: string): { room: InstanceRoom; certainMemory: number; notes: string[] } | undefined {
  const facts = instanceFacts(type);
  if (!facts) return undefined;
  const interfaces = interfacesOf(type);
  return {
    room: {
      cpu: facts.vcpu * 1024,
      memory: facts.memoryGiB * 1024,
      // The first belongs to the instance itself.
      interfaces: interfaces && interfaces.interfaces - 1,
      gpus: facts.gpus,
    },
    certainMemory: certainMemoryOf(facts),
    notes: [
      "What the operating system and the ECS agent keep of an instance's memory is not known, so none is taken off.",
      ...(interfaces === undefined ? [`How many network interfaces ${type} has is unknown for this type.`] : []),
      ...(interfaces?.trunking ? ["Interfaces are counted without ENI trunking."] : []),
    ],
  };
}
