import { isObject } from "../core/json";
import type { OutFile } from "../export/target";
import { readTemplate } from "./read-template";

/**
 * Undoes the split of a template into nested ones, by what CloudFormation says that parameters and outputs are: every
 * parameter of a nested template is replaced by what the root gives it, every output by its value. Written on the
 * templates alone, so that it shares nothing with what divides them.
 */

type Template = Record<string, unknown>;
type Section = Record<string, unknown>;
type Values = Readonly<Record<string, unknown>>;

interface Child {
  id: string;
  template: Template;
  /** What each parameter stands for in the root. */
  values: Values;
}

export interface Inlined {
  template: Template;
  /** What is waited for across templates: logical id in the root → what its resource or nested stack waits for. */
  waits: Readonly<Record<string, readonly string[]>>;
  /** Logical id → the id of the nested stack that holds it, "" for the root. */
  homes: Readonly<Record<string, string>>;
  faults: readonly string[];
}

/** `outputs` are those of the one template: what else nested templates give is for one another. */
export function inlineNested(files: readonly OutFile[], outputs: readonly string[]): Inlined {
  const [root, ...others] = files.map(({ path, text }) => ({ path, template: readTemplate(text) }));
  if (!root) throw new Error("No files.");
  const faults: string[] = [];
  const stacks = Object.entries(section(root.template, "Resources")).filter(
    ([, resource]) => (resource as Section).Type === "AWS::CloudFormation::Stack",
  ) as [string, Section][];
  const children = stacks.map(([id, resource]): Child => {
    const { TemplateURL: url, Parameters: given = {} } = resource.Properties as Section;
    const file = others.find(({ path }) => path === url);
    if (!file) throw new Error(`${id} names ${String(url)}, which is not written.`);
    faults.push(...misgiven(id, given as Section, file.template));
    return { id, template: file.template, values: given as Section };
  });
  if (children.length !== others.length) faults.push("a template is nested by nobody");
  const reader = new Reader(new Map(children.map((child) => [child.id, child])), faults);
  const homes: Record<string, string> = {};
  const whole: Record<string, Section> = { Resources: {}, Outputs: {}, Conditions: {}, Mappings: {} };
  const put = (title: string, name: string, value: unknown): void => {
    const into = whole[title] as Section;
    if (Object.hasOwn(into, name) && JSON.stringify(into[name]) !== JSON.stringify(value)) {
      faults.push(`${title}.${name} is not the same in all templates`);
    }
    into[name] = value;
  };
  for (const child of [undefined, ...children]) {
    const template = child?.template ?? root.template;
    for (const [id, resource] of Object.entries(section(template, "Resources"))) {
      if (!child && children.some((other) => other.id === id)) continue;
      if (Object.hasOwn(homes, id)) faults.push(`${id} stands in two templates`);
      homes[id] = child?.id ?? "";
      put("Resources", id, reader.read(resource, child));
    }
    for (const [name, value] of Object.entries(section(template, "Conditions"))) {
      put("Conditions", name, reader.read(value, child));
    }
    for (const [name, tops] of Object.entries(section(template, "Mappings"))) {
      const merged = { ...(whole.Mappings as Record<string, Record<string, Section>>)[name] };
      for (const [top, keys] of Object.entries(tops as Record<string, Section>)) {
        merged[top] = { ...merged[top], ...keys };
      }
      (whole.Mappings as Section)[name] = merged;
    }
  }
  for (const [name, output] of Object.entries(section(root.template, "Outputs"))) {
    put("Outputs", name, reader.read(output, undefined));
  }
  for (const child of children) {
    for (const [name, output] of Object.entries(section(child.template, "Outputs"))) {
      if (outputs.includes(name) && !Object.hasOwn(section(root.template, "Outputs"), name))
        put("Outputs", name, reader.read(output, child));
    }
  }
  return {
    template: { ...root.template, ...whole },
    waits: Object.fromEntries(
      stacks.map(([id, resource]) => [id, [...[resource.DependsOn ?? []].flat().map(String), ...named(resource)]]),
    ),
    homes,
    faults,
  };
}

const section = (template: Template, title: string): Section => (template[title] ?? {}) as Section;

/** Every parameter is given once, as a text, and nothing else is. */
function misgiven(id: string, given: Section, template: Template): string[] {
  const wanted = Object.keys(section(template, "Parameters"));
  return [
    ...wanted.filter((name) => !Object.hasOwn(given, name)).map((name) => `${id} is not given ${name}`),
    ...Object.keys(given)
      .filter((name) => !wanted.includes(name))
      .map((name) => `${id} knows no ${name}`),
  ];
}

