import { Intrinsic, type Properties, type Value } from "../../stack/value";
import { type Part, type Task, textOf } from "./plan";
import { literal, type Variables } from "./variables";
import type { Volumes } from "./volumes";

export type Body = Record<string, unknown>;

/** What the services of a file share. */
export interface Shared {
  variables: Variables;
  volumes: Volumes;
  /** Ports of this machine that are taken: "8080/tcp". */
  ports: Set<string>;
  /** What Compose cannot do for a container: one sentence each. */
  tell(task: Task, sentence: string): void;
}

const listOf = (value: Value | undefined): Properties[] => (Array.isArray(value) ? (value as Properties[]) : []);
const texts = (value: Value | undefined): string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map((item) => literal(String(item))) : undefined;
const seconds = (value: Value | undefined): string | undefined => (typeof value === "number" ? `${value}s` : undefined);
const mebibytes = (value: Value | undefined): string | undefined =>
  value === undefined || value === null ? undefined : `${value}m`;

/**
 * A container as a service of the Compose Specification.
 * https://docs.docker.com/reference/compose-file/services/
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function serviceOf(task: Task, part: Part, shared: Shared): Body {
  const { properties } = part;
  const joins = task.sharesNetwork && task.owner !== undefined && part !== task.owner;
  const linux = (properties.LinuxParameters ?? {}) as Properties;
  const capabilities = (linux.Capabilities ?? {}) as Properties;
  // Addresses, names and ports belong to the network, and with it to the container that the others join.
  const network = joins
    ? { network_mode: `service:${(task.owner as Part).service}` }
    : {
        ports: some((task.sharesNetwork ? task.parts : [part]).flatMap((one) => portsOf(task, one, shared))),
        networks: networksOf(task, part),
        hostname: typeof properties.Hostname === "string" ? literal(properties.Hostname) : undefined,
        extra_hosts: some(listOf(properties.ExtraHosts).map((host) => literal(`${host.Hostname}=${host.IpAddress}`))),
        dns: texts(properties.DnsServers),
        dns_search: texts(properties.DnsSearchDomains),
      };
  notRun(task, part, shared);
  return defined({
    image: imageOf(task, part, shared),
    // Tasks that nothing keeps running are started by hand: docker compose run --rm NAME.
    profiles: task.runs ? undefined : ["tasks"],
    entrypoint: texts(properties.EntryPoint),
    command: texts(properties.Command),
    working_dir: properties.WorkingDirectory === undefined ? undefined : literal(String(properties.WorkingDirectory)),
    environment: environmentOf(task, part, shared),
    ...network,
    depends_on: dependsOn(task, part, joins),
    healthcheck: healthCheckOf(properties.HealthCheck as Properties | undefined),
    volumes: some(shared.volumes.mounts(task, properties)),
    volumes_from: some(volumesFrom(task, properties)),
    tmpfs: some(
      listOf(linux.Tmpfs).map(({ ContainerPath, Size, MountOptions }) =>
        literal([ContainerPath, [`size=${Size}m`, ...listOf(MountOptions)].join(",")].join(":")),
      ),
    ),
    shm_size: mebibytes(linux.SharedMemorySize),
    init: linux.InitProcessEnabled === true ? true : undefined,
    cap_add: texts(capabilities.Add),
    cap_drop: texts(capabilities.Drop),
    user: properties.User === undefined ? undefined : literal(String(properties.User)),
    privileged: properties.Privileged === true ? true : undefined,
    read_only: properties.ReadonlyRootFilesystem === true ? true : undefined,
    ulimits: some(
      Object.fromEntries(
        listOf(properties.Ulimits).map(({ Name, SoftLimit, HardLimit }) => [
          String(Name),
          { soft: SoftLimit, hard: HardLimit },
        ]),
      ),
    ),
    sysctls: some(
      Object.fromEntries(
        // The kernel's settings of a network are its owner's.
        listOf(properties.SystemControls)
          .filter(({ Namespace }) => !joins || !String(Namespace).startsWith("net."))
          .map((one) => [String(one.Namespace), literal(String(one.Value))]),
      ),
    ),
    mem_limit: mebibytes(properties.Memory),
    mem_reservation: mebibytes(properties.MemoryReservation),
    labels: labelsOf(properties.DockerLabels),
    restart: (properties.RestartPolicy as Properties | undefined)?.Enabled === true ? "unless-stopped" : undefined,
    stop_grace_period: seconds(properties.StopTimeout),
    stdin_open: properties.Interactive === true ? true : undefined,
    tty: properties.PseudoTerminal === true ? true : undefined,
  });
}

const some = <T extends object>(value: T): T | undefined => (Object.keys(value).length === 0 ? undefined : value);
const defined = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

/** Images that are pushed to a repository of the design are built here: their local name can be changed in `.env`. */
function imageOf(task: Task, part: Part, { variables }: Shared): string {
  const image = part.properties.Image;
  if (typeof image === "string") return literal(image);
  const tag = image instanceof Intrinsic ? /:([\w.-]+)$/.exec(String(image.argument))?.[1] : undefined;
  const local = `${part.service.toLowerCase()}:${tag ?? "latest"}`;
  return variables.of(
    image ?? null,
    `${part.service}_IMAGE`.toUpperCase(),
    `Image of ${part.container} in ${task.family}.`,
    local,
  );
}

