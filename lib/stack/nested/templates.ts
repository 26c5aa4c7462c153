import type { NestedOptions, NestedStacks } from "../nested";
import type { Output, Parameter, Resource, Stack } from "../stack";
import { att, Intrinsic, type Properties, ref, referredBy, type Value } from "../value";
import { includeNamed, isListed, type Named, type Needs, noNames, type StackFacts, stackPseudos } from "./facts";
import { asReference, Naming } from "./naming";
import { movedOutputs } from "./outputs";
import type { Partition } from "./partition";
import { keyOf, type Place, type Reading, readProperties, readValue, type Target } from "./references";
import { saidBy } from "./said";

/** Values that a child gives, by key. */
export type Gives = ReadonlyMap<string, Target>;

/** Makes each template of a partition hold what its references name. */
export function closeTemplates(
  stack: Stack,
  facts: StackFacts,
  { root, children }: Partition,
  options: NestedOptions,
): NestedStacks {
  const naming = new Naming(stack, facts);
  const ids = children.map(({ name }) => naming.unique(name));
  const homes = new Map<string, number>();
  for (const id of root) homes.set(id, ROOT);
  children.forEach((child, at) => {
    for (const id of child.ids) homes.set(id, at);
  });
  const moved = movedOutputs(stack, facts, homes, options.outputs);
  const crossing = new Crossing(stack, naming, homes, ids, givenBy(facts, homes, moved, ids.length));
  const outputs = groupedBy(moved, children.length);
  const made = children.map((child, at) => new Child(stack, facts, crossing, at).of(child.ids, outputs[at] ?? []));
  return {
    root: rootOf({ stack, facts, crossing, moved, root, children: made, options }),
    children: made.map((child, at) => ({ name: ids[at] as string, stack: child.stack })),
    moved: [...moved.keys()].sort(),
  };
}

/** Home of what stands in the root template; a nested stack's is its place in the list. */
const ROOT = -1;

/** Names by the place that each has. */
function groupedBy(places: ReadonlyMap<string, number>, count: number): string[][] {
  const groups = Array.from({ length: count }, (): string[] => []);
  for (const [name, at] of places) groups[at]?.push(name);
  return groups;
}

/** What each child gives to others, and to the outputs of the root. */
function givenBy(
  facts: StackFacts,
  homes: ReadonlyMap<string, number>,
  moved: ReadonlyMap<string, number>,
  count: number,
): Gives[] {
  const gives = Array.from({ length: count }, () => new Map<string, Target>());
  const take = ({ takes }: Needs, at: number): void => {
    for (const target of takes) {
      const home = homes.get(target.id);
      if (home !== undefined && home !== at) gives[home]?.set(target.key, target);
    }
  };
  for (const [id, needs] of facts.byResource) take(needs, homes.get(id) ?? ROOT);
  for (const [name, needs] of facts.byOutput) take(needs, moved.get(name) ?? ROOT);
  return gives;
}

/** How values get from one template to another. */
class Crossing {
  constructor(
    private readonly stack: Stack,
    readonly naming: Naming,
    readonly homes: ReadonlyMap<string, number>,
    /** Logical ids of the nested stacks in the root. */
    readonly ids: readonly string[],
    readonly gives: readonly Gives[],
  ) {
    // In one order, so that names do not depend on who asks first.
    const keys = gives.flatMap((of) => [...of]).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, target] of keys) naming.of(target);
  }

  /** The value of a child, as the root reads it: lists come as one text. */
  fromChild(target: Target): { id: string; attribute: string } | undefined {
    const id = this.ids[this.homes.get(target.id) ?? ROOT];
    return id === undefined ? undefined : { id, attribute: `Outputs.${this.naming.of(target)}` };
  }

  /** What the root gives to a parameter: always a text, and empty where the resource does not exist. */
  argument(target: Target): Value {
    const from = this.fromChild(target);
    const value = from ? att(from.id, from.attribute) : asText(asReference(target), this.isList(target));
    const condition = this.stack.resources[target.id]?.condition;
    return condition === undefined ? value : new Intrinsic("Fn::If", [condition, value, ""]);
  }

  isList(target: Target): boolean {
    return isListed(this.stack, target) || (this.parameter(target.id) && isListType(this.typeOf(target.id)));
  }

  parameter(id: string): boolean {
    return Object.hasOwn(this.stack.parameters, id);
  }

  /** Type of a parameter of the stack in a child: a value of Parameter Store is looked up once, by the root. */
  typeOf(id: string): string {
    const { type } = this.stack.parameters[id] as Parameter;
    const inner = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1] ?? type;
    return inner === "List<String>" ? "CommaDelimitedList" : inner;
  }
}

const isListType = (type: string): boolean => type === "CommaDelimitedList" || type.startsWith("List<");

/** CloudFormation passes texts on only. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html */
const asText = (value: Value, isList: boolean): Value => (isList ? new Intrinsic("Fn::Join", [",", value]) : value);

