import { parseTaskCpu, parseTaskMemory } from "../aws/fargate-sizes";
import { architectureOf, type InstanceTypeFacts, instanceFacts } from "../aws/instance-types";
import { launchOf } from "../network/interfaces";
import { joins } from "../network/joins";
import { at, isOpen, itemsOf, keyOf, keyText, numberOf } from "../network/lookup";
import type { Place } from "../network/places";
import type { Ground } from "../network/walks/walk";
import type { Resource } from "../stack/stack";
import { referredBy, type Value } from "../stack/value";
import { type About, type Against, fails, unsure, written } from "./about";
import { type Bounds, type Home, homeOf, type Load, type Misfit, misfits, type Share } from "./fit";
import { shared } from "./shares";

/** Whether an instance of a place has room for a task, and all of them for all tasks. */
export function rooms({ ground, place, definition: task }: About): Against[] {
  if (place.unknown !== undefined) return [unsure(place.unknown)];
  if (place.instances.length === 0)
    return [
      place.whole
        ? fails(
            `${place.name} runs on EC2 instances, and none that this template starts joins ${clusterText(place)}. Give the cluster an Auto Scaling group whose user data sets ECS_CLUSTER, or the service LaunchType FARGATE.`,
          )
        : unsure(`The instances that run ${place.name} are not part of this template.`),
    ];
  const each = place.instances.map(({ node }) => against(ground, place, task, ground.network.lookup.resource(node)));
  const said = each.flatMap((one) => one ?? []);
  const blocked = said.filter(({ verdict }) => verdict === "blocked");
  const misfit = misfitsIn(ground).get(place.resource.id);
  const all = misfit ? [...said, misfit] : said;
  // A strategy sends each group its share; without one a single group that takes the tasks is enough.
  if (place.strategy && place.instances.length > 1) return all;
  if (blocked.length === each.length)
    return place.unsure || !place.whole ? blocked.map(({ why }) => unsure(why)) : blocked;
  const open = each.includes(undefined) ? [] : said.filter(({ verdict }) => verdict !== "blocked");
  return misfit && (misfit.verdict === "blocked" || open.length === 0) ? [misfit] : open;
}

/** What speaks against a task on the instances of a group. */
function against(ground: Ground, place: Place, task: Resource, group: Resource | undefined): Against | undefined {
  const launch = group && launchOf(ground.network.lookup, group).launch;
  if (!group || !launch)
    return unsure(`How much room the instances of ${group?.id ?? "the cluster"} have is not known here.`);
  if (launch.IamInstanceProfile === undefined)
    return fails(`The instances of ${group.id} have no instance profile, so the agent cannot join the cluster.`);
  const joined = joins(ground.network.lookup, group, place.cluster);
  if (joined === "no")
    return fails(
      `The user data of ${group.id} does not name ${clusterText(place)}, so its instances join another cluster. Write ECS_CLUSTER into /etc/ecs/ecs.config there.`,
    );
  if (joined === "unsaid")
    return unsure(
      `The user data of ${group.id} does not name ${clusterText(place)}, and whether its AMI does nobody knows here. Write ECS_CLUSTER into /etc/ecs/ecs.config there.`,
    );
  const types = typesOf(ground, group);
  const { room, type } = homeIn(ground, group);
  if (type === undefined) return unsure(`How much room the instances of ${group.id} have is not known here.`);
  const need = needOf(task);
  const architecture = written(at(task.properties.RuntimePlatform, "CpuArchitecture"));
  const made = types.map((one) => architectureOf(instanceFacts(one ?? "") as InstanceTypeFacts));
  if (architecture !== undefined && !made.some((one) => one === architecture))
    return fails(`${task.id} is made for ${architecture}, and ${type} is ${made[0]}. Change one of the two.`);
  if (need.memory > room.most.memory)
    return fails(
      `${task.id} needs ${need.memory} MiB, and ${type} has ${room.most.memory + 1}, of which the system keeps some. Use a bigger type or a smaller task.`,
    );
  if (need.cpu > room.most.cpu)
    return fails(
      `${task.id} needs ${need.cpu} CPU units, and ${type} has ${room.most.cpu}. Use a bigger type or a smaller task.`,
    );
  if (need.interfaces > room.most.interfaces)
    return fails(`${task.id} needs a network interface of its own, and ${type} has none to spare. Use a bigger type.`);
  if (need.cpu > room.least.cpu || (architecture !== undefined && made.some((one) => one !== architecture)))
    return unsure(`Not every type of ${group.id} can run ${task.id}: it launches ${type}.`);
  return need.memory > room.least.memory
    ? unsure(
        `${task.id} needs ${need.memory} MiB, nearly all of ${type}, and how much of it the system leaves no page says. Use a bigger type or a smaller task.`,
      )
    : undefined;
}

