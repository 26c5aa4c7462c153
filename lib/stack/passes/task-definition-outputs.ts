import type { Lowering } from "../lowering";
import { derived } from "../lowering";
import { outputKey } from "../outputs";
import { att, Intrinsic, ref, type Value } from "../value";

/**
 * Every value of a task definition that only a deployment knows becomes an output, so that `describe-stacks` has all
 * that the task definition export needs. Runs after the task definitions are complete.
 */
export function taskDefinitionOutputs(lowering: Lowering): void {
  for (const node of lowering.model.of("taskDefinition")) {
    const resource = lowering.resource(lowering.idOf(node));
    if (!resource) continue;
    visit(resource.properties, (id, attribute) => {
      const known = lowering.resource(id);
      if (!known) return;
      lowering.output(
        outputKey(id, attribute),
        attribute === undefined ? ref(id) : att(id, attribute),
        `${attribute ?? "Reference"} of ${id}, for the task definition of ${node.name}.`,
        derived(node),
      );
    });
  }
}

function visit(value: Value, found: (id: string, attribute: string | undefined) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, found);
  else if (value instanceof Intrinsic) {
    const { name, argument } = value;
    if (name === "Ref") found(String(argument), undefined);
    else if (name === "Fn::GetAtt" && Array.isArray(argument)) found(String(argument[0]), String(argument[1]));
    else if (name === "Fn::Sub") {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, null];
      for (const match of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const [id, attribute] = (match[1] as string).split(/\.(.*)/s) as [string, string | undefined];
        found(id, attribute);
      }
      if (variables !== null && variables !== undefined) visit(variables, found);
    } else visit(argument, found);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) visit(item, found);
  }
}