/** What is written of a child, and what its nested stack is told. */
interface Made {
  stack: Stack;
  arguments: Properties;
  /** Logical ids in the root that it waits for. */
  waits: ReadonlySet<string>;
  names: Named;
}

const nothing: Omit<Reading, "target"> = { condition: () => {}, mapping: () => {}, unnamed: () => {}, text: () => {} };

class Child {
  private readonly parameters: Record<string, Parameter> = {};
  private readonly arguments: Properties = {};
  private readonly waits = new Set<string>();
  private readonly names = noNames();

  constructor(
    private readonly whole: Stack,
    private readonly facts: StackFacts,
    private readonly crossing: Crossing,
    private readonly at: number,
  ) {}

  /** `moved` are the outputs of the stack that stand here. */
  of(ids: ReadonlySet<string>, moved: readonly string[]): Made {
    const resources: Stack["resources"] = {};
    for (const id of [...ids].sort()) resources[id] = this.resource(this.whole.resources[id] as Resource);
    const outputs = this.outputs(moved);
    const conditions: Record<string, Value> = {};
    const reading: Reading = { ...nothing, target: (target) => this.place(target, false) };
    for (const name of [...this.names.conditions].sort()) {
      conditions[name] = readValue(this.whole.conditions[name] as Value, reading);
    }
    return {
      stack: {
        description: "A nested stack: deployed with the template that holds it, not alone.",
        parameters: inOrder(this.parameters),
        mappings: lookedUp(this.whole.mappings, this.names),
        conditions,
        resources,
        outputs: inOrder(outputs),
        // What stands for several resources is a matter of the whole stack.
        constructs: [],
      },
      arguments: inOrder(this.arguments),
      waits: this.waits,
      names: this.names,
    };
  }

  private resource(resource: Resource): Resource {
    const facts = this.facts.byResource.get(resource.id);
    if (facts) includeNamed(this.names, facts);
    const places = new Map<string, Place>();
    let differs = "";
    for (const target of saidBy(resource).targets) {
      const place = this.place(target, facts?.saysOwnStack ?? false);
      if (!place) continue;
      places.set(target.key, place);
      differs += `${target.key}=${place.text} `;
    }
    const { dependsOn = none } = resource;
    const here = dependsOn.length === 0 ? none : dependsOn.filter((id) => this.crossing.homes.get(id) === this.at);
    for (const id of dependsOn) if (!here.includes(id)) this.wait(id);
    if (here.length < dependsOn.length) differs += `waits for ${here.join(" ")}`;
    return differs === "" ? resource : inChild(resource, differs, places, here);
  }

  private wait(id: string): void {
    const home = this.crossing.homes.get(id);
    if (home === ROOT) this.waits.add(id);
    else if (home !== undefined) this.waits.add(this.crossing.ids[home] as string);
  }

  /** Values that others take, and outputs of the stack that the root has no room for. */
  private outputs(moved: readonly string[]): Record<string, Output> {
    const outputs: Record<string, Output> = {};
    for (const target of this.crossing.gives[this.at]?.values() ?? []) {
      const { condition } = this.whole.resources[target.id] as Resource;
      const name = this.crossing.naming.of(target);
      outputs[name] = {
        value: asText(asReference(target), this.crossing.isList(target)),
        description: this.whole.outputs[name]?.description ?? saidOf(target),
        ...(condition === undefined ? {} : { condition }),
        origin: { why: "derived" },
      };
    }
    for (const name of moved) {
      const output = this.whole.outputs[name];
      if (!output) continue;
      const needs = this.facts.byOutput.get(name);
      if (needs) includeNamed(this.names, needs);
      const reading: Reading = { ...nothing, target: (target) => this.place(target, false) };
      outputs[name] = { ...output, value: readValue(output.value, reading) };
    }
    return outputs;
  }

  /** A parameter, for what does not stand in this template. */
  private place(target: Target, saysOwnStack: boolean): Place | undefined {
    const { crossing } = this;
    const pseudo = Object.hasOwn(stackPseudos, target.id) ? stackPseudos[target.id] : undefined;
    if (pseudo && saysOwnStack) return undefined;
    if (crossing.parameter(target.id)) {
      this.pass(target.id, target, crossing.typeOf(target.id));
      return undefined;
    }
    const home = crossing.homes.get(target.id);
    if (!pseudo && (home === undefined || home === this.at)) return undefined;
    const name = crossing.naming.of(target);
    this.pass(name, target, crossing.isList(target) ? "CommaDelimitedList" : "String");
    return { value: ref(name), text: name };
  }

  private pass(name: string, target: Target, type: string): void {
    if (Object.hasOwn(this.parameters, name)) return;
    const own = this.whole.parameters[target.id];
    this.parameters[name] = {
      type,
      description: own?.description ?? saidOf(target),
      ...(own?.noEcho ? { noEcho: true } : {}),
      origin: own?.origin ?? { why: "derived" },
    };
    this.arguments[name] = this.crossing.argument(target);
  }
}

const none: readonly string[] = [];

/** What a resource last was in a child. Resources are never changed once they are made. */
const written = new WeakMap<Resource, { differs: string; resource: Resource }>();

