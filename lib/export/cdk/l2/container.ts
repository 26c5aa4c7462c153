import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, method, obj, raw, type Variable } from "../code";
import { str } from "../values";
import { isPlain, type Writing } from "../writing";
import { imageOf } from "./image";
import { loggingOf } from "./logging";
import { isNumber, isText, same, seconds } from "./shared";

/** Where a container stands. */
export interface Place {
  writing: Writing;
  task: Known;
  mode: string | undefined;
  container: Properties;
}

/** How `addContainer` says one property; undefined where it cannot. */
type Cell = (value: Value, place: Place) => { key: string; expr: Expr | undefined } | undefined;

const texts = (value: Value): value is string[] => Array.isArray(value) && value.every((one) => isText(one));
const objects = (value: Value): value is Properties[] =>
  Array.isArray(value) &&
  value.every((one) => typeof one === "object" && one !== null && !Array.isArray(one) && !(one instanceof Intrinsic));
const keysIn = (value: Properties, ...keys: string[]): boolean => Object.keys(value).every((key) => keys.includes(key));

const text =
  (key: string): Cell =>
  (value, { writing }) =>
    isText(value) || value instanceof Intrinsic ? { key, expr: str(writing, value) } : undefined;
const whole =
  (key: string, least = 0): Cell =>
  (value) =>
    isNumber(value) && value >= least ? { key, expr: lit(value) } : undefined;
const flag =
  (key: string): Cell =>
  (value) =>
    typeof value === "boolean" ? { key, expr: lit(value) } : undefined;
const list =
  (key: string): Cell =>
  (value) =>
    texts(value) && value.length > 0 ? { key, expr: arr(value.map((one) => lit(one))) } : undefined;
const time =
  (key: string): Cell =>
  (value) =>
    isNumber(value) && value >= 0 ? { key, expr: seconds(value) } : undefined;

/** A map as an object literal, when its keys keep their order there: those that look like numbers would not. */
function record(entries: readonly (readonly [string, Expr])[]): Expr | undefined {
  const keys = entries.map(([key]) => key);
  const orderly = new Set(keys).size === keys.length && keys.every((key) => key !== "__proto__" && !/^\d+$/.test(key));
  return orderly && keys.length > 0 ? obj(Object.fromEntries(entries)) : undefined;
}
const said = (key: string, expr: Expr | undefined): { key: string; expr: Expr } | undefined => expr && { key, expr };

