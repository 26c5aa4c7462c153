import type { Os } from "../aws/fargate-sizes";
import { ephemeralPorts, ephemeralPortsFor } from "../aws/ports";
import { osOf } from "../aws/runtime-platforms";
import { originsAt, type Resource } from "../stack/stack";
import { targetOf, type Value } from "../stack/value";
import type { Ports } from "./addresses";
import {
  type Interfaces,
  instanceInterfaces,
  managedInterfaces,
  type Network,
  resourceName,
  taskInterfaces,
} from "./interfaces";
import { joins } from "./joins";
import { at, isOpen, itemsOf, keyOf, type Lookup, nodeOf, numberOf } from "./lookup";

/** A place where the stack runs a task definition: a service, or a target that starts single tasks. */
export interface Place {
  /** The service, the rule or the schedule. */
  resource: Resource;
  name: string;
  /** Node of the service, rule or schedule; edge of a RunTask target. */
  node: string | undefined;
  edge: string | undefined;
  taskDefinition: Resource;
  compute: "FARGATE" | "EC2";
  /** True where the cluster or a value that only the deployment knows may choose another compute. */
  unsure: boolean;
  /** As it is written; undefined: the one that is called default. */
  cluster: Value | undefined;
  /** Launch type, capacity provider strategy and network as they are written. */
  written: { launchType: Value | undefined; strategy: Value | undefined; configuration: Value | undefined };
  /** True where Amazon ECS launches the instances itself (Managed Instances). */
  managed: boolean;
  /** The task's own interface (awsvpc). */
  own: Interfaces | undefined;
  /** Undefined: only the deployment knows. */
  assignPublicIp: boolean | undefined;
  /** The instances it may land on, one entry per Auto Scaling group or managed provider; empty where the stack holds none, or on Fargate. */
  instances: readonly Instances[];
  /** How a capacity provider strategy shares the tasks among the groups; undefined where a launch type places them. */
  strategy: readonly Share[] | undefined;
  /** True where nothing outside of `instances` can run its tasks. */
  whole: boolean;
  /** Why nobody can say whose interfaces the tasks use, where that is so: a sentence. */
  unknown?: string;
  /** Why no packet reaches its tasks or leaves them, where that is so: a sentence. */
  apart?: string;
}

/** An entry of a capacity provider strategy. */
export interface Share {
  /** Logical id of the Auto Scaling group, or of the managed provider; undefined: not part of the template. */
  group: string | undefined;
  weight: Value | undefined;
  base: Value | undefined;
}

/** Interfaces of instances, and whether each has a public address; undefined: not known. */
export type Instances = Interfaces & { publicAddress: boolean | undefined };

/** Where the packets of a task come from and go to: its own interface, else those of the instances. */
export const endsOf = (place: Place): readonly Interfaces[] => (place.own ? [place.own] : place.instances);

export interface Places {
  all: readonly Place[];
  ofService(id: string): Place | undefined;
  /** By logical id of the task definition. */
  of(taskDefinition: string): readonly Place[];
}

export function placesOf(from: Network): Places {
  const all: Place[] = [];
  const { lookup } = from;
  const network: Reading = { ...from, instances: new Map() };
  for (const resource of lookup.of("AWS::ECS::Service")) {
    const { TaskDefinition, LaunchType, CapacityProviderStrategy, Cluster, NetworkConfiguration } = resource.properties;
    const place = placeOf(network, resource, TaskDefinition, {
      node: nodeOf(resource),
      edge: undefined,
      launchType: LaunchType,
      strategy: CapacityProviderStrategy,
      cluster: Cluster,
      configuration: at(NetworkConfiguration, "AwsvpcConfiguration"),
    });
    if (place) all.push(place);
  }
  for (const resource of lookup.of("AWS::Events::Rule")) {
    (itemsOf(resource.properties.Targets) ?? []).forEach((target, index) => {
      const place = runTaskPlace(network, resource, target, `/properties/Targets/${index}`, at(target, "Arn"));
      if (place) all.push(place);
    });
  }
  for (const resource of lookup.of("AWS::Scheduler::Schedule")) {
    const target = resource.properties.Target;
    const place = runTaskPlace(network, resource, target, "/properties/Target", at(target, "Arn"));
    if (place) all.push(place);
  }
  const byDefinition = new Map<string, Place[]>();
  const byService = new Map<string, Place>();
  for (const place of all) {
    const list = byDefinition.get(place.taskDefinition.id);
    if (list) list.push(place);
    else byDefinition.set(place.taskDefinition.id, [place]);
    if (place.resource.type === "AWS::ECS::Service") byService.set(place.resource.id, place);
  }
  return {
    all,
    ofService: (id) => byService.get(id),
    of: (taskDefinition) => byDefinition.get(taskDefinition) ?? [],
  };
}

