import type { Model, ModelNode } from "../model/model";

const mentions = new WeakMap<Model, ReadonlySet<string>>();

/** Everything that generic resources name as a reference would: "Queue", "Queue.Arn", ${Queue}, ${Queue.Arn}. */
function mentionsIn(model: Model): ReadonlySet<string> {
  let names = mentions.get(model);
  if (!names) {
    const found = new Set<string>();
    for (const { props } of model.of("generic")) {
      const text = JSON.stringify([props.properties, props.attributes]);
      for (const match of text.matchAll(/"([A-Za-z0-9]+)[".]|\$\{([A-Za-z0-9]+)[.}]/g))
        found.add(match[1] ?? match[2] ?? "");
    }
    names = found;
    mentions.set(model, names);
  }
  return names;
}

/**
 * Whether a generic resource mentions a node, by an edge or by its logical id in raw properties. What the node then
 * takes part in is beyond what a rule can know.
 */
export const isWiredToGeneric = (model: Model, node: ModelNode): boolean =>
  node.in.some((edge) => edge.relation === "reference") ||
  node.out.some((edge) => edge.relation === "reference") ||
  mentionsIn(model).has(node.logicalId);
