import { certainMemoryOf, instanceFacts } from "../aws/instance-types";
import { isKind } from "../model/build";
import type { Model, ModelNode } from "../model/model";
import { capacityOf, clusterOf, containersOf, networkModeOf, type Placement, placementsOf } from "../model/queries";
import { taskRangeOf } from "../model/scaling";
import type { TaskPlace } from "../network/flow";
import { isWiredToGeneric } from "../rules/generics";
import { claimsOf } from "../rules/task-definition/sizes";
import { providersOf } from "../rules/workloads";
import type { Besides } from "./checks";
import { type Bounds, type Home, homeOf, type Load, type Misfit, misfits, type Share } from "./fit";
import { shared } from "./shares";

type Capacity = ModelNode<"asgCapacityProvider">;

/**
 * Whether the instances have room for all tasks that are meant to run on them, and whether the system leaves enough
 * memory for one. That one does not fit at all is a finding of its own.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export function roomDoubts(model: Model, place: TaskPlace): Besides[] {
  const task = model.node(place.taskDefinition);
  if (!task || !isKind(task, "taskDefinition")) return [];
  const placement = placementsOf(model, task).find(({ service, edge }) =>
    place.edge === undefined ? service?.id === place.node : edge?.id === place.edge,
  );
  if (placement?.launch !== "EC2") return [];
  const { memory } = needOf(placement);
  const homes = providersOf(placement).map(({ id, props: { instanceType: type } }) => {
    const facts = instanceFacts(type);
    return { id, type, whole: (facts?.memoryGiB ?? 0) * 1024, certain: facts ? certainMemoryOf(facts) : 0 };
  });
  const [first] = homes;
  // Types outside the table, no capacity at all, or none that is big enough: rules speak of it.
  if (!first || homes.some(({ whole }) => whole === 0) || homes.every(({ whole }) => memory >= whole)) return [];
  if (homes.every(({ certain }) => memory > certain)) {
    return [
      {
        verdict: "unknowable",
        why: `${task.name} needs ${memory} MiB, nearly all of a ${first.type}, and how much of it the system leaves no page says. Use a bigger type or a smaller task.`,
        at: { node: first.id, field: "/instanceType" },
      },
    ];
  }
  const misfit = misfitsIn(model).get(keyOf(placement));
  if (!misfit) return [];
  const { verdict, why, home } = misfit;
  return [{ verdict, why, at: { node: home.key, field: misfit.held ? "/desiredCapacity" : "/maxSize" } }];
}

const known = new WeakMap<Model, ReadonlyMap<string, Misfit>>();

function misfitsIn(model: Model): ReadonlyMap<string, Misfit> {
  const found = known.get(model) ?? misfits(loadsOf(model));
  known.set(model, found);
  return found;
}

const keyOf = ({ service, edge }: Placement): string => edge?.id ?? service?.id ?? "";

function loadsOf(model: Model): Load[] {
  const placements = model
    .of("taskDefinition")
    .flatMap((task) => placementsOf(model, task).filter(({ launch }) => launch === "EC2"));
  const homes = new Map(
    model.of("asgCapacityProvider").map((one) => [one.id, homeOf(one.id, one.name, [one.props.instanceType])]),
  );
  // Tasks that a launch type places move no managed scaling.
  const scaled = new Set(placements.flatMap(({ service }) => chosenBy(service).map(({ provider }) => provider.id)));
  return placements.map((placement) => loadOf(model, placement, homes, scaled));
}

const chosenBy = (service: Placement["service"]): ReturnType<typeof capacityOf> =>
  service ? capacityOf(service as ModelNode) : [];

function loadOf(
  model: Model,
  placement: Placement,
  homes: ReadonlyMap<string, Home>,
  scaled: ReadonlySet<string>,
): Load {
  const { service, edge, taskDefinition } = placement;
  const providers = providersOf(placement);
  const chosen = chosenBy(service);
  const wanted = service ? taskRangeOf(service)?.min : edge?.props.taskCount;
  const split = shared(
    wanted,
    providers.map(({ id }) => chosen.find(({ provider }) => provider.id === id)?.edge.props ?? { weight: 0, base: 0 }),
    chosen.length > 0,
  );
  const shares = providers.map(
    (provider, index): Share => ({
      home: homes.get(provider.id) as Home,
      tasks: split[index] as Bounds,
      ...instancesOf(provider, chosen.length > 0, scaled.has(provider.id)),
    }),
  );
  const cluster = service ? clusterOf(service) : placement.cluster;
  return {
    key: keyOf(placement),
    name: (service ?? edge?.from ?? taskDefinition).name,
    ...needOf(placement),
    interfaces: networkModeOf(taskDefinition) === "awsvpc" ? 1 : 0,
    ports: hostPorts(taskDefinition),
    apart: service?.props.placementConstraints.some(({ type }) => type === "distinctInstance") ?? false,
    daemon: service?.props.schedulingStrategy === "DAEMON",
    stays: service !== undefined,
    tasks: wanted,
    shares,
    anywhere: chosen.length === 0 || providers.length === 1,
    // Instances that a generic resource brings are not known here.
    whole: chosen.length > 0 || (cluster !== undefined && !isWiredToGeneric(model, cluster)),
  };
}

/**
 * Managed scaling goes up to the maximum for tasks that the provider places; else nothing changes the number of instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
function instancesOf({ props }: Capacity, byStrategy: boolean, scaled: boolean): Pick<Share, "instances" | "held"> {
  const top = Math.max(0, props.maxSize);
  const start = Math.min(top, Math.max(0, props.desiredCapacity ?? props.minSize));
  const grows = props.managedScaling && scaled;
  return {
    instances: { least: props.managedScaling && byStrategy ? top : start, most: grows ? top : start },
    held: !grows && start < top,
  };
}

function needOf({ taskDefinition }: Placement): { cpu: number; memory: number } {
  const claims = claimsOf(taskDefinition);
  const { cpu = claims.cpu, memory = claims.memory } = taskDefinition.props;
  return { cpu: Math.max(0, cpu), memory: Math.max(0, memory) };
}

/** Ports of an instance that a task takes for itself. */
function hostPorts(task: ModelNode<"taskDefinition">): string[] {
  const mode = networkModeOf(task);
  return containersOf(task).flatMap(({ portMappings }) =>
    portMappings.flatMap(({ containerPort, hostPort, protocol }) => {
      const port = mode === "host" ? containerPort : mode === "bridge" ? hostPort : undefined;
      return port === undefined || port === 0 ? [] : [`${protocol}/${port}`];
    }),
  );
}

/**
 * Public addresses that tasks on instances do not get, so that ECS refuses whoever asks for them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
 */
export function addressDoubts(model: Model, place: TaskPlace): Besides[] {
  if (place.compute !== "EC2" || !place.ownInterface || !place.assignPublicIp) return [];
  const runner = model.node(place.node)?.name ?? place.node;
  const why = `Tasks on instances get no public address, and ${runner} asks for one. Turn it off, and use private subnets with NAT for a way out.`;
  const at = place.edge === undefined ? { node: place.node } : { edge: place.edge };
  return [{ verdict: "blocked", why, at: { ...at, field: "/assignPublicIp" } }];
}
