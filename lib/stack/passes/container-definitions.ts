import { own } from "../../core/json";
import { escapeSegment, type Pointer } from "../../core/pointer";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf, networkModeOf } from "../../model/queries";
import { cfnCase, pascal } from "../cfn-case";
import { type Contribution, contributionsTo } from "../containers";
import { derived, type Lowering } from "../lowering";
import { type PortMapping, portName } from "../ports";
import { calledPorts } from "../service-connect";
import type { Origin } from "../stack";
import type { Properties, Value } from "../value";
import { logConfiguration } from "./logs";

/** What a field of a container definition is lowered with. */
interface Place {
  lowering: Lowering;
  taskDefinition: ModelNode<"taskDefinition">;
  container: Container;
}
type Convert = (value: unknown, place: Place) => Value | undefined;

const plain: Convert = (value) => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  return cfnCase({ value }, opaque).Value;
};
const opaque = new Set(["options", "dockerLabels"]);
/** A map whose keys are the person's own. */
const map: Convert = (value) => value as Value | undefined;

/** Every field of the catalog, in the order they are written. */
const fields: { readonly [K in Exclude<keyof Container, "id">]-?: Convert } = {
  name: plain,
  image: plain,
  essential: plain,
  cpu: plain,
  memory: plain,
  memoryReservation: plain,
  portMappings: (value, place) => ports(value as readonly PortMapping[], place),
  entryPoint: plain,
  command: plain,
  workingDirectory: plain,
  environment: plain,
  environmentFiles: plain,
  secrets: plain,
  mountPoints: plain,
  volumesFrom: (value, { taskDefinition }) => volumesFrom(value, taskDefinition),
  links: plain,
  healthCheck: plain,
  logConfiguration: (_value, { lowering, taskDefinition, container }) =>
    logConfiguration(lowering, taskDefinition, container),
  firelensConfiguration: plain,
  user: plain,
  privileged: plain,
  readonlyRootFilesystem: plain,
  linuxParameters: plain,
  ulimits: plain,
  restartPolicy: plain,
  startTimeout: plain,
  stopTimeout: plain,
  resourceRequirements: plain,
  hostname: plain,
  extraHosts: plain,
  dnsServers: plain,
  dnsSearchDomains: plain,
  disableNetworking: plain,
  dockerSecurityOptions: plain,
  dockerLabels: map,
  systemControls: plain,
  credentialSpecs: plain,
  interactive: plain,
  pseudoTerminal: plain,
  versionConsistency: plain,
};

const rows = Object.entries(fields).map(([field, convert]) => ({
  field: field as keyof Container,
  convert,
  property: pascal(field),
  at: `/${escapeSegment(field)}`,
}));

/** Bridge mode needs a host port, and 0 lets Docker choose: written out, as the CDK does. */
function ports(mappings: readonly PortMapping[], place: Place): Value | undefined {
  if (mappings.length === 0) return undefined;
  const { lowering, taskDefinition, container } = place;
  const called = calledPorts(lowering);
  const bridge = networkModeOf(taskDefinition) === "bridge";
  return mappings.map((mapping) => {
    const { containerPort, hostPort, name, ...rest } = mapping;
    const dynamic = bridge && containerPort !== undefined && hostPort === undefined;
    const known = name ?? (called.has(mapping) ? portName(container, mapping) : undefined);
    return cfnCase({ containerPort, hostPort: dynamic ? 0 : hostPort, name: known, ...rest });
  });
}

/** A container may be named by its name or by its id. */
function volumesFrom(value: unknown, taskDefinition: ModelNode<"taskDefinition">): Value | undefined {
  const list = plain(value, undefined as never);
  if (!Array.isArray(list)) return undefined;
  const byId = new Map(containersOf(taskDefinition).map((item) => [item.id, item.name]));
  return list.map((entry) => {
    const source = String((entry as Properties).SourceContainer);
    return { ...(entry as Properties), SourceContainer: byId.get(source) ?? source };
  });
}

/** One entry of ContainerDefinitions, and where each part of it comes from (pointers relative to the entry). */
export function containerDefinition(
  lowering: Lowering,
  taskDefinition: ModelNode<"taskDefinition">,
  container: Container,
): { value: Properties; parts: Record<Pointer, readonly Origin[]> } {
  const node = taskDefinition as ModelNode;
  const value: Properties = {};
  const parts: Record<Pointer, readonly Origin[]> = {
    "": [lowering.from(node, `/containerDefinitions/${container.id}`)],
  };
  const place: Place = { lowering, taskDefinition, container };
  const { lists, single } = contributionsTo(lowering, node, container.id);
  for (const { field, convert, property, at: name } of rows) {
    const contribution = own(single as Record<string, Contribution>, property);
    const given = container[field];
    const item = contribution?.value ?? (given === undefined ? undefined : convert(given, place));
    if (item === undefined) {
      // What edges add stands where it would stand if somebody had written it.
      if (Object.hasOwn(lists, property)) value[property] = [];
      continue;
    }
    value[property] = item;
    const at = `/containerDefinitions/${container.id}${name}`;
    parts[`/${property}`] = contribution?.origins ?? [lowering.from(node, at)];
    if (!Array.isArray(item)) continue;
    item.forEach((_, index) => {
      parts[`/${property}/${index}`] = [lowering.from(node, `${at}/${index}`)];
    });
  }
  const { RepositoryCredentials: credentials } = single;
  if (credentials) {
    value.RepositoryCredentials = credentials.value;
    parts["/RepositoryCredentials"] = credentials.origins;
  }
  for (const [property, entries] of Object.entries(lists)) {
    const drawn = value[property];
    const list: Value[] = Array.isArray(drawn) ? [...drawn] : [];
    if (!parts[`/${property}`]) parts[`/${property}`] = [derived(node)];
    for (const entry of entries) {
      parts[`/${property}/${list.length}`] = entry.origins;
      list.push(entry.value);
    }
    value[property] = list;
  }
  return { value, parts };
}
