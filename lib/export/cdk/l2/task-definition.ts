import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, make, method, obj, raw, type Variable } from "../code";
import { str } from "../values";
import { type Builder, originOf, type Writing } from "../writing";
import { calls, cells, type Place, portsOf } from "./container";
import { type Override, writeOverrides } from "./overrides";
import { handleOf, isNumber, isText } from "./shared";
import { finish } from "./single";
import { volumesOf } from "./volumes";

const names = { ref: "taskDefinitionArn", attributes: { TaskDefinitionArn: "taskDefinitionArn" } };

/**
 * A task definition with its containers.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.FargateTaskDefinition.html
 */
export const taskDefinition: Builder = (writing, resource) => {
  const kind = kindOf(resource);
  if (!kind || !isSound(writing, resource, kind)) return undefined;
  return {
    type: kind.type,
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      new TaskWriter(writing, resource, kind, variable).write();
    },
  };
};

interface Kind {
  type: "ecs.FargateTaskDefinition" | "ecs.Ec2TaskDefinition" | "ecs.TaskDefinition";
  compatibility: "FARGATE" | "EC2" | "EC2_AND_FARGATE";
}

/** The class for what runs the task. That for EC2 knows no size of a task. */
function kindOf({ properties }: Known): Kind | undefined {
  const { RequiresCompatibilities, Cpu, Memory } = properties;
  const launch = Array.isArray(RequiresCompatibilities) ? [...RequiresCompatibilities].sort().join() : "";
  if (launch === "FARGATE") return { type: "ecs.FargateTaskDefinition", compatibility: "FARGATE" };
  if (launch === "EC2,FARGATE") return { type: "ecs.TaskDefinition", compatibility: "EC2_AND_FARGATE" };
  if (launch !== "EC2") return undefined;
  const sized = Cpu !== undefined || Memory !== undefined;
  return { type: sized ? "ecs.TaskDefinition" : "ecs.Ec2TaskDefinition", compatibility: "EC2" };
}

const containersIn = ({ properties }: Known): Properties[] =>
  Array.isArray(properties.ContainerDefinitions) ? (properties.ContainerDefinitions as Properties[]) : [];

const modes: Readonly<Record<string, string>> = { awsvpc: "AWS_VPC", bridge: "BRIDGE", host: "HOST", none: "NONE" };

/** True when the class takes it at all: what it refuses stands as level one, with its finding. */
function isSound(writing: Writing, resource: Known, { compatibility }: Kind): boolean {
  const { Family, Cpu, Memory, NetworkMode, ExecutionRoleArn, TaskRoleArn, EnableFaultInjection, PidMode } =
    resource.properties;
  const containers = containersIn(resource);
  const ids = containers.map(({ Name }) => Name);
  const fargate = compatibility !== "EC2";
  const sizes = [Cpu, Memory].every((size) => (size === undefined ? !fargate : isText(size) && /^\d+$/.test(size)));
  return (
    isText(Family) &&
    sizes &&
    isText(NetworkMode) &&
    Object.hasOwn(modes, NetworkMode) &&
    (!fargate || NetworkMode === "awsvpc") &&
    roleSays(writing, TaskRoleArn) &&
    roleSays(writing, ExecutionRoleArn) &&
    EnableFaultInjection === undefined &&
    (PidMode === undefined || !fargate || PidMode === "task") &&
    ids.every((id) => isText(id) && /^[A-Za-z0-9_-]+$/.test(id)) &&
    new Set(ids).size === ids.length &&
    containers.some(({ Essential }) => Essential === true) &&
    containers.every((container) => isSoundContainer(writing, resource, container, fargate))
  );
}

/** A role that the export can hand over without its being changed. */
const roleSays = (writing: Writing, arn: Value | undefined): boolean => {
  const id = targetOf(arn);
  return id !== undefined && writing.resource(id)?.type === "AWS::IAM::Role"
    ? writing.built(id) !== undefined
    : arn instanceof Intrinsic || (isText(arn) && /^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn));
};