const clusterText = ({ cluster }: Place): string => keyText(keyOf(cluster ?? "default"));

const known = new WeakMap<Ground, ReadonlyMap<string, Misfit>>();

/** What speaks against all tasks of a place finding room, by logical id of the place, worked out once for a template. */
export function misfitsIn(ground: Ground): ReadonlyMap<string, Misfit> {
  const found = known.get(ground) ?? misfits(loadsOf(ground));
  known.set(ground, found);
  return found;
}

/** Everything that runs on instances of the template. */
function loadsOf(ground: Ground): Load[] {
  const places = ground.places.all.filter(
    ({ compute, managed, unsure, unknown }) => compute === "EC2" && !managed && !unsure && unknown === undefined,
  );
  const homes = new Map<string, Home>();
  // Tasks that a launch type places move no managed scaling.
  const scaled = new Set(
    places.flatMap(({ strategy, instances }) => (strategy ? instances.map(({ node = "" }) => node) : [])),
  );
  return places.flatMap((place): Load[] => {
    const groups = place.instances.flatMap(({ node }) => ground.network.lookup.resource(node) ?? []);
    if (groups.some(({ type }) => type !== "AWS::AutoScaling::AutoScalingGroup")) return [];
    for (const group of groups) if (!homes.has(group.id)) homes.set(group.id, homeIn(ground, group));
    return [loadOf(ground, place, groups, homes, scaled)];
  });
}

/** The types that a group may launch; undefined where they are chosen by other means. */
function typesOf({ network }: Ground, group: Resource): readonly (string | undefined)[] {
  const type = written(launchOf(network.lookup, group).launch?.InstanceType);
  const overrides = at(group.properties.MixedInstancesPolicy, "LaunchTemplate", "Overrides");
  if (isOpen(overrides)) return [undefined];
  const items = itemsOf(overrides) ?? [];
  return items.length === 0 ? [type] : items.map((item) => written(at(item, "InstanceType")));
}

/** The instances of an Auto Scaling group, and what each has room for. */
function homeIn(ground: Ground, group: Resource): Home {
  const types = [...new Set(typesOf(ground, group))];
  return homeOf(group.id, group.id, types.every((type) => type !== undefined) ? (types as string[]) : []);
}

