import { isRelationEdge } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { containerOf, type Placement } from "../../model/queries";

/** An edge from a container to a file system. */
export interface Mount {
  edge: ModelEdge<"mount">;
  taskDefinition: ModelNode<"taskDefinition">;
  /** Name of the container, or the definition's where the edge names none. */
  container: string;
  efs: ModelNode<"efs">;
}

/** All mounts of file systems, in edge id order. */
export function mountsOf(model: Model): Mount[] {
  return model.edgesOf("mount").flatMap((edge) => {
    if (edge.from.kind !== "taskDefinition" || edge.to.kind !== "efs") return [];
    const taskDefinition = edge.from as ModelNode<"taskDefinition">;
    const container = containerOf(taskDefinition, edge.fromContainer ?? "")?.name ?? taskDefinition.name;
    return [{ edge, taskDefinition, container, efs: edge.to as ModelNode<"efs"> }];
  });
}

/** Mounts of one container, by its id. */
export const mountsOfContainer = (taskDefinition: ModelNode, container: string): ModelEdge<"mount">[] =>
  taskDefinition.out.filter(
    (edge): edge is ModelEdge<"mount"> & ModelEdge => isRelationEdge(edge, "mount") && edge.fromContainer === container,
  );

/** The service or, for a task that an event starts, the task definition: who a sentence is about. */
export const placeName = (placement: Placement): string => (placement.service ?? placement.taskDefinition).name;