function isSoundContainer(writing: Writing, resource: Known, container: Properties, fargate: boolean): boolean {
  const { Image, Memory, MemoryReservation, RepositoryCredentials } = container;
  const place: Place = { writing, task: resource, mode: resource.properties.NetworkMode as string, container };
  const sized = fargate || resource.properties.Memory !== undefined;
  const memory = (["Memory", "MemoryReservation"] as const).some(
    (key) => container[key] !== undefined && cells[key]?.(container[key], place),
  );
  return (
    Image !== undefined &&
    (isText(Image) ? Image !== "" : Image instanceof Intrinsic) &&
    (RepositoryCredentials === undefined || isCredential(writing, RepositoryCredentials)) &&
    (sized || memory) &&
    (Memory === undefined || MemoryReservation === undefined || Number(MemoryReservation) <= Number(Memory))
  );
}

const isCredential = (writing: Writing, value: Value): boolean => {
  const id = targetOf((value as Properties).CredentialsParameter);
  return id !== undefined && writing.built(id) !== undefined;
};

/** True when the class knows a container's ports, so that a service can be found behind them. */
export function knowsPort(resource: Known, name: Value | undefined, port: Value | undefined): boolean {
  const container = containersIn(resource).find((one) => one.Name === name);
  const mappings = container?.PortMappings;
  const mode = resource.properties.NetworkMode as string;
  return (
    Array.isArray(mappings) &&
    portsOf(mappings, { mode }) !== undefined &&
    mappings.some((mapping) => (mapping as Properties).ContainerPort === port)
  );
}

class TaskWriter {
  private readonly overrides: Override[] = [];
  private readonly containers = new Map<string, Variable>();

  constructor(
    private readonly writing: Writing,
    private readonly resource: Known,
    private readonly kind: Kind,
    private readonly variable: Variable,
  ) {}

  write(): void {
    const { writing, resource, kind, variable } = this;
    const expr = make(kind.type, raw("this"), lit(resource.id), this.props());
    writing.program.declare(variable, expr, writing.place(resource));
    const list = containersIn(resource);
    for (const { Name } of list) {
      const name = Name as string;
      this.containers.set(name, writing.program.variable(`${name}Container`, "ecs.ContainerDefinition"));
    }
    list.forEach((container, at) => {
      this.container(container, at);
    });
    list.forEach((container, at) => {
      this.callsOn(container, at);
    });
    finish(writing, resource, variable);
    writeOverrides(writing, resource, variable, this.overrides);
  }

  private props(): Expr {
    const { writing, resource, kind } = this;
    const { properties } = resource;
    const { Family, Cpu, Memory, NetworkMode, RuntimePlatform, EphemeralStorage, PidMode, IpcMode } = properties;
    const general = kind.type === "ecs.TaskDefinition";
    const size = (value: Value | undefined): Expr | undefined =>
      value === undefined ? undefined : lit(general ? String(value) : Number(value));
    const volumes = volumesOf(writing, properties.Volumes);
    if (properties.Volumes !== undefined && !volumes) this.override("Volumes");
    const platform = kind.compatibility === "EC2" ? undefined : platformOf(RuntimePlatform);
    if (RuntimePlatform !== undefined && !platform) this.override("RuntimePlatform");
    const storage = (EphemeralStorage as Properties | undefined)?.SizeInGiB;
    const stored = kind.type === "ecs.FargateTaskDefinition" && isNumber(storage) && storage >= 21 && storage <= 200;
    if (EphemeralStorage !== undefined && !stored) this.override("EphemeralStorage");
    const ipc = isText(IpcMode) && kind.type !== "ecs.FargateTaskDefinition" ? IpcMode : undefined;
    if (IpcMode !== undefined && ipc === undefined) this.override("IpcMode");
    if (properties.PlacementConstraints !== undefined) this.override("PlacementConstraints");
    return obj({
      compatibility: general ? raw(`ecs.Compatibility.${kind.compatibility}`) : undefined,
      family: lit(Family as string),
      cpu: size(Cpu),
      [general ? "memoryMiB" : "memoryLimitMiB"]: size(Memory),
      networkMode:
        kind.type === "ecs.FargateTaskDefinition" ? undefined : raw(`ecs.NetworkMode.${modes[NetworkMode as string]}`),
      runtimePlatform: platform,
      ephemeralStorageGiB: stored ? lit(storage) : undefined,
      pidMode: isText(PidMode) ? raw(`ecs.PidMode.${PidMode.toUpperCase()}`) : undefined,
      ipcMode: ipc === undefined ? undefined : raw(`ecs.IpcMode.${ipc.toUpperCase()}`),
      executionRole: roleExpr(writing, properties.ExecutionRoleArn),
      taskRole: roleExpr(writing, properties.TaskRoleArn),
      volumes,
    });
  }

