import { pointer } from "../../core/pointer";
import type { Place } from "../../document/document";
import { isRelationEdge } from "../../model/build";
import type { ModelNode } from "../../model/model";
import type { Container } from "../../model/queries";

export interface Variable {
  name: string;
  /** Where it is given: a list of the container, or a connection to a secret or parameter. */
  list: "environment" | "secrets" | "connection";
  index: number;
  at: Place;
}

/** Every environment variable of a container: plain ones, secrets by ARN, and those that connections inject. */
export function variablesOf(task: ModelNode<"taskDefinition">, container: Container): Variable[] {
  const listed = (list: "environment" | "secrets"): Variable[] =>
    container[list].map(({ name }, index) => ({
      name,
      list,
      index,
      at: { node: task.id, field: pointer("containerDefinitions", container.id, list, index) },
    }));
  const injected = task.out.flatMap((edge, index): Variable[] =>
    isRelationEdge(edge, "inject") && edge.fromContainer === container.id
      ? [{ name: edge.props.name, list: "connection", index, at: { edge: edge.id, field: "/name" } }]
      : [],
  );
  return [...listed("environment"), ...listed("secrets"), ...injected];
}