/**
 * How many instances a group runs for a place. Managed scaling goes up to the maximum for tasks that the capacity
 * provider places; else it stays as it is unless something of the template scales it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
function instancesOf({ network }: Ground, group: Resource, byStrategy: boolean, scaled: boolean) {
  const { lookup } = network;
  const { MinSize, MaxSize, DesiredCapacity } = group.properties;
  const [min, max, desired] = [MinSize, MaxSize, DesiredCapacity].map((size) => numberOf(size));
  const top = Math.max(0, max ?? Number.POSITIVE_INFINITY);
  const first = DesiredCapacity === undefined ? min : desired;
  const start = Math.min(top, Math.max(0, first ?? 0));
  const provider = lookup.of("AWS::ECS::CapacityProvider").find(({ properties: { AutoScalingGroupProvider } }) => {
    const arn = at(AutoScalingGroupProvider, "AutoScalingGroupArn");
    return arn !== undefined && keyOf(arn) === group.id;
  });
  // Left out, AWS's pages do not say whether it is on.
  const status = at(provider?.properties.AutoScalingGroupProvider, "ManagedScaling", "Status");
  const managed = provider !== undefined && status !== "DISABLED";
  const grows =
    first === undefined ||
    (managed && scaled) ||
    ["AWS::AutoScaling::ScalingPolicy", "AWS::AutoScaling::ScheduledAction"].some(
      (type) => lookup.where(type, "AutoScalingGroupName", group.id).length > 0,
    ) ||
    lookup.of("AWS::AutoScalingPlans::ScalingPlan").length > 0;
  const weights = (itemsOf(at(group.properties.MixedInstancesPolicy, "LaunchTemplate", "Overrides")) ?? []).map(
    (item) => (at(item, "WeightedCapacity") === undefined ? 1 : (numberOf(at(item, "WeightedCapacity")) ?? 0)),
  );
  const heaviest = Math.max(1, ...weights);
  const certain = managed && byStrategy && status === "ENABLED" && max !== undefined ? top : start;
  const instances: Bounds = {
    least: weights.includes(0) ? 0 : Math.floor(certain / heaviest),
    most: grows ? top : start,
  };
  return { instances, held: !grows && start < top };
}

function loadOf(
  ground: Ground,
  place: Place,
  groups: readonly Resource[],
  homes: ReadonlyMap<string, Home>,
  scaled: ReadonlySet<string>,
): Load {
  const { resource, strategy, taskDefinition } = place;
  const service = resource.type === "AWS::ECS::Service";
  const tasks = service ? wantedBy(ground, resource) : 1;
  const constraints = itemsOf(resource.properties.PlacementConstraints) ?? [];
  const split = shared(
    tasks,
    groups.map(({ id }) => {
      const items = strategy?.filter(({ group }) => group === id) ?? [];
      const of = (values: readonly (Value | undefined)[]): number | undefined =>
        values.reduce<number | undefined>((sum, value) => {
          const one = value === undefined ? 0 : numberOf(value);
          return sum === undefined || one === undefined ? undefined : sum + one;
        }, 0);
      return { weight: of(items.map(({ weight }) => weight)), base: of(items.map(({ base }) => base)) };
    }),
    strategy !== undefined,
  );
  const shares = groups.map(
    (group, index): Share => ({
      home: homes.get(group.id) as Home,
      tasks: split[index] as Bounds,
      ...instancesOf(ground, group, strategy !== undefined, scaled.has(group.id)),
    }),
  );
  return {
    key: resource.id,
    name: resource.id,
    ...needOf(taskDefinition),
    ports: hostPorts(taskDefinition),
    apart: constraints.some((one) => at(one, "Type") === "distinctInstance"),
    daemon: resource.properties.SchedulingStrategy === "DAEMON",
    stays: service,
    tasks,
    shares,
    anywhere: strategy === undefined || (groups.length === 1 && strategy.every(({ group }) => group !== undefined)),
    whole: place.whole,
  };
}

/**
 * How many tasks a service runs: as it is written, else the fewest of its scaling, else one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
 */
function wantedBy({ network }: Ground, { id, properties }: Resource): number | undefined {
  const { DesiredCount } = properties;
  if (DesiredCount !== undefined) return numberOf(DesiredCount);
  const target = network.lookup
    .of("AWS::ApplicationAutoScaling::ScalableTarget")
    .find(({ properties: { ResourceId } }) => ResourceId !== undefined && referredBy(ResourceId).has(id));
  return target ? numberOf(target.properties.MinCapacity) : 1;
}

/** What a task asks of an instance. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
function needOf({ properties }: Resource): { cpu: number; memory: number; interfaces: number } {
  const { Cpu, Memory, ContainerDefinitions, NetworkMode } = properties;
  const containers = itemsOf(ContainerDefinitions) ?? [];
  const sum = (of: (container: Value) => Value | undefined): number =>
    containers.reduce<number>((all, one) => all + Math.max(0, numberOf(of(one)) ?? 0), 0);
  return {
    cpu: parseTaskCpu(written(Cpu) ?? "") ?? sum((one) => at(one, "Cpu")),
    memory: parseTaskMemory(written(Memory) ?? "") ?? sum((one) => at(one, "MemoryReservation") ?? at(one, "Memory")),
    interfaces: NetworkMode === "awsvpc" ? 1 : 0,
  };
}

/** Ports of an instance that a task takes for itself. */
function hostPorts({ properties: { ContainerDefinitions, NetworkMode } }: Resource): string[] {
  if (NetworkMode === "awsvpc" || NetworkMode === "none" || isOpen(NetworkMode)) return [];
  return (itemsOf(ContainerDefinitions) ?? []).flatMap((container) =>
    (itemsOf(at(container, "PortMappings")) ?? []).flatMap((mapping) => {
      const inside = numberOf(at(mapping, "ContainerPort"));
      const port = NetworkMode === "host" ? inside : numberOf(at(mapping, "HostPort"));
      return port === undefined || port === 0 ? [] : [`${written(at(mapping, "Protocol")) ?? "tcp"}/${port}`];
    }),
  );
}