/** Properties of `ecs.ContainerDefinitionOptions`, in the order in which the code gives them. */
export const cells: Readonly<Record<string, Cell>> = {
  Image: (value, { writing, container }) => said("image", imageOf(writing, value, container.RepositoryCredentials)),
  // Said with the image.
  RepositoryCredentials: (value, { writing, container }) =>
    container.Image !== undefined && imageOf(writing, container.Image, value)
      ? { key: "", expr: undefined }
      : undefined,
  Essential: (value) =>
    typeof value === "boolean" ? { key: "essential", expr: value ? undefined : lit(false) } : undefined,
  Cpu: whole("cpu", 1),
  Memory: (value, { container: { MemoryReservation: soft } }) =>
    isNumber(value) && (soft === undefined || (isNumber(soft) && soft <= value))
      ? whole("memoryLimitMiB", 1)(value, undefined as never)
      : undefined,
  MemoryReservation: (value, { container: { Memory: hard } }) =>
    isNumber(value) && (hard === undefined || (isNumber(hard) && value <= hard))
      ? whole("memoryReservationMiB", 1)(value, undefined as never)
      : undefined,
  PortMappings: (value, place) => said("portMappings", portsOf(value, place)),
  EntryPoint: list("entryPoint"),
  Command: list("command"),
  WorkingDirectory: text("workingDirectory"),
  Environment: (value, { writing }) =>
    objects(value) && value.every((one) => keysIn(one, "Name", "Value") && isText(one.Name) && one.Value !== undefined)
      ? said("environment", record(value.map((one) => [one.Name as string, str(writing, one.Value as Value)])))
      : undefined,
  Secrets: (value, { writing }) => said("secrets", secretsOf(writing, value)),
  HealthCheck: (value) => said("healthCheck", healthOf(value)),
  LogConfiguration: (value, { writing, task }) => said("logging", loggingOf(writing, task, value)),
  User: text("user"),
  Privileged: flag("privileged"),
  ReadonlyRootFilesystem: flag("readonlyRootFilesystem"),
  Ulimits: (value) =>
    objects(value) && value.every(isUlimit)
      ? {
          key: "ulimits",
          expr: arr(
            value.map((one) =>
              obj({
                name: raw(`ecs.UlimitName.${String(one.Name).toUpperCase()}`),
                softLimit: lit(one.SoftLimit as number),
                hardLimit: lit(one.HardLimit as number),
              }),
            ),
          ),
        }
      : undefined,
  StartTimeout: time("startTimeout"),
  StopTimeout: time("stopTimeout"),
  ResourceRequirements: (value) => {
    const [one, ...others] = objects(value) ? value : [];
    const count = Number(one?.Value);
    const gpus = one?.Type === "GPU" && Number.isInteger(count) && count > 0 && String(count) === one.Value;
    return gpus && others.length === 0 ? { key: "gpuCount", expr: lit(count) } : undefined;
  },
  Hostname: text("hostname"),
  ExtraHosts: (value) =>
    objects(value) && value.every((one) => isText(one.Hostname) && isText(one.IpAddress))
      ? said("extraHosts", record(value.map((one) => [one.Hostname as string, lit(one.IpAddress as string)])))
      : undefined,
  DnsServers: list("dnsServers"),
  DnsSearchDomains: list("dnsSearchDomains"),
  DisableNetworking: flag("disableNetworking"),
  DockerSecurityOptions: list("dockerSecurityOptions"),
  DockerLabels: (value) => {
    const entries = isPlain(value) && typeof value === "object" && value !== null ? Object.entries(value) : [];
    return entries.every(([, one]) => isText(one))
      ? said("dockerLabels", record(entries.map(([key, one]) => [key, lit(one as string)])))
      : undefined;
  },
  SystemControls: (value) =>
    objects(value) &&
    value.every((one) => keysIn(one, "Namespace", "Value") && isText(one.Namespace) && isText(one.Value))
      ? {
          key: "systemControls",
          expr: arr(
            value.map((one) => obj({ namespace: lit(one.Namespace as string), value: lit(one.Value as string) })),
          ),
        }
      : undefined,
  Interactive: flag("interactive"),
  PseudoTerminal: flag("pseudoTerminal"),
};

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.UlimitName.html */
const ulimits = /^(core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)$/;
const isUlimit = (one: Properties): boolean =>
  isText(one.Name) && ulimits.test(one.Name) && isNumber(one.SoftLimit) && isNumber(one.HardLimit);

/** Port mappings that the class takes in this network mode; undefined where it refuses one. */
export function portsOf(value: Value, { mode }: Pick<Place, "mode">): Expr | undefined {
  if (!objects(value) || value.length === 0) return undefined;
  const exprs = value.map(({ ContainerPort, HostPort, Protocol, Name, AppProtocol, ...more }): Expr | undefined => {
    const usual =
      Object.keys(more).length === 0 &&
      isNumber(ContainerPort) &&
      (HostPort === undefined || isNumber(HostPort)) &&
      (Protocol === "tcp" || Protocol === "udp") &&
      // An application protocol belongs to a named port.
      (AppProtocol === undefined || Name !== undefined);
    if (!usual || mode === "none") return undefined;
    if (mode !== "bridge" && HostPort !== undefined && HostPort !== ContainerPort) return undefined;
    return obj({
      containerPort: lit(ContainerPort),
      // In bridge mode the class writes 0 itself.
      hostPort: HostPort === undefined || (mode === "bridge" && HostPort === 0) ? undefined : lit(HostPort as number),
      protocol: Protocol === "udp" ? raw("ecs.Protocol.UDP") : undefined,
      name: isText(Name) ? lit(Name) : undefined,
      appProtocol: isText(AppProtocol) ? raw(`ecs.AppProtocol.${AppProtocol}`) : undefined,
    });
  });
  return exprs.some((one) => one === undefined) ? undefined : arr(exprs as Expr[]);
}

/** Secrets that constructs of the export hold; undefined where one is given otherwise. */
function secretsOf(writing: Writing, value: Value): Expr | undefined {
  if (!objects(value)) return undefined;
  const entries = value.map(({ Name, ValueFrom, ...more }): [string, Expr] | undefined => {
    const expr = ValueFrom === undefined ? undefined : secretOf(writing, ValueFrom);
    return expr && isText(Name) && Object.keys(more).length === 0 ? [Name, expr] : undefined;
  });
  return entries.includes(undefined) ? undefined : record(entries as [string, Expr][]);
}

