import type { Model, ModelNode } from "../model/model";

/**
 * Whether a generic resource mentions a node, by an edge or by its logical id in raw properties. What the node then
 * takes part in is beyond what a rule can know.
 */
export function isWiredToGeneric(model: Model, node: ModelNode): boolean {
  if ([...node.in, ...node.out].some((edge) => edge.relation === "reference")) return true;
  const mention = new RegExp(`"${node.logicalId}[".]|\\$\\{${node.logicalId}[.}]`);
  return model
    .of("generic")
    .some((generic) => mention.test(JSON.stringify([generic.props.properties, generic.props.attributes])));
}
