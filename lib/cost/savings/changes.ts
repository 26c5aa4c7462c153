import { fargateCpuValues, fargateMemoryFor, isFargateSize } from "../../aws/fargate-sizes";
import type { NodeKind } from "../../catalog";
import type { Document, DocumentNode, NodeOf } from "../../document/document";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { launchOf, placementsOf } from "../../model/queries";

/** A design changed in one way, or the sentence that says why it cannot be. Pure; the design itself stays as it is. */
export type Changed = { document: Document; parts: number } | { why: string };

/** Changes the props of nodes of one kind where `change` gives new ones. */
function changeNodes<K extends NodeKind>(
  document: Document,
  kind: K,
  change: (node: NodeOf<K>, id: string) => NodeOf<K>["props"] | undefined,
  nothing: string,
): Changed {
  let parts = 0;
  const nodes: Record<string, DocumentNode> = {};
  for (const [id, node] of Object.entries(document.nodes)) {
    const props = node.kind === kind ? change(node as NodeOf<K>, id) : undefined;
    if (props) parts += 1;
    nodes[id] = props ? ({ ...node, props } as DocumentNode) : node;
  }
  return parts === 0 ? { why: nothing } : { document: { ...document, nodes }, parts };
}

const onFargate = (model: Model, definition: ModelNode<"taskDefinition">): boolean => {
  const places = placementsOf(model, definition);
  return places.length > 0 && places.every(({ launch }) => launch !== "EC2");
};

/** Linux tasks on Fargate run on ARM64. */
export const onArm = (document: Document, model: Model): Changed =>
  changeNodes(
    document,
    "taskDefinition",
    (node, id) => {
      const definition = model.node(id);
      if (!isKind(definition, "taskDefinition") || !onFargate(model, definition)) return undefined;
      const { cpuArchitecture, operatingSystemFamily } = definition.props.runtimePlatform;
      if (operatingSystemFamily !== "LINUX" || cpuArchitecture === "ARM64") return undefined;
      return { ...node.props, runtimePlatform: { ...node.props.runtimePlatform, cpuArchitecture: "ARM64" } };
    },
    "No Linux task runs on Fargate with x86.",
  );

/** The next smaller size of Fargate: the CPU value below with half the memory, or as near as AWS has it. */
export function smallerSize(
  cpu: number,
  memory: number,
  os: "linux" | "windows",
): { cpu: number; memory: number } | undefined {
  const values = fargateCpuValues(os);
  const below = values[values.indexOf(cpu) - 1];
  if (below === undefined) {
    const less = fargateMemoryFor(cpu, os).filter((value) => value < memory);
    const last = less[less.length - 1];
    return last === undefined ? undefined : { cpu, memory: last };
  }
  const offered = fargateMemoryFor(below, os).filter((value) => value < memory);
  const fitting = offered.find((value) => value >= memory / 2) ?? offered[offered.length - 1];
  return fitting === undefined ? undefined : { cpu: below, memory: fitting };
}

/** Tasks on Fargate have the next smaller size. */
export const smallerTasks = (document: Document, model: Model): Changed =>
  changeNodes(
    document,
    "taskDefinition",
    (node, id) => {
      const definition = model.node(id);
      if (!isKind(definition, "taskDefinition") || !onFargate(model, definition)) return undefined;
      const { cpu, memory, runtimePlatform } = definition.props;
      const os = runtimePlatform.operatingSystemFamily.startsWith("WINDOWS") ? "windows" : "linux";
      if (cpu === undefined || memory === undefined || !isFargateSize(cpu, memory, os)) return undefined;
      const smaller = smallerSize(cpu, memory, os);
      return smaller && { ...node.props, ...smaller };
    },
    "No task on Fargate has a size that could be smaller.",
  );

/** Services on Fargate with Linux run on Fargate Spot at the discount that the person names, in per cent. */
export function onSpot(document: Document, model: Model, discount: number): Changed {
  const moved: string[] = [];
  const found = changeNodes(
    document,
    "service",
    (node, id) => {
      const service = model.node(id);
      if (!isKind(service, "service") || launchOf(service) !== "FARGATE") return undefined;
      const windows = service.out.some(
        ({ relation, to }) =>
          relation === "run" &&
          isKind(to, "taskDefinition") &&
          to.props.runtimePlatform.operatingSystemFamily.startsWith("WINDOWS"),
      );
      if (windows) return undefined;
      moved.push(id);
      const { launchType: _, ...props } = node.props;
      return { ...props, capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] };
    },
    "No Linux service runs on Fargate on demand.",
  );
  if ("why" in found) return found;
  return { ...found, document: withFigures(found.document, moved, { spotDiscount: discount }) };
}

/** One NAT gateway for all zones of each VPC that has one per zone. */
export const oneNat = (document: Document): Changed =>
  changeNodes(
    document,
    "vpc",
    (node) => (node.props.natGateways === "perZone" ? { ...node.props, natGateways: "one" } : undefined),
    "No VPC has a NAT gateway in each zone.",
  );

/** Figures of use laid over those of every scenario. */
export function withFigures(document: Document, ids: readonly string[], figures: Record<string, number>): Document {
  const { low, typical, high } = document.usage.scenarios;
  const over = (usage: typeof typical): typeof typical => ({
    ...usage,
    ...Object.fromEntries(ids.map((id) => [id, { ...usage[id], ...figures }])),
  });
  return { ...document, usage: { scenarios: { low: over(low), typical: over(typical), high: over(high) } } };
}