/** A resource with parameters in place of what stands elsewhere; `differs` tells one such reading from another. */
function inChild(
  resource: Resource,
  differs: string,
  places: ReadonlyMap<string, Place>,
  dependsOn: readonly string[],
): Resource {
  const known = written.get(resource);
  if (known?.differs === differs) return known.resource;
  const reading: Reading = { ...nothing, target: (target) => places.get(keyOf(target)) };
  const read: Resource = { ...resource, properties: readProperties(resource.properties, reading) };
  for (const key of ["metadata", "creationPolicy", "updatePolicy"] as const) {
    const value = resource[key];
    if (value) read[key] = readProperties(value, reading);
  }
  if (dependsOn.length > 0) read.dependsOn = [...dependsOn];
  else delete read.dependsOn;
  written.set(resource, { differs, resource: read });
  return read;
}

/** "Arn of WebRole.", "Ref of Web.", "StackName of the root." */
const saidOf = ({ id, attribute }: Target): string =>
  id.startsWith("AWS::") ? `${id.slice(5)} of the root.` : `${attribute ?? "Ref"} of ${id}.`;

interface RootParts {
  stack: Stack;
  facts: StackFacts;
  crossing: Crossing;
  moved: ReadonlyMap<string, number>;
  root: ReadonlySet<string>;
  children: readonly Made[];
  options: NestedOptions;
}

function rootOf({ stack, facts, crossing, moved, root, children, options }: RootParts): Stack {
  const names = noNames();
  const resources = pick(stack.resources, (id) => root.has(id));
  for (const id of root) includeNamed(names, facts.byResource.get(id) ?? noNames());
  children.forEach((child, at) => {
    const id = crossing.ids[at] as string;
    resources[id] = nestedStack(id, child, options.urlOf(id));
    for (const target of takenBy(child)) includeNamed(names, facts.ofCondition(target));
  });
  const outputs = pick(stack.outputs, (name) => !moved.has(name));
  const reading: Reading = { ...nothing, target: (target) => placeInRoot(crossing, target) };
  for (const [name, output] of Object.entries(outputs)) {
    includeNamed(names, facts.byOutput.get(name) ?? noNames());
    outputs[name] = { ...output, value: readValue(output.value, reading) };
  }
  const others = children.map((child) => child.names);
  return {
    ...stack,
    // What nobody reads stays where it was.
    mappings: lookedUp(stack.mappings, names, others),
    conditions: pick(
      stack.conditions,
      (name) => names.conditions.has(name) || !others.some(({ conditions }) => conditions.has(name)),
    ),
    resources: inOrder(resources),
    outputs,
    constructs: [],
  };
}

/** The conditions that a child's arguments are under. */
function takenBy({ arguments: values }: Made): string[] {
  return Object.values(values).flatMap((value) =>
    value instanceof Intrinsic && value.name === "Fn::If" && Array.isArray(value.argument)
      ? [String(value.argument[0])]
      : [],
  );
}

function placeInRoot(crossing: Crossing, target: Target): Place | undefined {
  const from = crossing.fromChild(target);
  if (!from) return undefined;
  const value = att(from.id, from.attribute);
  return {
    value: crossing.isList(target) ? new Intrinsic("Fn::Split", [",", value]) : value,
    text: keyOf(from),
  };
}

function nestedStack(id: string, { arguments: parameters, waits }: Made, url: string): Resource {
  const properties: Properties = {
    TemplateURL: url,
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
  };
  const implied = referredBy(parameters);
  const dependsOn = [...waits].filter((other) => !implied.has(other)).sort();
  return {
    raw: true,
    type: "AWS::CloudFormation::Stack",
    id,
    properties,
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    origins: {},
  };
}

/** The mappings with the keys that are looked up; with `others`, also those that none of them looks up. */
function lookedUp(mappings: Stack["mappings"], names: Named, others?: readonly Named[]): Stack["mappings"] {
  const isWanted = (name: string, key: string): boolean => {
    const wants = ({ mappings: lookups }: Named): boolean => {
      const keys = lookups.get(name);
      return keys !== undefined && (keys === null || keys.has(key));
    };
    return wants(names) || (others !== undefined && !others.some(wants));
  };
  const found: Stack["mappings"] = {};
  for (const [name, tops] of Object.entries(mappings)) {
    const kept = Object.entries(tops).map(([top, keys]): [string, Value] => [
      top,
      pick(keys as Properties, (key) => isWanted(name, key)),
    ]);
    if (kept.some(([, keys]) => Object.keys(keys as Properties).length > 0)) found[name] = Object.fromEntries(kept);
  }
  return found;
}

function pick<T>(record: Readonly<Record<string, T>>, wanted: (key: string) => boolean): Record<string, T> {
  const picked: Record<string, T> = {};
  for (const key of Object.keys(record)) if (wanted(key)) picked[key] = record[key] as T;
  return picked;
}

function inOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  const sorted: Record<string, T> = {};
  for (const key of Object.keys(record).sort()) sorted[key] = record[key] as T;
  return sorted;
}
