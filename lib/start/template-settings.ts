import { platformVersions } from "../aws/platform-versions";
import { osOf } from "../aws/runtime-platforms";
import { isObject, own } from "../core/json";
import { list } from "../core/text";
import { launchOf } from "../network/interfaces";
import { at, isOpen, itemsOf, numberOf } from "../network/lookup";
import { targetOf, type Value } from "../stack/value";
import { type About, type Against, type Check, fails, nameOf, unsure, written } from "./about";

/** Settings that a launch type does not take: of the task, of its containers, of their Linux parameters. */
interface Refused {
  name: string;
  task: readonly string[];
  container: readonly string[];
  linux: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const fargateRefuses: Refused = {
  name: "Fargate",
  task: ["IpcMode", "PlacementConstraints"],
  container: [
    ...["DisableNetworking", "DnsSearchDomains", "DnsServers", "DockerSecurityOptions", "ExtraHosts", "Links"],
    "Privileged",
  ],
  linux: ["Devices", "MaxSwap", "SharedMemorySize", "Swappiness"],
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-tasks-services.html */
const managedRefuses: Refused = {
  name: "Managed Instances",
  task: ["EphemeralStorage", "InferenceAccelerators", "IpcMode", "ProxyConfiguration"],
  container: [
    ...["DisableNetworking", "DnsSearchDomains", "DnsServers", "DockerLabels", "DockerSecurityOptions", "ExtraHosts"],
    ...["Hostname", "Links"],
  ],
  linux: ["MaxSwap", "SharedMemorySize", "Swappiness"],
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const windowsRefuses: Refused = {
  name: "Windows",
  task: ["IpcMode", "PidMode"],
  container: ["DisableNetworking", "DnsServers", "ExtraHosts", "LinuxParameters", "Privileged"],
  linux: [],
};

/** Settings of a task, of its containers and of its place that hang on what runs it. */
export const settings: Check = (about) => {
  const { fargate, place, definition: task } = about;
  const windows = osOf(written(at(task.properties.RuntimePlatform, "OperatingSystemFamily"))) === "windows";
  const all = [
    ...(fargate ? [fargateRefuses] : place.managed ? [managedRefuses] : []),
    ...(windows ? [windowsRefuses] : []),
  ];
  const found = all.flatMap((refused) => refusals(about, refused));
  if (place.managed && windows) found.push(fails(`Managed Instances run Linux only, and ${task.id} is for Windows.`));
  if (place.managed && task.properties.NetworkMode === "bridge")
    found.push(fails(`Managed Instances take the network modes awsvpc and host, and ${task.id} has bridge.`));
  return [
    // Where nobody knows what runs it, nobody knows what that refuses.
    ...(place.unsure ? found.map(({ why }) => unsure(why)) : found),
    ...ofTask(about),
    ...about.containers.flatMap((container) => ofContainer(about, container)),
    ...ofPlace(about, windows),
    ...connected(about, windows),
  ];
};

/** False for what is as if nobody had written it. */
const isSet = (value: Value | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== "false" &&
  value !== "" &&
  itemsOf(value)?.length !== 0;

function refusals({ definition: task, containers }: About, { name, ...refused }: Refused): Against[] {
  const of = (what: string, value: Value | undefined, properties: readonly string[]): Against[] => {
    if (!isObject(value)) return [];
    const set = properties.filter((property) => isSet(own(value, property) as Value | undefined));
    return set.length === 0 ? [] : [fails(`${name} takes no ${list(set)}, and ${what} has it.`)];
  };
  return [
    ...of(task.id, task.properties, refused.task),
    ...containers.flatMap((container) => [
      ...of(nameOf(container), container, refused.container),
      ...of(nameOf(container), at(container, "LinuxParameters"), refused.linux),
    ]),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
function ofTask({ definition: task, containers, fargate, place }: About): Against[] {
  const { PidMode, EphemeralStorage, ProxyConfiguration, NetworkMode, EnableFaultInjection } = task.properties;
  const found: Against[] = [];
  if (fargate && isSet(PidMode) && PidMode !== "task")
    found.push(
      isOpen(PidMode)
        ? deployed(task.id, "PidMode")
        : fails(`On Fargate PidMode is task or nothing, and ${task.id} has ${written(PidMode)}.`),
    );
  if (EphemeralStorage !== undefined) {
    const size = numberOf(at(EphemeralStorage, "SizeInGiB"));
    if (size === undefined) found.push(deployed(task.id, "EphemeralStorage"));
    else if (fargate && (size < SMALLEST || size > LARGEST))
      found.push(
        fails(`Fargate gives ${SMALLEST} to ${LARGEST} GiB of ephemeral storage, and ${task.id} asks for ${size}.`),
      );
    else if (!fargate && !place.managed)
      found.push(unsure(`EphemeralStorage is for Fargate; what it does to ${task.id} on EC2, AWS's pages do not say.`));
  }
  if (ProxyConfiguration !== undefined && !place.managed) {
    const proxy = written(at(ProxyConfiguration, "ContainerName"));
    if (proxy !== undefined && !containers.some((one) => nameOf(one) === proxy))
      found.push(fails(`${task.id} has ${proxy} as its proxy, and no container of that name.`));
    else if (NetworkMode !== "awsvpc" && !isOpen(NetworkMode))
      found.push(fails(`A proxy needs the network mode awsvpc, and ${task.id} has another.`));
    // https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html
    else found.push(unsure(`The proxy of ${task.id} is App Mesh's, which AWS ended on 30 September 2026.`));
  }
  if (
    isSet(EnableFaultInjection) &&
    !fargate &&
    NetworkMode !== "awsvpc" &&
    NetworkMode !== "host" &&
    !isOpen(NetworkMode)
  )
    found.push(fails(`Faults are injected in the network modes awsvpc and host only, and ${task.id} has another.`));
  return found;
}

/** GiB that can be asked for; 20 are there anyway. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
const SMALLEST = 21;
const LARGEST = 200;

const deployed = (what: string, property: string): Against =>
  unsure(`${property} of ${what} is known only when the template is deployed.`);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
function ofContainer(about: About, container: Value): Against[] {
  const { definition: task, containers, fargate, place } = about;
  const { NetworkMode, IpcMode } = task.properties;
  const name = nameOf(container);
  const found: Against[] = [];
  const own = fargate || NetworkMode === "awsvpc";
  for (const property of ["ExtraHosts", "Hostname"]) {
    // On Fargate and Managed Instances some of these are refused as such.
    if (own && isSet(at(container, property)) && !(fargate && property === "ExtraHosts") && !place.managed)
      found.push(fails(`With the network mode awsvpc a container has no ${property}, and ${name} has it.`));
  }
  if (!fargate && !place.managed && isSet(at(container, "Links"))) {
    if (NetworkMode !== undefined && NetworkMode !== "bridge" && !isOpen(NetworkMode))
      found.push(
        fails(`Links join containers in the network mode bridge only, and ${task.id} has ${written(NetworkMode)}.`),
      );
    for (const link of itemsOf(at(container, "Links")) ?? []) {
      const other = written(link)?.split(":")[0];
      if (other !== undefined && !containers.some((one) => nameOf(one) === other))
        found.push(fails(`${name} is linked to ${other}, which ${task.id} does not have.`));
    }
  }
  for (const item of itemsOf(at(container, "VolumesFrom")) ?? []) {
    const other = written(at(item, "SourceContainer"));
    if (other !== undefined && !containers.some((one) => nameOf(one) === other))
      found.push(fails(`${name} takes the volumes of ${other}, which ${task.id} does not have.`));
  }
  const added = (itemsOf(at(container, "LinuxParameters", "Capabilities", "Add")) ?? []).flatMap(
    (one) => written(one) ?? [],
  );
  const strange = added.filter((one) => one !== "SYS_PTRACE");
  if (fargate && strange.length > 0)
    found.push(fails(`Fargate adds no capability but SYS_PTRACE, and ${name} asks for ${list(strange)}.`));
  if (!fargate && isSet(at(container, "LinuxParameters", "Devices")))
    found.push(unsure(`Whether the instances have the devices of ${name}, this template does not say.`));
  for (const control of itemsOf(at(container, "SystemControls")) ?? []) {
    const key = written(at(control, "Namespace")) ?? "";
    if (NetworkMode === "host" && key.startsWith("net."))
      found.push(fails(`With the network mode host ${name} cannot set ${key}: it is the instance's.`));
    if (IpcMode === "host" && /^(fs\.mqueue|kernel\.(msg|sem|shm))/.test(key))
      found.push(fails(`With the IPC mode host ${name} cannot set ${key}: it is the instance's.`));
  }
  return [...found, ...processors(about, container)];
}

/** Processors besides the CPU. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html */
function processors({ fargate, place, ground }: About, container: Value): Against[] {
  const asked = itemsOf(at(container, "ResourceRequirements")) ?? [];
  return asked.flatMap((item): Against[] => {
    const type = written(at(item, "Type"));
    if (type !== "GPU")
      return [
        unsure(`Whether there is a ${type ?? "processor"} for ${nameOf(container)}, this template does not say.`),
      ];
    if (fargate)
      return [
        place.unsure
          ? unsure(`Fargate has no GPUs, and ${nameOf(container)} asks for one.`)
          : fails(`Fargate has no GPUs, and ${nameOf(container)} asks for one.`),
      ];
    const types = place.instances.flatMap(({ node }) => {
      const group = ground.network.lookup.resource(node);
      const mixed = group?.properties.MixedInstancesPolicy !== undefined;
      return group && !mixed ? [written(launchOf(ground.network.lookup, group).launch?.InstanceType)] : [undefined];
    });
    const without = types.every((one) => one !== undefined && !/^[gp]\d/.test(one));
    return types.length > 0 && without && !place.managed
      ? [
          fails(
            `${list([...new Set(types)].flatMap((one) => one ?? []))} has no GPU, and ${nameOf(container)} asks for one.`,
          ),
        ]
      : [unsure(`Whether the instances have GPUs enough for ${nameOf(container)} is not known here.`)];
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html */
function ofPlace({ place, fargate }: About, windows: boolean): Against[] {
  const { PlacementConstraints, PlatformVersion } = place.resource.properties;
  const found: Against[] = [];
  const sure = (why: string): Against => (place.unsure ? unsure(why) : fails(why));
  if (isOpen(PlacementConstraints)) found.push(deployed(place.name, "PlacementConstraints"));
  const rules = itemsOf(PlacementConstraints) ?? [];
  if (fargate && rules.length > 0)
    found.push(sure(`Fargate takes no placement constraints, and ${place.name} has some.`));
  if (!fargate) {
    // How many instances there are for tasks that want one each, the line about room counts.
    if (rules.some((rule) => at(rule, "Type") !== "distinctInstance"))
      found.push(
        unsure(`Whether an instance meets the placement constraints of ${place.name}, this template does not say.`),
      );
  }
  if (isOpen(PlatformVersion)) found.push(deployed(place.name, "PlatformVersion"));
  const version = written(PlatformVersion);
  if (version === undefined || version === "LATEST") return found;
  if (!fargate) found.push(sure(`Only Fargate has platform versions, and ${place.name} names ${version}.`));
  else if (version !== platformVersions.latest[windows ? "windows" : "linux"])
    found.push(
      unsure(`Whether the platform version ${version} has all that ${place.name} needs is not judged in templates.`),
    );
  return found;
}

/**
 * What Service Connect needs of a service that takes part.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
function connected({ place, definition: task, containers, ground, fargate }: About, windows: boolean): Against[] {
  const { ServiceConnectConfiguration: configuration, Cluster } = place.resource.properties;
  const enabled = at(configuration, "Enabled");
  if (isOpen(configuration) || isOpen(enabled)) return [deployed(place.name, "ServiceConnectConfiguration")];
  if (!isSet(enabled)) return [];
  const { NetworkMode } = task.properties;
  const found: Against[] = [];
  if (windows) found.push(fails(`Service Connect is for Linux, and ${task.id} is for Windows.`));
  if (!fargate && (NetworkMode === "host" || NetworkMode === "none"))
    found.push(fails(`Service Connect takes the network modes awsvpc and bridge, and ${task.id} has ${NetworkMode}.`));
  if (at(configuration, "Namespace") === undefined) {
    const cluster = ground.network.lookup.resource(targetOf(Cluster));
    if (!cluster)
      found.push(unsure(`${place.name} uses the namespace of its cluster, which this template does not say.`));
    else if (cluster.properties.ServiceConnectDefaults === undefined)
      found.push(fails(`${place.name} names no namespace for Service Connect, and ${cluster.id} has none to give.`));
  }
  const ports = containers.flatMap((container) =>
    (itemsOf(at(container, "PortMappings")) ?? []).map((mapping) => at(mapping, "Name")),
  );
  for (const entry of itemsOf(at(configuration, "Services")) ?? []) {
    const name = written(at(entry, "PortName"));
    if (name !== undefined && !ports.some((one) => isOpen(one) || written(one) === name))
      found.push(
        fails(
          `${place.name} offers the port ${name} to Service Connect, and no port mapping of ${task.id} has that name.`,
        ),
      );
    if ((itemsOf(at(entry, "ClientAliases")) ?? []).length > 1)
      found.push(
        fails(
          `${place.name} gives the port ${name ?? "of a service"} more than one client alias; Service Connect takes one.`,
        ),
      );
  }
  return found;
}