/** `ecs.Secret.fromSecretsManager(…)` for what a secret or parameter of the stack holds. */
export function secretOf(writing: Writing, value: Value): Expr | undefined {
  const variableOf = (id: string, type: string): Variable | undefined =>
    writing.resource(id)?.type === type && writing.built(id) ? writing.handle(id)?.variable : undefined;
  const id = targetOf(value);
  if (id !== undefined && same(value, ref(id))) {
    const secret = variableOf(id, "AWS::SecretsManager::Secret");
    return secret && call(raw("ecs.Secret.fromSecretsManager"), secret);
  }
  const template = value instanceof Intrinsic && value.name === "Fn::Sub" ? value.argument : undefined;
  const field = isText(template) ? /^\$\{(\w+)\}:([\w.-]+)::$/.exec(template) : null;
  if (field) {
    const secret = variableOf(field[1] as string, "AWS::SecretsManager::Secret");
    return secret && call(raw("ecs.Secret.fromSecretsManager"), secret, lit(field[2] as string));
  }
  const name = isText(template) && template.startsWith(parameterPrefix) ? /\/\$\{(\w+)\}$/.exec(template) : null;
  if (name && template === `${parameterPrefix}/\${${name[1]}}`) {
    const parameter = variableOf(name[1] as string, "AWS::SSM::Parameter");
    return parameter && call(raw("ecs.Secret.fromSsmParameter"), parameter);
  }
  return undefined;
}

/** What the ARN of a parameter begins with. */
const parameterPrefix = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";

/** A health check that says everything: the class would fill in what is missing. */
function healthOf(value: Value): Expr | undefined {
  if (!objects([value])) return undefined;
  const { Command, Interval, Timeout, Retries, StartPeriod, ...more } = value as Properties;
  if (Object.keys(more).length > 0 || !Command || !texts(Command) || Command.length < 2) return undefined;
  if (Command[0] !== "CMD" && Command[0] !== "CMD-SHELL") return undefined;
  if (!isNumber(Interval) || !isNumber(Timeout) || !isNumber(Retries)) return undefined;
  if (Interval < 5 || Interval > 300 || Timeout < 2 || Timeout > 120 || Interval < Timeout) return undefined;
  if (StartPeriod !== undefined && !isNumber(StartPeriod)) return undefined;
  return obj({
    command: arr(Command.map((one) => lit(one))),
    interval: seconds(Interval),
    timeout: seconds(Timeout),
    retries: lit(Retries),
    startPeriod: seconds(StartPeriod),
  });
}

/** What is said by calls on the container once it is there; undefined where no call says it. */
export const calls: Readonly<
  Record<
    string,
    (value: Value, known: (name: string) => Variable | undefined) => ((container: Variable) => Expr) | undefined
  >
> = {
  MountPoints(value) {
    if (!objects(value) || value.length === 0) return undefined;
    const usual = value.every(
      (one) =>
        keysIn(one, "ContainerPath", "ReadOnly", "SourceVolume") &&
        isText(one.ContainerPath) &&
        isText(one.SourceVolume) &&
        typeof one.ReadOnly === "boolean",
    );
    const points = (): Expr[] =>
      value.map((one) =>
        obj({
          containerPath: lit(one.ContainerPath as string),
          readOnly: lit(one.ReadOnly as boolean),
          sourceVolume: lit(one.SourceVolume as string),
        }),
      );
    return usual ? (container) => method(container, "addMountPoints", ...points()) : undefined;
  },
  VolumesFrom(value) {
    if (!objects(value) || value.length === 0) return undefined;
    const usual = value.every(
      (one) =>
        keysIn(one, "SourceContainer", "ReadOnly") && isText(one.SourceContainer) && typeof one.ReadOnly === "boolean",
    );
    const sources = (): Expr[] =>
      value.map((one) =>
        obj({ sourceContainer: lit(one.SourceContainer as string), readOnly: lit(one.ReadOnly as boolean) }),
      );
    return usual ? (container) => method(container, "addVolumesFrom", ...sources()) : undefined;
  },
  DependsOn(value, known) {
    if (!objects(value) || value.length === 0) return undefined;
    const usual = value.every(
      (one) =>
        keysIn(one, "ContainerName", "Condition") &&
        isText(one.Condition) &&
        /^(COMPLETE|HEALTHY|START|SUCCESS)$/.test(one.Condition) &&
        known(String(one.ContainerName)) !== undefined,
    );
    const needs = (): Expr[] =>
      value.map((one) =>
        obj({
          container: known(String(one.ContainerName)) as Variable,
          condition: raw(`ecs.ContainerDependencyCondition.${one.Condition}`),
        }),
      );
    return usual ? (container) => method(container, "addContainerDependencies", ...needs()) : undefined;
  },
};
