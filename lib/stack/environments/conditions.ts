import { Intrinsic, ref, type Value } from "../value";

/** Most conditions that one Fn::Or or Fn::And takes. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
const MOST = 10;

/** A set of environments, by their places in the list of names; in order. */
export type Some = readonly number[];

/** "pre-prod" → "PreProd". */
export const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/** "One of these holds", however many they are. */
export function anyOf(conditions: readonly Value[]): Value {
  if (conditions.length === 1) return conditions[0] as Value;
  if (conditions.length <= MOST) return new Intrinsic("Fn::Or", [...conditions]);
  const size = Math.ceil(conditions.length / MOST);
  const parts = Array.from({ length: Math.ceil(conditions.length / size) }, (_, index) =>
    anyOf(conditions.slice(index * size, (index + 1) * size)),
  );
  return anyOf(parts);
}

export const allOf = (a: Value, b: Value): Value => new Intrinsic("Fn::And", [a, b]);
export const named = (condition: string): Value => ({ Condition: condition });

/** The conditions that say in which environment a stack is, made when they are first asked for. */
export class Conditions {
  readonly values: Record<string, Value> = {};
  /** Condition → the environments that it holds in. */
  readonly holds: Record<string, readonly string[]> = {};
  private readonly bySet = new Map<string, string>();

  constructor(
    readonly names: readonly string[],
    readonly parameter: string,
    private readonly uniqueId: (preferred: string) => string,
  ) {}

  /** Name of the condition that holds in these environments and no others: "IsProd", "IsDevOrStage", "IsNotProd". */
  of(some: Some): string {
    const key = some.join();
    let name = this.bySet.get(key);
    if (name !== undefined) return name;
    const others = this.names.map((_, at) => at).filter((at) => !some.includes(at));
    const [other] = others;
    const isOnly = (at: number): Value => new Intrinsic("Fn::Equals", [ref(this.parameter), this.names[at] as string]);
    if (others.length === 1 && other !== undefined && some.length > 1) {
      name = this.uniqueId(`IsNot${pascal(this.names[other] as string)}`);
      this.values[name] = new Intrinsic("Fn::Not", [isOnly(other)]);
    } else {
      name = this.uniqueId(`Is${some.map((at) => pascal(this.names[at] as string)).join("Or")}`.slice(0, 100));
      this.values[name] = anyOf(some.map(isOnly));
    }
    this.holds[name] = some.map((at) => this.names[at] as string);
    this.bySet.set(key, name);
    return name;
  }
}
