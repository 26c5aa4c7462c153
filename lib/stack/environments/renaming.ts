import type { Resource, Stack } from "../stack";
import { Intrinsic, type Properties, type Value } from "../value";

/** Old logical id → new one. */
export type Names = ReadonlyMap<string, string>;

/** The value with every reference to a renamed resource or parameter under its new name. */
function renamedValue(value: Value, names: Names): Value {
  if (Array.isArray(value)) return value.map((item) => renamedValue(item, names));
  if (typeof value !== "object" || value === null) return value;
  if (!(value instanceof Intrinsic)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamedValue(item, names)]));
  }
  const { name, argument } = value;
  if (name === "Ref" && typeof argument === "string") return new Intrinsic(name, names.get(argument) ?? argument);
  if (name === "Fn::GetAtt") {
    const [id, ...rest] = Array.isArray(argument) ? argument : String(argument).split(".");
    const other = typeof id === "string" ? names.get(id) : undefined;
    return other === undefined ? value : new Intrinsic(name, [other, ...rest]);
  }
  if (name === "Fn::Sub") {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    const own = variables === undefined ? undefined : (renamedValue(variables, names) as Properties);
    const renamed = String(text).replace(/\$\{([^!}.][^}.]*)((?:\.[^}]*)?)\}/g, (whole, id: string, rest: string) => {
      const other = own && Object.hasOwn(own, id + rest) ? undefined : names.get(id);
      return other === undefined ? whole : `\${${other}${rest}}`;
    });
    return new Intrinsic(name, own === undefined ? renamed : [renamed, own]);
  }
  return new Intrinsic(name, renamedValue(argument, names));
}

/** The stack with some resources and parameters under other logical ids. */
export function renamed(stack: Stack, names: Names): Stack {
  if (names.size === 0) return stack;
  const of = (id: string): string => names.get(id) ?? id;
  const properties = (value: Properties): Properties => renamedValue(value, names) as Properties;
  const keyed = <T>(record: Readonly<Record<string, T>>, change: (item: T) => T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record)
        .map(([id, item]): [string, T] => [of(id), change(item)])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const resource = (one: Resource): Resource => ({
    ...one,
    id: of(one.id),
    properties: properties(one.properties),
    ...(one.dependsOn ? { dependsOn: one.dependsOn.map(of).sort() } : {}),
    ...(one.metadata ? { metadata: properties(one.metadata) } : {}),
    ...(one.creationPolicy ? { creationPolicy: properties(one.creationPolicy) } : {}),
    ...(one.updatePolicy ? { updatePolicy: properties(one.updatePolicy) } : {}),
  });
  return {
    ...stack,
    parameters: keyed(stack.parameters, (parameter) => parameter),
    conditions: Object.fromEntries(
      Object.entries(stack.conditions).map(([name, value]) => [name, renamedValue(value, names)]),
    ),
    resources: keyed(stack.resources, resource),
    outputs: Object.fromEntries(
      Object.entries(stack.outputs).map(([name, output]) => [
        name,
        { ...output, value: renamedValue(output.value, names) },
      ]),
    ),
    constructs: stack.constructs.map((construct) => ({
      ...construct,
      members: construct.members.map((member) => ({ ...member, resource: of(member.resource) })),
    })),
  };
}
