import type { Pointer } from "../../core/pointer";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import {
  chosenContainer,
  containersOf,
  isFargate,
  launchOf,
  networkModeOf,
  placementOfRunTask,
  servicesOf,
} from "../../model/queries";
import { cfnCase } from "../cfn-case";
import { contribute, volumesOf } from "../containers";
import { familyOf } from "../families";
import { runTaskEdgesOf } from "../groups";
import { constructOf, derived, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import type { Value } from "../value";
import { containerDefinition } from "./container-definitions";

type Definition = ModelNode<"taskDefinition">;

/** What dependsOn edges add to the container that waits. */
export function lowerDependencies(lowering: Lowering): void {
  for (const edge of lowering.model.edgesOf("dependsOn")) {
    if (!isKind(edge.from, "taskDefinition") || edge.from.id !== edge.to.id) continue;
    const waiting = chosenContainer(edge.from, edge.fromContainer);
    const awaited = chosenContainer(edge.from, edge.toContainer);
    if (!waiting || !awaited) continue;
    const value = { Condition: edge.props.condition, ContainerName: awaited.name };
    const origin = lowering.from(edge as ModelEdge, "/condition");
    contribute(lowering, edge.from, waiting.id, "DependsOn", value, origin);
  }
}

/** Task definitions, complete with what edges gave their containers. Runs after all that grants or contributes. */
export function lowerTaskDefinitions(lowering: Lowering): void {
  for (const definition of lowering.model.of("taskDefinition")) lowerTaskDefinition(lowering, definition);
}

function lowerTaskDefinition(lowering: Lowering, definition: Definition): void {
  const node = definition as ModelNode;
  const { props } = definition;
  const from = (field: Pointer): Origin => lowering.from(node, field);
  const fargate = props.requiresCompatibilities.some((item) => item === "FARGATE" || item === "MANAGED_INSTANCES");
  const platform = fargate || from("/runtimePlatform").why === "drawn";
  // The CDK always makes it. Without one, code on EC2 would act with the role of its instance.
  roleOf(lowering, definition, "task").need(derived(node));
  const containers = containerList(lowering, definition);
  const volumes = volumeList(lowering, definition);
  const constraints = props.placementConstraints;
  const properties = new PropertySet()
    .set("Family", familyOf(lowering, definition), from("/family"))
    .set("Cpu", props.cpu === undefined ? undefined : String(props.cpu), from("/cpu"))
    .set("Memory", props.memory === undefined ? undefined : String(props.memory), from("/memory"))
    .set("NetworkMode", networkModeOf(definition), from("/networkMode"))
    .set("RequiresCompatibilities", compatibilities(lowering, definition), from("/requiresCompatibilities"))
    .set("RuntimePlatform", platform ? cfnCase(props.runtimePlatform) : undefined, from("/runtimePlatform"))
    .set(
      "EphemeralStorage",
      props.ephemeralStorage === undefined ? undefined : { SizeInGiB: props.ephemeralStorage },
      from("/ephemeralStorage"),
    )
    .set("ExecutionRoleArn", roleOf(lowering, definition, "execution").arn(), from("/executionRole"))
    .set("TaskRoleArn", roleOf(lowering, definition, "task").arn(), from("/taskRole"))
    .set("PidMode", props.pidMode, from("/pidMode"))
    .set("IpcMode", props.ipcMode, from("/ipcMode"))
    .set("EnableFaultInjection", props.enableFaultInjection, from("/enableFaultInjection"))
    .set(
      "PlacementConstraints",
      constraints.length > 0 ? constraints.map((item) => cfnCase(item)) : undefined,
      from("/placementConstraints"),
    )
    .set("Volumes", volumes.value, from("/volumes"), volumes.parts)
    .set("ContainerDefinitions", containers.value, from("/containerDefinitions"), containers.parts);
  lowering.add("AWS::ECS::TaskDefinition", lowering.idOf(node), properties, {
    origins: lowering.drawn(node),
    construct: constructOf("taskDefinition", node),
  });
}

interface List {
  value: Value[] | undefined;
  parts: Record<Pointer, readonly Origin[]>;
}

function containerList(lowering: Lowering, definition: Definition): List {
  const parts: Record<Pointer, readonly Origin[]> = {};
  const value = containersOf(definition).map((container, index) => {
    const made = containerDefinition(lowering, definition, container);
    for (const [at, origins] of Object.entries(made.parts)) parts[`/${index}${at}`] = origins;
    return made.value;
  });
  return { value, parts };
}

function volumeList(lowering: Lowering, definition: Definition): List {
  const node = definition as ModelNode;
  const parts: Record<Pointer, readonly Origin[]> = {};
  const value: Value[] = definition.props.volumes.map((volume, index) => {
    parts[`/${index}`] = [lowering.from(node, `/volumes/${index}`)];
    const { name, host, dockerVolumeConfiguration: docker } = volume;
    return cfnCase({
      name,
      host: host?.sourcePath === undefined ? undefined : host,
      dockerVolumeConfiguration: docker,
    });
  });
  for (const volume of volumesOf(lowering, node)) {
    parts[`/${value.length}`] = volume.origins;
    value.push(volume.value);
  }
  return { value: value.length > 0 ? value : undefined, parts };
}

/** What the person says; else the launch types of the places where it runs. */
function compatibilities(lowering: Lowering, definition: Definition): Value | undefined {
  const { requiresCompatibilities } = definition.props;
  if (requiresCompatibilities.length > 0) return [...requiresCompatibilities];
  const launches = [
    ...servicesOf(definition as ModelNode).map((service) => launchOf(service)),
    ...runTaskEdgesOf(lowering, definition as ModelNode).map(
      (edge) => placementOfRunTask(lowering.model, edge, definition).launch,
    ),
  ].map((launch) => (isFargate(launch) ? "FARGATE" : "EC2"));
  return launches.length > 0 ? [...new Set(launches)].sort() : undefined;
}