  private override(path: string, because?: string): void {
    const value = path
      .split(".")
      .reduce<Value | undefined>((at, key) => (at as Properties | undefined)?.[key], this.resource.properties);
    this.overrides.push({ path, value, ...(because === undefined ? {} : { because }) });
  }

  private container(container: Properties, at: number): void {
    const { writing, resource, variable } = this;
    const name = container.Name as string;
    const place: Place = { writing, task: resource, mode: resource.properties.NetworkMode as string, container };
    const props: Record<string, Expr | undefined> = {};
    const left = new Set(Object.keys(container).filter((key) => key !== "Name" && !Object.hasOwn(calls, key)));
    for (const [key, cell] of Object.entries(cells)) {
      const value = container[key];
      const said = value === undefined ? undefined : cell(value, place);
      if (!said) continue;
      left.delete(key);
      if (said.key !== "") props[said.key] = said.expr;
    }
    for (const key of left) {
      const empty = Array.isArray(container[key]) && container[key].length === 0;
      if (!empty) this.override(`ContainerDefinitions.${at}.${key}`);
    }
    const expr = method(variable, "addContainer", lit(name), obj(props));
    const from = originOf(resource, `/properties/ContainerDefinitions/${at}`);
    writing.program.declare(this.containers.get(name) as Variable, expr, { ...writing.place(resource), from });
  }

  private callsOn(container: Properties, at: number): void {
    const { writing, resource } = this;
    const known = (name: string): Variable | undefined => this.containers.get(name);
    for (const [key, cell] of Object.entries(calls)) {
      const value = container[key];
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      const expr = cell(value, known);
      const from = originOf(resource, `/properties/ContainerDefinitions/${at}/${key}`);
      if (expr)
        writing.program.run(expr(known(container.Name as string) as Variable), { ...writing.place(resource), from });
      else this.override(`ContainerDefinitions.${at}.${key}`);
    }
  }
}

/** A role of the export, which the classes may not widen; or one that exists. */
function roleExpr(writing: Writing, arn: Value | undefined): Expr | undefined {
  if (arn === undefined) return undefined;
  const id = targetOf(arn);
  const handle = id !== undefined && writing.built(id) ? writing.handle(id) : undefined;
  if (handle) return method(handle.variable, "withoutPolicyUpdates");
  const key = id ?? (isText(arn) ? `${arn.split("/").at(-1)}` : "Role");
  return writing.once(`${key.replace(/[^A-Za-z0-9]/g, "")}ByArn`, "iam.IRole", (name) =>
    call(raw("iam.Role.fromRoleArn"), raw("this"), lit(name), str(writing, arn), obj({ mutable: lit(false) })),
  );
}

/** Names of families as the class has them. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.OperatingSystemFamily.html */
function platformOf(value: Value | undefined): Expr | undefined {
  const { CpuArchitecture, OperatingSystemFamily, ...more } = (value ?? {}) as Properties;
  if (Object.keys(more).length > 0 || (CpuArchitecture !== "X86_64" && CpuArchitecture !== "ARM64")) return undefined;
  if (OperatingSystemFamily !== "LINUX") return undefined;
  return obj({
    cpuArchitecture: raw(`ecs.CpuArchitecture.${CpuArchitecture}`),
    operatingSystemFamily: raw("ecs.OperatingSystemFamily.LINUX"),
  });
}

/** The container port behind the name of a port; undefined where the class knows no such name. */
export function nameOfPort(resource: Known, name: Value | undefined): number | undefined {
  const mode = resource.properties.NetworkMode as string;
  for (const { PortMappings } of containersIn(resource)) {
    if (!Array.isArray(PortMappings) || portsOf(PortMappings, { mode }) === undefined) continue;
    const found = (PortMappings as Properties[]).find((mapping) => mapping.Name === name);
    if (found) return found.ContainerPort as number;
  }
  return undefined;
}
