import { isObject } from "../../core/json";
import { type Pointer, pointer } from "../../core/pointer";
import type { Stack } from "../../stack/stack";
import { Intrinsic, referredBy, type Value } from "../../stack/value";
import type { TemplateProblem } from "./tree";

/** Everything that is named in a template and is not there; CloudFormation refuses each of them. */
export function brokenReferences(stack: Stack, lineOf: (path: Pointer) => number): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const say = (path: Pointer, message: string): void => {
    problems.push({ line: lineOf(path), path, message });
  };
  const named = (path: Pointer, what: string, condition: string | undefined): void => {
    if (condition === undefined || Object.hasOwn(stack.conditions, condition)) return;
    say(
      path,
      `${what} names the condition ${condition}, which is not there. Add it to Conditions or correct the name.`,
    );
  };
  const known = (id: string): boolean =>
    id.startsWith("AWS::") || Object.hasOwn(stack.resources, id) || Object.hasOwn(stack.parameters, id);
  const value = (path: Pointer, what: string, given: Value): void => {
    for (const id of referredBy(given)) {
      if (known(id)) continue;
      say(path, `${what} refers to ${id}, which is neither a resource nor a parameter. Add it or correct the name.`);
    }
    if (misshapen(given)) {
      say(
        path,
        `${what} has a Ref or an Fn::GetAtt that names nothing. Ref takes a name, Fn::GetAtt a resource and its attribute.`,
      );
    }
    for (const [condition, mapping] of choices(given)) {
      named(path, what, condition);
      if (mapping !== undefined && !Object.hasOwn(stack.mappings, mapping)) {
        say(path, `${what} looks up ${mapping}, which is no mapping. Add it to Mappings or correct the name.`);
      }
    }
  };
  for (const [id, resource] of Object.entries(stack.resources)) {
    const path = pointer("Resources", id);
    named(`${path}/Condition`, id, resource.condition);
    for (const other of resource.dependsOn ?? []) {
      if (Object.hasOwn(stack.resources, other)) continue;
      say(`${path}/DependsOn`, `${id} waits for ${other}, which is no resource. Add it or take it out of DependsOn.`);
    }
    for (const [name, given] of Object.entries(resource.properties)) {
      value(`${path}${pointer("Properties", name)}`, `${name} of ${id}`, given);
    }
  }
  for (const [name, output] of Object.entries(stack.outputs)) {
    const path = pointer("Outputs", name);
    named(`${path}/Condition`, `The output ${name}`, output.condition);
    value(`${path}/Value`, `The output ${name}`, output.value);
  }
  for (const [name, made] of Object.entries(stack.conditions)) {
    value(pointer("Conditions", name), `The condition ${name}`, made);
    for (const other of conditionsIn(made)) named(pointer("Conditions", name), `The condition ${name}`, other);
  }
  return problems;
}

/** A reference that is none: Ref of something else than a name, Fn::GetAtt without resource or attribute. */
function misshapen(value: Value): boolean {
  if (value instanceof Intrinsic) {
    const { name, argument } = value;
    if (name !== "Fn::GetAtt") return name !== "Ref" && misshapen(argument);
    return !Array.isArray(argument) || typeof argument[0] !== "string" || argument.length !== 2;
  }
  if (Array.isArray(value)) return value.some(misshapen);
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "Ref") return typeof value.Ref !== "string";
  return Object.values(value).some((item) => misshapen(item as Value));
}

/** Conditions of Fn::If and mappings of Fn::FindInMap in a value. */
function choices(value: Value, into: [string | undefined, string | undefined][] = []) {
  if (value instanceof Intrinsic) {
    const first = Array.isArray(value.argument) ? value.argument[0] : undefined;
    if (value.name === "Fn::If" && typeof first === "string") into.push([first, undefined]);
    if (value.name === "Fn::FindInMap" && typeof first === "string") into.push([undefined, first]);
    choices(value.argument, into);
  } else if (Array.isArray(value)) for (const item of value) choices(item, into);
  else if (isObject(value)) for (const item of Object.values(value)) choices(item as Value, into);
  return into;
}

/** `{ Condition: NAME }` in the value of a condition. */
function conditionsIn(value: Value, into: string[] = []): string[] {
  if (value instanceof Intrinsic) conditionsIn(value.argument, into);
  else if (Array.isArray(value)) for (const item of value) conditionsIn(item, into);
  else if (isObject(value)) {
    if (typeof value.Condition === "string") into.push(value.Condition);
    else for (const item of Object.values(value)) conditionsIn(item as Value, into);
  }
  return into;
}
