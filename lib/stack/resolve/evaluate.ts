import { isObject, own } from "../../core/json";
import type { Resource, Stack } from "../stack";
import { Intrinsic, type Properties, type Value } from "../value";
import { functions, placeholders } from "./functions";

/** What a property or an item comes to that is taken away. */
export const NOTHING = Symbol("AWS::NoValue");
type Resolved = Value | typeof NOTHING;

/** Attributes that are a property of the same resource. */
const sameAsProperty: Readonly<Record<string, readonly string[]>> = {
  "AWS::EC2::VPC": ["CidrBlock"],
  "AWS::EC2::Subnet": ["AvailabilityZone", "CidrBlock", "VpcId"],
  "AWS::EC2::NetworkInterface": ["SubnetId"],
};

/**
 * Resolves the values of a stack as far as its literals, the defaults of its parameters and its mappings allow.
 * Comparisons that this leaves open are decided by `assumed`, by their key; what remains stays a function.
 */
export class Evaluator {
  /** Comparisons that nothing decided, by key. */
  readonly open = new Map<string, Value>();
  private readonly truths = new Map<string, boolean | undefined>();
  private readonly inside = new Set<string>();

  constructor(
    readonly stack: Stack,
    private readonly assumed: ReadonlyMap<string, boolean> = new Map(),
    /** Values of parameters. */
    private readonly given: ReadonlyMap<string, string | number> = new Map(),
  ) {}

  /** Whether a condition holds; undefined: not known. A condition in a circle is not known either. */
  holds(name: string): boolean | undefined {
    if (this.truths.has(name)) return this.truths.get(name);
    this.truths.set(name, undefined);
    const made = own(this.stack.conditions, name);
    const truth = made === undefined ? undefined : this.decide(made);
    this.truths.set(name, truth);
    return truth;
  }

  private decide(made: Value): boolean | undefined {
    if (isObject(made) && !(made instanceof Intrinsic)) {
      return typeof made.Condition === "string" ? this.holds(made.Condition) : undefined;
    }
    if (!(made instanceof Intrinsic)) return made === true || made === "true";
    if (made.name === "Condition") return this.holds(String(made.argument));
    const parts = Array.isArray(made.argument) ? made.argument : [made.argument];
    if (made.name === "Fn::Not") {
      const inner = this.decide(parts[0] ?? null);
      return inner === undefined ? undefined : !inner;
    }
    if (made.name === "Fn::And" || made.name === "Fn::Or") {
      const deciding = made.name === "Fn::Or";
      const truths = parts.map((part) => this.decide(part));
      if (truths.includes(deciding)) return deciding;
      return truths.includes(undefined) ? undefined : !deciding;
    }
    return this.compare(new Intrinsic(made.name, this.list(parts)));
  }

  private compare(made: Intrinsic): boolean | undefined {
    const [left, right] = made.argument as Value[];
    if (made.name === "Fn::Equals" && left !== undefined && right !== undefined) {
      const [a, b] = [left, right].map(literal);
      if (a !== undefined && b !== undefined) return a === b;
      if (JSON.stringify(left) === JSON.stringify(right)) return true;
    }
    const key = JSON.stringify(made);
    const assumed = this.assumed.get(key);
    if (assumed === undefined) this.open.set(key, made);
    return assumed;
  }

  /** A value as far as it is known. */
  value(given: Value): Resolved {
    if (typeof given === "string") return given.includes("{{resolve:") ? new Intrinsic("{{resolve}}", given) : given;
    if (Array.isArray(given)) return this.list(given);
    if (given instanceof Intrinsic) return this.made(given);
    if (isObject(given)) return this.properties(given as Properties);
    return given;
  }

  properties(given: Properties): Properties {
    return Object.fromEntries(
      Object.entries(given).flatMap(([key, item]) => {
        const value = this.value(item);
        return value === NOTHING ? [] : [[key, value]];
      }),
    );
  }

  private list(given: readonly Value[]): Value[] {
    return given.flatMap((item) => {
      const value = this.value(item);
      return value === NOTHING ? [] : [value];
    });
  }

  private made(given: Intrinsic): Resolved {
    const { name, argument } = given;
    if (name === "Ref") return this.reference(String(argument), given);
    if (name === "Fn::GetAtt") return this.attribute(given);
    if (name === "Fn::If" && Array.isArray(argument) && typeof argument[0] === "string") {
      const [condition, yes, no] = argument;
      const truth = this.holds(condition);
      const chosen = truth === undefined ? undefined : truth ? yes : no;
      if (chosen !== undefined) return this.value(chosen);
      return new Intrinsic(name, [condition, ...this.list(argument.slice(1))]);
    }
    const resolved = this.value(name === "Fn::Sub" ? this.explained(argument) : argument);
    if (resolved === NOTHING) return given;
    const made = new Intrinsic(name, resolved);
    const result = own(functions, name)?.(resolved, made, this.stack) ?? made;
    return typeof result === "string" && result.includes("{{resolve:") ? this.value(result) : result;
  }

  private reference(id: string, given: Intrinsic): Resolved {
    if (id === "AWS::NoValue") return NOTHING;
    const parameter = own(this.stack.parameters, id);
    const normal = this.given.get(id) ?? parameter?.default;
    // The default of a Systems Manager parameter type is the name of the parameter, not what it holds.
    if (!parameter || normal === undefined || parameter.type.startsWith("AWS::SSM::Parameter::Value")) return given;
    const isList = parameter.type === "CommaDelimitedList" || parameter.type.startsWith("List<");
    if (isList)
      return String(normal) === ""
        ? []
        : this.list(
            String(normal)
              .split(",")
              .map((item) => item.trim()),
          );
    return this.value(normal);
  }

  private attribute(given: Intrinsic): Value {
    const [id, name] = Array.isArray(given.argument)
      ? given.argument.map(String)
      : String(given.argument).split(".", 2);
    const resource: Resource | undefined = own(this.stack.resources, id ?? "");
    const key = `${id}.${name}`;
    if (!resource || name === undefined || !own(sameAsProperty, resource.type)?.includes(name)) return given;
    const value = own(resource.properties, name);
    if (value === undefined || this.inside.has(key)) return given;
    this.inside.add(key);
    const resolved = this.value(value);
    this.inside.delete(key);
    return resolved === NOTHING ? given : resolved;
  }

  /** Fn::Sub with every placeholder that stands for something known among its variables. */
  private explained(argument: Value): Value {
    const [text, given] = Array.isArray(argument) ? argument : [argument];
    const variables: Properties = isObject(given) ? { ...(given as Properties) } : {};
    for (const name of placeholders(argument)) {
      const dot = name.indexOf(".");
      const value =
        dot < 0
          ? this.reference(name, new Intrinsic("Ref", name))
          : this.attribute(new Intrinsic("Fn::GetAtt", [name.slice(0, dot), name.slice(dot + 1)]));
      if (value !== NOTHING && !(value instanceof Intrinsic)) variables[name] = value;
    }
    return [text ?? "", variables];
  }
}

/** Text as CloudFormation compares it. */
const literal = (value: Value): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
