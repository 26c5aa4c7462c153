import { rangeText, within } from "../aws/docs";
import { fargateSizeStatus, parseTaskCpu, parseTaskMemory } from "../aws/fargate-sizes";
import { limits } from "../aws/limits";
import { isReservedHostPort } from "../aws/ports";
import { osOf } from "../aws/runtime-platforms";
import { list } from "../core/text";
import { at, booleanOf, isName, isOpen, itemsOf, keyOf, keyText, numberOf } from "../network/lookup";
import { allowedText } from "../rules/task-definition/sizes";
import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";
import { type About, type Against, type Check, fails, nameOf, twice, unsure, written } from "./about";
import { containers as containersOf } from "./template-containers";
import { capacity, interfaceSettings } from "./template-place";
import { registries } from "./template-registries";
import { rooms } from "./template-room";
import { settings } from "./template-settings";

/** Properties that no start hangs on, or that some check reads. */
const readOfTask = new Set([
  ...["Family", "Tags", "ContainerDefinitions", "Cpu", "Memory", "NetworkMode", "RequiresCompatibilities", "Volumes"],
  ...["ExecutionRoleArn", "TaskRoleArn", "RuntimePlatform", "EphemeralStorage", "IpcMode", "PidMode"],
  ...["ProxyConfiguration", "EnableFaultInjection"],
]);
const readOfContainer = new Set([
  ...["Name", "Image", "Cpu", "Memory", "MemoryReservation", "Essential", "PortMappings", "Environment", "Secrets"],
  ...[
    "EnvironmentFiles",
    "LogConfiguration",
    "MountPoints",
    "DependsOn",
    "HealthCheck",
    "Command",
    "EntryPoint",
    "User",
  ],
  ...["WorkingDirectory", "StopTimeout", "StartTimeout", "DockerLabels", "RepositoryCredentials", "RestartPolicy"],
  ...["FirelensConfiguration", "ReadonlyRootFilesystem", "Interactive", "PseudoTerminal", "VersionConsistency"],
  ...["Ulimits", "DisableNetworking", "DnsSearchDomains", "DnsServers", "ExtraHosts", "Hostname", "LinuxParameters"],
  ...["Links", "Privileged", "ResourceRequirements", "SystemControls", "VolumesFrom"],
]);

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export const definition: Check = (about) => {
  const { definition: task, containers } = about;
  const { ContainerDefinitions, NetworkMode } = task.properties;
  const found: Against[] = [];
  if (isOpen(ContainerDefinitions) || (itemsOf(ContainerDefinitions) ?? []).some(isOpen)) {
    found.push(unsure(`Containers of ${task.id} are known only when the template is deployed.`));
  } else if (containers.length === 0) found.push(fails(`${task.id} has no container. Give it one.`));
  if (containers.length > 10)
    found.push(fails(`${task.id} has ${containers.length} containers; a task has at most 10.`));
  const names = containers.flatMap((container) => written(at(container, "Name")) ?? []);
  const again = twice(names);
  if (again !== undefined) found.push(fails(`Two containers of ${task.id} are called ${again}. Rename one.`));
  if (containers.length > 0 && containers.every((one) => booleanOf(at(one, "Essential") ?? true) === false)) {
    found.push(fails(`No container of ${task.id} is essential. Mark the one that the task exists for.`));
  }
  if (about.fargate && NetworkMode !== "awsvpc") {
    found.push(
      isOpen(NetworkMode)
        ? unsure(`The network mode of ${task.id} is known only when the template is deployed.`)
        : fails(
            `Fargate needs the network mode awsvpc, and ${task.id} has ${written(NetworkMode) ?? "none, which means bridge"}.`,
          ),
    );
  }
  return [...found, ...containersOf(about, names), ...compatible(about), ...settings(about), ...unread(about)];
};

