import { fargateCpuValues, fargateMemoryFor } from "@/lib/aws/fargate-sizes";
import { osOf } from "@/lib/aws/runtime-platforms";
import type { NodeKind } from "@/lib/catalog";
import { type RelationId, relationOf } from "@/lib/catalog/relations";
import { isKind, isRelationEdge } from "@/lib/model/build";
import type { Model, ModelEdge, ModelNode } from "@/lib/model/model";
import { isFargate, placementsOf, taskDefinitionOf } from "@/lib/model/queries";

/** What the drawing tells about a field beyond its schema. */
export interface Hint {
  placeholder?: string;
  /** Offered, while anything else may still be typed. */
  offers?: readonly { value: string; label: string }[];
}

/** By JSON Pointer. */
export type Hints = ReadonlyMap<string, Hint>;

const none: Hints = new Map();

const byKind: Partial<Record<NodeKind, (model: Model, node: ModelNode) => Hints>> = {
  taskDefinition(model, node) {
    if (!isKind(node, "taskDefinition")) return none;
    const hints = new Map<string, Hint>();
    const places = placementsOf(model, node);
    const onFargate =
      node.props.requiresCompatibilities.includes("FARGATE") || places.some(({ launch }) => isFargate(launch));
    if (onFargate) {
      const os = osOf(node.props.runtimePlatform.operatingSystemFamily);
      hints.set("/cpu", {
        offers: fargateCpuValues(os).map((cpu) => ({ value: String(cpu), label: `${cpu / 1024} vCPU` })),
      });
      const memory = node.props.cpu === undefined ? [] : fargateMemoryFor(node.props.cpu, os);
      hints.set("/memory", { offers: memory.map((size) => ({ value: String(size), label: `${size / 1024} GB` })) });
    }
    for (const edge of node.out) {
      if (!isRelationEdge(edge, "pull") || edge.fromContainer === undefined) continue;
      hints.set(`/containerDefinitions/${edge.fromContainer}/image`, {
        placeholder: `${edge.to.name}:${edge.props.tag}, connected`,
      });
    }
    return hints;
  },
};

/** Hints for the fields of a node. */
export const hintsFor = (model: Model, node: ModelNode): Hints => byKind[node.kind]?.(model, node) ?? none;

/** Containers that a `container` field of an edge may name: those of what the edge leads to, else of where it starts. */
export function containersFor(edge: ModelEdge): { id: string; name: string }[] {
  for (const node of [edge.to, edge.from]) {
    const definition = isKind(node, "service")
      ? taskDefinitionOf(node)
      : isKind(node, "taskDefinition")
        ? node
        : undefined;
    if (!definition) continue;
    return Object.entries(definition.props.containerDefinitions).map(([id, { name }]) => ({ id, name }));
  }
  return [];
}

/** "forwards to" → "Forwards to". */
export const verbOf = (relation: RelationId): string => {
  const { verb } = relationOf(relation);
  return verb.charAt(0).toUpperCase() + verb.slice(1);
};