/** True for a capacity provider whose instances ECS launches. */
export const isManaged = ({ properties: { ManagedInstancesProvider } }: Resource): boolean =>
  ManagedInstancesProvider !== undefined;

/** A network, and the instances of each Auto Scaling group, which many places share. */
interface Reading extends Network {
  instances: Map<string, Instances>;
}

function instancesOf(network: Reading, group: Resource): Instances {
  let found = network.instances.get(group.id);
  if (!found) {
    found = isManaged(group) ? managedInterfaces(network, group) : instanceInterfaces(network, group);
    network.instances.set(group.id, found);
  }
  return found;
}

/** EventBridge writes AwsVpcConfiguration, EventBridge Scheduler AwsvpcConfiguration. */
function runTaskPlace(
  network: Reading,
  resource: Resource,
  target: Value | undefined,
  pointer: string,
  cluster: Value | undefined,
): Place | undefined {
  const parameters = at(target, "EcsParameters");
  if (parameters === undefined) return undefined;
  const configuration = at(parameters, "NetworkConfiguration");
  return placeOf(network, resource, at(parameters, "TaskDefinitionArn"), {
    node: nodeOf(resource),
    edge: originsAt(resource, pointer).find((origin) => origin.edge !== undefined)?.edge,
    launchType: at(parameters, "LaunchType"),
    strategy: at(parameters, "CapacityProviderStrategy"),
    cluster,
    configuration: at(configuration, "AwsVpcConfiguration") ?? at(configuration, "AwsvpcConfiguration"),
  });
}

interface Running {
  node: string | undefined;
  edge: string | undefined;
  launchType: Value | undefined;
  strategy: Value | undefined;
  cluster: Value | undefined;
  configuration: Value | undefined;
}

/** A task definition of the template, by reference or by the name of its family. */
const definitionOf = (lookup: Lookup, value: Value): Resource | undefined =>
  lookup.resource(keyOf(value)) ??
  (typeof value === "string" ? lookup.where("AWS::ECS::TaskDefinition", "Family", value)[0] : undefined);

function placeOf(
  network: Reading,
  resource: Resource,
  definition: Value | undefined,
  running: Running,
): Place | undefined {
  const taskDefinition = definition === undefined ? undefined : definitionOf(network.lookup, definition);
  if (taskDefinition?.type !== "AWS::ECS::TaskDefinition") return undefined;
  const providers = providersOf(network, running);
  const unsure = isUnsure(network, running, providers);
  const only = itemsOf(taskDefinition.properties.RequiresCompatibilities);
  const fargateOnly = unsure && only?.length === 1 && only[0] === "FARGATE";
  const compute = running.launchType === "FARGATE" || providers === "fargate" || fargateOnly ? "FARGATE" : "EC2";
  const name = resourceName(network, resource);
  const external = running.launchType === "EXTERNAL";
  const here = compute === "FARGATE" || providers === "fargate" || external ? undefined : providers;
  const instances = (here?.groups ?? []).map((group) => instancesOf(network, group));
  const managed =
    running.launchType === "MANAGED_INSTANCES" ||
    (here !== undefined && here.groups.length > 0 && here.groups.every(isManaged));
  const { NetworkMode } = taskDefinition.properties;
  const awsvpc = NetworkMode === "awsvpc" || compute === "FARGATE";
  const open = !awsvpc && [NetworkMode, running.launchType, running.strategy].some(isOpen);
  const unknown = open
    ? `How ${name} runs its tasks is known only when the template is deployed.`
    : external
      ? `${name} runs on machines outside AWS (launch type EXTERNAL), whose network nothing here describes.`
      : undefined;
  return {
    resource,
    name,
    node: running.node,
    edge: running.edge,
    taskDefinition,
    compute,
    unsure,
    managed,
    cluster: running.cluster,
    written: { launchType: running.launchType, strategy: running.strategy, configuration: running.configuration },
    own: awsvpc ? taskInterfaces(network, name, running.node, running.configuration) : undefined,
    assignPublicIp: isOpen(at(running.configuration, "AssignPublicIp"))
      ? undefined
      : at(running.configuration, "AssignPublicIp") === "ENABLED",
    instances: unknown === undefined ? instances : [],
    strategy: here?.strategy,
    whole: here?.whole ?? false,
    ...(unknown === undefined ? {} : { unknown }),
    ...(NetworkMode === "none" && !awsvpc
      ? { apart: `The tasks of ${name} have no network (mode none), so no packet reaches or leaves them.` }
      : {}),
  };
}