/**
 * A definition that lists what it is made for runs on nothing else.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
function compatible({ definition: task, place, fargate }: About): Against[] {
  const listed = itemsOf(task.properties.RequiresCompatibilities) ?? [];
  if (place.unsure || listed.length === 0 || listed.some((one) => written(one) === undefined)) return [];
  const external = place.written.launchType === "EXTERNAL";
  const compute = fargate ? "FARGATE" : place.managed ? "MANAGED_INSTANCES" : external ? "EXTERNAL" : "EC2";
  if (listed.includes(compute)) return [];
  const unsaid = compute === "EC2" && place.written.launchType === undefined && place.strategy === undefined;
  return [
    fails(
      `${place.name} runs ${task.id} on ${compute}${unsaid ? ", as it says no launch type" : ""}, and RequiresCompatibilities of ${task.id} has ${list(listed.flatMap((one) => written(one) ?? []))} only. ${unsaid && listed.includes("FARGATE") ? `Set LaunchType of ${place.name} to FARGATE` : `Add ${compute}`}.`,
    ),
  ];
}

/** Settings that this checklist does not judge: nobody is told that a task starts which they may stop. */
function unread(about: About): Against[] {
  const { definition: task, containers, fargate } = about;
  const of = (what: string, value: object, read: ReadonlySet<string>): Against[] => {
    const names = Object.keys(value).filter((name) => !read.has(name));
    return names.length === 0 ? [] : [unsure(`Whether ${list(names)} of ${what} fits is not judged in templates.`)];
  };
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
  const limited = containers.filter((one) =>
    (itemsOf(at(one, "Ulimits")) ?? []).some((limit) => at(limit, "Name") !== "nofile"),
  );
  return [
    ...(fargate
      ? limited.map((one) => fails(`Fargate lets only the limit nofile be set, and ${nameOf(one)} sets another.`))
      : []),
    ...of(task.id, task.properties, readOfTask),
    ...containers.flatMap((one) => of(nameOf(one), one as object, readOfContainer)),
    ...registries(about),
  ];
}

