import { equalValue } from "../../../stack/environments/alike";
import type { Known } from "../../../stack/stack";
import type { Value } from "../../../stack/value";
import { call, chain, type Expr, lit, member, raw, type Variable } from "../code";
import { attributeName } from "../l1";
import { cfnClass } from "../modules";
import type { Handle } from "../writing";

/** Names that a class has for what `Ref` and `Fn::GetAtt` give. */
export interface Names {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

/** How the code speaks of a construct's own resource: by the names that its class has, else by those of level one. */
export function handleOf({ type }: Known, variable: Variable, { ref, attributes }: Names): Handle {
  const l1 = child(variable, "defaultChild", cfnClass(type));
  return {
    variable,
    ref: member(variable, ref),
    attribute: (name) =>
      Object.hasOwn(attributes, name) ? member(variable, attributes[name] as string) : member(l1, attributeName(name)),
    l1,
  };
}

/** `(vpc.node.defaultChild as ec2.CfnVPC)`, or `.node.findChild("IGW")`. */
export const child = (of: Expr, path: string, type: string): Expr =>
  chain(raw("("), of, raw(`.node.${path} as ${type})`));

/** True where a resource has no property but these. */
export const only = ({ properties }: Known, ...keys: string[]): boolean =>
  Object.keys(properties).every((key) => keys.includes(key));

export const isNumber = (value: Value | undefined): value is number => typeof value === "number";
export const isText = (value: Value | undefined): value is string => typeof value === "string";

/** True for two values that a template spells alike. */
export const same = (a: Value | undefined, b: Value | undefined): boolean => equalValue(a, b);

/** A time in its largest whole unit. */
export function duration(seconds: number): Expr {
  const [unit, size] = (
    [
      ["days", 86_400],
      ["hours", 3_600],
      ["minutes", 60],
    ] as const
  ).find(([, length]) => seconds > 0 && seconds % length === 0) ?? ["seconds", 1];
  return call(raw(`Duration.${unit}`), lit(seconds / size));
}
export const seconds = (value: Value | undefined): Expr | undefined => (isNumber(value) ? duration(value) : undefined);

const removal = { Delete: "DESTROY", Retain: "RETAIN", RetainExceptOnCreate: "RETAIN_ON_UPDATE_OR_DELETE" } as const;
export const removalPolicy = ({ deletionPolicy }: Known): Expr | undefined =>
  deletionPolicy === undefined || deletionPolicy === "Snapshot"
    ? undefined
    : raw(`RemovalPolicy.${removal[deletionPolicy]}`);