/** Without a launch type or a strategy the cluster chooses, and a cluster elsewhere does not say how. */
function isUnsure({ lookup }: Network, running: Running, providers: Capacity | "fargate"): boolean {
  const { launchType, strategy, cluster } = running;
  if (isOpen(launchType) || isOpen(strategy)) return true;
  if (launchType !== undefined || providers === "fargate" || (itemsOf(strategy) ?? []).length > 0) return false;
  // Without a cluster it is the one that is called default.
  return cluster === undefined || lookup.resource(targetOf(cluster)) === undefined;
}

/** The Auto Scaling groups and managed providers a place may use. */
interface Capacity extends Pick<Place, "strategy" | "whole"> {
  groups: readonly Resource[];
}

/** Those of its strategy, else of the cluster's; or Fargate's. */
function providersOf(network: Network, { launchType, strategy, cluster }: Running): Capacity | "fargate" {
  const { lookup } = network;
  const associations =
    cluster === undefined
      ? []
      : lookup.where("AWS::ECS::ClusterCapacityProviderAssociations", "Cluster", keyOf(cluster));
  const written = itemsOf(strategy) ?? [];
  const own = lookup.resource(targetOf(cluster))?.properties;
  const byDefault =
    launchType === undefined
      ? (itemsOf((associations[0]?.properties ?? own)?.DefaultCapacityProviderStrategy) ?? [])
      : [];
  const items = (written.length > 0 ? written : byDefault).filter((item) => at(item, "CapacityProvider") !== undefined);
  const chosen = items.flatMap((item) => at(item, "CapacityProvider") ?? []);
  if (chosen.length > 0 && chosen.every((value) => value === "FARGATE" || value === "FARGATE_SPOT")) return "fargate";
  if (chosen.length > 0) {
    const shares = items.map((item): Share & { resource: Resource | undefined } => {
      const resource = groupOf(network, at(item, "CapacityProvider") as Value);
      return { resource, group: resource?.id, weight: at(item, "Weight"), base: at(item, "Base") };
    });
    const groups = [...new Set(shares.flatMap(({ resource }) => resource ?? []))];
    const found = groups.length > 0 ? groups : joining(network, cluster);
    return { groups: found, strategy: shares, whole: shares.every(({ resource }) => resource !== undefined) };
  }
  const values = [...associations.map(({ properties }) => properties), ...(own ? [own] : [])].flatMap(
    (properties) => itemsOf(properties.CapacityProviders) ?? [],
  );
  const groups = values.flatMap((value) => groupOf(network, value) ?? []);
  const all = [...new Set([...groups, ...joining(network, cluster)])];
  return { groups: all, strategy: undefined, whole: own !== undefined && isWhole(network, cluster, values, all) };
}

/** What a capacity provider launches instances of: an Auto Scaling group of the template, or itself where ECS does. */
function groupOf({ lookup }: Network, value: Value): Resource | undefined {
  const provider = lookup.resource(keyOf(value));
  if (provider && isManaged(provider)) return provider;
  const arn = at(provider?.properties.AutoScalingGroupProvider, "AutoScalingGroupArn");
  const group = arn === undefined ? undefined : lookup.resource(keyOf(arn));
  return group?.type === "AWS::AutoScaling::AutoScalingGroup" ? group : undefined;
}

/** Types of what may bring instances into a cluster without this reading seeing it. */
const otherInstances = [
  "AWS::EC2::Instance",
  "AWS::EC2::EC2Fleet",
  "AWS::EC2::SpotFleet",
  "AWS::CloudFormation::Stack",
];

/** Whether a cluster of the template has no instances but those of some groups. */
const isWhole = (
  { lookup }: Network,
  cluster: Value | undefined,
  providers: readonly Value[],
  groups: readonly Resource[],
): boolean =>
  otherInstances.every((type) => lookup.of(type).length === 0) &&
  providers.every((value) => lookup.resource(keyOf(value)) !== undefined || /^FARGATE(_SPOT)?$/.test(String(value))) &&
  !groups.some(isManaged) &&
  lookup
    .of("AWS::AutoScaling::AutoScalingGroup")
    .every((group) => groups.includes(group) || joins(lookup, group, cluster) === "no");

/**
 * Auto Scaling groups whose instances join a cluster by their user data, without a capacity provider.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html
 */
const joining = ({ lookup }: Network, cluster: Value | undefined): Resource[] =>
  lookup.of("AWS::AutoScaling::AutoScalingGroup").filter((group) => joins(lookup, group, cluster) === "yes");