export const placement: Check = (about) => {
  const { place, fargate } = about;
  const found: Against[] = [];
  if (place.unsure)
    found.push(
      unsure(
        `What ${place.name} runs its tasks on, its cluster or the deployment decides, and this template does not say.`,
      ),
    );
  if (place.written.launchType === "EXTERNAL") {
    return [unsure(`${place.name} runs on machines outside of AWS, and nobody here knows whether they have room.`)];
  }
  if (fargate) {
    if (place.resource.properties.SchedulingStrategy === "DAEMON")
      found.push(fails(`Fargate runs no daemons. Make ${place.name} a replica service.`));
    if (itemsOf(place.resource.properties.PlacementStrategies)?.length)
      found.push(fails(`Fargate takes no placement strategies, and ${place.name} has some.`));
  }
  return [...found, ...capacity(about), ...sizes(about), ...(fargate || place.managed ? [] : rooms(about))];
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
function sizes({ definition: task, fargate, containers }: About): Against[] {
  const { Cpu, Memory, RuntimePlatform } = task.properties;
  const family = written(at(RuntimePlatform, "OperatingSystemFamily"));
  const open = [Cpu, Memory, RuntimePlatform].some(isOpen);
  if (open) return [unsure(`The size of ${task.id} is known only when the template is deployed.`)];
  const [cpu, memory] = [parseTaskCpu(written(Cpu) ?? ""), parseTaskMemory(written(Memory) ?? "")];
  const found: Against[] = [];
  if (fargate) {
    if (Cpu === undefined || Memory === undefined)
      return [
        fails(
          `Fargate needs Cpu and Memory of the whole task, and ${task.id} lacks ${Cpu === undefined ? "Cpu" : "Memory"}.`,
        ),
      ];
    const status = cpu === null || memory === null ? "invalid" : fargateSizeStatus(cpu, memory, osOf(family));
    if (status === "invalid")
      found.push(
        fails(
          `Fargate has no size with Cpu ${written(Cpu) ?? "that is no text"} and Memory ${written(Memory) ?? "that is no text"}${cpu === null ? "" : `; it takes ${allowedText(cpu, osOf(family))} there`}.`,
        ),
      );
    if (status === "unconfirmed")
      found.push(
        unsure(`Whether Fargate has the size ${written(Cpu)} / ${written(Memory)} yet, AWS's pages do not say.`),
      );
  }
  for (const container of containers) {
    const limits = [at(container, "Memory"), at(container, "MemoryReservation")];
    if (limits.some(isOpen))
      found.push(unsure(`The memory of ${nameOf(container)} is known only when the template is deployed.`));
    else if (Memory === undefined && limits.every((limit) => limit === undefined)) {
      found.push(fails(`${nameOf(container)} has no memory, and neither has ${task.id}. Give one of them some.`));
    }
  }
  const sum = (property: string): number =>
    containers.reduce<number>((total, container) => total + (numberOf(at(container, property)) ?? 0), 0);
  const reserved = containers.reduce<number>(
    (total, one) => total + (numberOf(at(one, "MemoryReservation") ?? at(one, "Memory")) ?? 0),
    0,
  );
  if (memory !== null && reserved > memory)
    found.push(
      fails(
        `The containers of ${task.id} reserve ${reserved} MiB, and it has ${memory}. Lower the containers or raise Memory.`,
      ),
    );
  if (memory !== null && containers.some((one) => (numberOf(at(one, "Memory")) ?? 0) > memory))
    found.push(fails(`A container of ${task.id} wants more than its ${memory} MiB.`));
  if (cpu !== null && cpu > 0 && sum("Cpu") > cpu)
    found.push(fails(`The containers of ${task.id} want more than its ${cpu} CPU units.`));
  return found;
}

export const network: Check = ({ place, definition: task, containers, fargate, ground }) => {
  const found: Against[] = [];
  const own = task.properties.NetworkMode === "awsvpc" || fargate;
  found.push(...interfaceSettings(place, own));
  const { lookup } = ground.network;
  const vpcs = new Set(
    [...(place.own?.subnets ?? []), ...(place.own?.groups ?? [])].flatMap((key) => {
      const vpc = lookup.resource(key)?.properties.VpcId;
      return vpc === undefined ? [] : [keyOf(vpc)];
    }),
  );
  if (vpcs.size > 1) {
    // Two that exist already may be the same; one that the template makes is no other.
    const certain = [...vpcs].every(isName) && [...vpcs].some((key) => lookup.resource(key)?.type === "AWS::EC2::VPC");
    const which = list([...vpcs].map(keyText));
    found.push(
      certain
        ? fails(`The subnets and security groups of ${place.name} are of different VPCs: ${which}.`)
        : unsure(`The subnets and security groups of ${place.name} may be of different VPCs: ${which}.`),
    );
  }
  return [...found, ...ports(containers, task, own, fargate)];
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
function ports(containers: readonly Value[], task: Resource, own: boolean, fargate: boolean): Against[] {
  const { NetworkMode } = task.properties;
  const mappings = containers.flatMap((container) => itemsOf(at(container, "PortMappings")) ?? []);
  const found: Against[] = [];
  const taken: string[] = [];
  if (NetworkMode === "none" && mappings.length > 0) found.push(fails(`${task.id} has no network and maps ports.`));
  for (const mapping of mappings) {
    const [inside, outside] = [numberOf(at(mapping, "ContainerPort")), numberOf(at(mapping, "HostPort"))];
    const protocol = written(at(mapping, "Protocol")) ?? "tcp";
    const same = own || NetworkMode === "host";
    if (same && inside !== undefined && outside !== undefined && outside !== 0 && outside !== inside) {
      found.push(
        fails(
          `A port mapping of ${task.id} gives container port ${inside} the host port ${outside}; with ${own ? "awsvpc" : "host"} they have to be the same.`,
        ),
      );
    }
    for (const one of [inside, outside])
      if (one !== undefined && one !== 0 && !within(limits.port, one))
        found.push(fails(`A port mapping of ${task.id} has the port ${one}; ports are ${rangeText(limits.port)}.`));
    const port = same ? inside : outside;
    if (port === undefined || port === 0) continue;
    taken.push(`${protocol}/${port}`);
    if (!own && !fargate && protocol === "tcp" && isReservedHostPort(port))
      found.push(fails(`Host port ${port} belongs to the agent or the system. Use another one.`));
  }
  const again = twice(taken);
  if (again !== undefined) found.push(fails(`Two mappings of ${task.id} take ${again}. Change one.`));
  return found;
}