/** Resources that a value refers to. */
function named(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (!isObject(value)) return [];
  if (typeof value.Ref === "string") return [value.Ref];
  if (Array.isArray(value["Fn::GetAtt"])) return [String(value["Fn::GetAtt"][0])];
  return Object.values(value).flatMap(named);
}

class Reader {
  constructor(
    private readonly children: ReadonlyMap<string, Child>,
    private readonly faults: string[],
  ) {}

  /** A value of a child as the one template would have it; of the root when no child is named. */
  read(value: unknown, child: Child | undefined): unknown {
    if (Array.isArray(value)) return value.map((item) => this.read(item, child));
    if (!isObject(value)) return value;
    const [name, ...more] = Object.keys(value);
    if (more.length > 0 || name === undefined) return this.readMap(value, child);
    const argument = value[name];
    if (name === "Ref" && child && typeof argument === "string" && Object.hasOwn(child.values, argument)) {
      return this.given(child, argument);
    }
    if (name === "Fn::GetAtt" && Array.isArray(argument)) {
      const output = this.outputOf(argument, child);
      if (output !== undefined) return output;
    }
    if (name === "Fn::Split" && !child && Array.isArray(argument)) {
      const inner: unknown = argument[1];
      const output = isObject(inner) ? this.outputOf(inner["Fn::GetAtt"], child) : undefined;
      if (output !== undefined) return output;
    }
    if (name === "Fn::Sub") return { [name]: this.readSub(argument, child) };
    return this.readMap(value, child);
  }

  private readMap(value: object, child: Child | undefined): unknown {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.read(item, child)]));
  }

  /** What a parameter of a child stands for, without what makes a text of it. */
  private given(child: Child, name: string): unknown {
    const type = (section(child.template, "Parameters")[name] as Section | undefined)?.Type;
    const value = unlessMissing(child.values[name]);
    const isList = type === "CommaDelimitedList" || String(type).startsWith("List<");
    const isPassed = isObject(value) && Array.isArray(value["Fn::GetAtt"]) && this.children.has(value["Fn::GetAtt"][0]);
    if (!isList || isPassed) return this.read(value, undefined);
    return this.read(joined(value) ?? this.fault(`${child.id}.${name} is a list but not given as one text`), undefined);
  }

  private outputOf(argument: unknown, child: Child | undefined): unknown {
    if (child || !Array.isArray(argument)) return undefined;
    const giver = this.children.get(String(argument[0]));
    if (!giver) return undefined;
    const key = String(argument[1]).replace(/^Outputs\./, "");
    const output = section(giver.template, "Outputs")[key] as Section | undefined;
    if (!output) return this.fault(`${giver.id} has no output ${key}`);
    const value = this.read(output.Value, giver);
    return joined(value) ?? value;
  }

  private readSub(argument: unknown, child: Child | undefined): unknown {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    const read = String(text).replace(/\$\{([^!}][^}]*)\}/g, (whole, inner: string) => {
      if (isObject(variables) && Object.hasOwn(variables, inner)) return whole;
      const [id, attribute] = inner.split(/\.(.*)/s) as [string, string | undefined];
      const value =
        attribute === undefined ? this.read({ Ref: id }, child) : this.read({ "Fn::GetAtt": [id, attribute] }, child);
      if (isObject(value) && typeof value.Ref === "string") return `\${${value.Ref}}`;
      if (isObject(value) && Array.isArray(value["Fn::GetAtt"])) return `\${${value["Fn::GetAtt"].join(".")}}`;
      return String(this.fault(`a text holds ${JSON.stringify(value)}`));
    });
    return variables === undefined ? read : [read, this.read(variables, child)];
  }

  private fault(message: string): undefined {
    this.faults.push(message);
    return undefined;
  }
}

/** The list behind a text of its items. */
function joined(value: unknown): unknown {
  const argument = isObject(value) ? value["Fn::Join"] : undefined;
  return Array.isArray(argument) && argument[0] === "," && !Array.isArray(argument[1]) ? argument[1] : undefined;
}

/** The value behind "empty where the resource does not exist". */
function unlessMissing(value: unknown): unknown {
  const argument = isObject(value) ? value["Fn::If"] : undefined;
  return Array.isArray(argument) && argument[2] === "" ? argument[1] : value;
}