/**
 * Whether the interface of a task has a public address: on an instance never; undefined where nobody knows.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
 */
export const hasPublicAddress = ({ compute, unsure, assignPublicIp }: Place): boolean | undefined =>
  assignPublicIp === false ? false : unsure ? undefined : compute === "FARGATE" && assignPublicIp;

/** The port of a task that answers for a container port, as others see it. */
export interface TaskPort {
  protocol: "tcp" | "udp";
  ports: Ports;
  /** A random host port of the instance for each task. */
  dynamic: boolean;
}

/** Where a container port of a task is reached; undefined where the definition has no such mapping. */
export function taskPort(place: Place, container: Value | undefined, port: Value | undefined): TaskPort | undefined {
  const wanted = numberOf(port);
  const definitions = itemsOf(place.taskDefinition.properties.ContainerDefinitions) ?? [];
  // Two expressions that are the same name one container.
  const name = container === undefined ? undefined : keyOf(container);
  const definition =
    definitions.find((item) => keyOf(at(item, "Name") ?? null) === name) ?? onlyPossible(definitions, port);
  const mapping = (itemsOf(at(definition, "PortMappings")) ?? []).find((item) => {
    const range = /^(\d+)-(\d+)$/.exec(String(at(item, "ContainerPortRange") ?? ""));
    if (range) return wanted !== undefined && wanted >= Number(range[1]) && wanted <= Number(range[2]);
    return numberOf(at(item, "ContainerPort")) === wanted;
  });
  if (mapping === undefined || wanted === undefined) return undefined;
  return portOfMapping(place, mapping, wanted);
}

/** The one container whose name nobody knows and that maps a port: AWS refuses a registration with any other. */
function onlyPossible(definitions: readonly Value[], port: Value | undefined): Value | undefined {
  const wanted = numberOf(port);
  const possible = definitions.filter(
    (item) =>
      isOpen(at(item, "Name")) &&
      (itemsOf(at(item, "PortMappings")) ?? []).some((mapping) => numberOf(at(mapping, "ContainerPort")) === wanted),
  );
  return wanted !== undefined && possible.length === 1 ? possible[0] : undefined;
}

/** Every port that the containers of a place map, each by its first port where it maps a range. */
export function taskPorts(place: Place): (TaskPort & { container: string; containerPort: number })[] {
  return (itemsOf(place.taskDefinition.properties.ContainerDefinitions) ?? []).flatMap((definition) =>
    (itemsOf(at(definition, "PortMappings")) ?? []).flatMap((mapping) => {
      const range = /^(\d+)-\d+$/.exec(String(at(mapping, "ContainerPortRange") ?? ""));
      const containerPort = range ? Number(range[1]) : numberOf(at(mapping, "ContainerPort"));
      if (containerPort === undefined) return [];
      return [
        { ...portOfMapping(place, mapping, containerPort), container: String(at(definition, "Name")), containerPort },
      ];
    }),
  );
}

function portOfMapping(place: Place, mapping: Value, containerPort: number): TaskPort {
  const protocol = at(mapping, "Protocol") === "udp" ? "udp" : "tcp";
  const { NetworkMode } = place.taskDefinition.properties;
  const same = place.own !== undefined || NetworkMode === "host";
  const host = numberOf(at(mapping, "HostPort")) ?? 0;
  if (same || host > 0) {
    const port = same ? containerPort : host;
    return { protocol, ports: { from: port, to: port }, dynamic: false };
  }
  return dynamicPort(place, protocol);
}

/** A host port that Docker chooses, from the range of the instance's operating system. */
export function dynamicPort({ taskDefinition }: Place, protocol: TaskPort["protocol"]): TaskPort {
  return { protocol, ports: ephemeralPortsFor(systemOf(taskDefinition)), dynamic: true };
}

function systemOf({ properties }: Resource): Os {
  const family = at(properties.RuntimePlatform, "OperatingSystemFamily");
  return osOf(typeof family === "string" ? family : undefined);
}

/** The AMIs that host ports of a place are taken on, in words. */
export const hostOf = ({ taskDefinition }: Place): string =>
  ({ linux: "ECS-optimised Linux AMIs", windows: "Windows AMIs" })[systemOf(taskDefinition)];

/**
 * Narrower ranges that some AMIs choose host ports from: the kernel's usual one, and the one Docker takes when it cannot
 * ask the kernel. A group that opens only these may be enough.
 */
export const possibleDynamicRanges: readonly Ports[] = [{ from: 32768, to: 60999 }, ephemeralPorts.linuxFallback];