function environmentOf(task: Task, part: Part, { variables }: Shared): Body | undefined {
  const entries = listOf(part.properties.Environment).map(({ Name, Value: value }): [string, string] => [
    String(Name),
    typeof value === "string"
      ? literal(value)
      : variables.of(
          value ?? null,
          String(Name),
          `${Name} of ${part.container} in ${task.family}, known after deployment.`,
        ),
  ]);
  const secrets = listOf(part.properties.Secrets).map(({ Name, ValueFrom }): [string, string] => [
    String(Name),
    variables.of(ValueFrom ?? null, String(Name), `Secret ${Name} of ${part.container} in ${task.family}.`),
  ]);
  return some(Object.fromEntries([...entries, ...secrets]));
}

/** Ports of this machine, where nobody else on the network reaches them. */
function portsOf(task: Task, { properties }: Part, { ports, tell }: Shared): string[] {
  return listOf(properties.PortMappings).flatMap(({ ContainerPort, ContainerPortRange, Protocol }) => {
    const protocol = Protocol === "udp" ? "udp" : "tcp";
    const end = protocol === "udp" ? "/udp" : "";
    if (typeof ContainerPort === "number") {
      let host = ContainerPort;
      while (ports.has(`${host}/${protocol}`) && host < 65_535) host += 1;
      ports.add(`${host}/${protocol}`);
      return [`127.0.0.1:${host}:${ContainerPort}${end}`];
    }
    if (typeof ContainerPortRange !== "string") return [];
    const [first = 0, last = 0] = ContainerPortRange.split("-").map(Number);
    for (let port = first; port <= last; port += 1) {
      if (!ports.has(`${port}/${protocol}`)) continue;
      tell(task, `The ports ${ContainerPortRange} are not published: another container has one of them here.`);
      return [];
    }
    for (let port = first; port <= last; port += 1) ports.add(`${port}/${protocol}`);
    return [`127.0.0.1:${ContainerPortRange}:${ContainerPortRange}${end}`];
  });
}

/** Names by which others call it: Service Connect's, and in bridge mode the container's own. */
function networksOf(task: Task, part: Part): Body | undefined {
  const own = task.sharesNetwork || part.container === part.service ? [] : [part.container];
  const aliases = part === task.owner ? task.aliases.map(({ name }) => name) : [];
  const names = [...new Set([...own, ...aliases])];
  return names.length === 0 ? undefined : { default: { aliases: names.map(literal) } };
}

/** https://docs.docker.com/reference/compose-file/services/#depends_on */
const conditions: Readonly<Record<string, string>> = {
  START: "service_started",
  HEALTHY: "service_healthy",
  COMPLETE: "service_completed_successfully",
  SUCCESS: "service_completed_successfully",
};

function dependsOn(task: Task, part: Part, joins: boolean): Body | undefined {
  // The one that the others join cannot wait for them.
  if (task.sharesNetwork && !joins) return undefined;
  const entries = listOf(part.properties.DependsOn).flatMap(({ ContainerName, Condition }): [string, Body][] => {
    const other = task.parts.find(({ container }) => container === ContainerName);
    const condition = conditions[String(Condition)];
    return other && other !== part && condition ? [[other.service, { condition }]] : [];
  });
  return some(Object.fromEntries(entries));
}

function healthCheckOf(check: Properties | undefined): Body | undefined {
  if (!check) return undefined;
  return defined({
    test: texts(check.Command),
    interval: seconds(check.Interval),
    timeout: seconds(check.Timeout),
    retries: check.Retries,
    start_period: seconds(check.StartPeriod),
  });
}

function volumesFrom(task: Task, { VolumesFrom }: Properties): string[] {
  return listOf(VolumesFrom).flatMap(({ SourceContainer, ReadOnly }) => {
    const source = task.parts.find(({ container }) => container === textOf(SourceContainer));
    return source ? [`${source.service}${ReadOnly === true ? ":ro" : ""}`] : [];
  });
}

const labelsOf = (labels: Value | undefined): Body | undefined =>
  typeof labels === "object" && labels !== null
    ? some(Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, literal(String(value))])))
    : undefined;

/** Settings that have no counterpart on a developer's machine. */
const only: Readonly<Record<string, string>> = {
  CredentialSpecs: "Active Directory credentials",
  EnvironmentFiles: "environment files in S3",
  FirelensConfiguration: "FireLens routing of logs",
  ResourceRequirements: "GPUs and accelerators",
};

function notRun(task: Task, { container, properties }: Part, { tell }: Shared): void {
  for (const [key, what] of Object.entries(only)) {
    if (properties[key] !== undefined) tell(task, `${container} runs here without ${what}.`);
  }
}
