import type { Known } from "../../../stack/stack";
import type { Value } from "../../../stack/value";
import { call, chain, type Expr, lit, make, member, raw, unlessEmpty, type Variable } from "../code";
import { attributeName, writeAttributes, writeWaits } from "../l1";
import { cfnClass } from "../modules";
import type { Builder, Handle, Writing } from "../writing";

/** A construct that stands for one resource, as far as it can say what the stack has. */
export interface Single {
  /** The class: "sqs.Queue". */
  type: string;
  /** What `Ref` is called on it. */
  ref: string;
  /** Attributes that have a name on it. */
  attributes: Readonly<Record<string, string>>;
  /** True when the construct with `props` synthesises to exactly this resource. */
  says(writing: Writing, resource: Known): boolean;
  props(writing: Writing, resource: Known): Expr;
  /** Calls on the construct once it is made. */
  then?(writing: Writing, resource: Known, variable: Variable): void;
  /** The class sets the deletion policies itself. */
  retains?: boolean;
}

/** The builder of a construct that makes one resource: `new sqs.Queue(this, "Orders", { … })`. */
export const single =
  (made: Single): Builder =>
  (writing, resource) => {
    if (!made.says(writing, resource)) return undefined;
    return {
      type: made.type,
      makes: [],
      handle: (_id, variable) => handleOf(resource, variable, made),
      write(variable) {
        const props = unlessEmpty(made.props(writing, resource));
        const expr = make(made.type, raw("this"), lit(resource.id), props);
        writing.program.declare(variable, expr, writing.place(resource));
        finish(writing, resource, variable, made.retains);
        made.then?.(writing, resource, variable);
      },
    };
  };

/** How the code speaks of a construct's own resource: by the names that its class has, else by those of level one. */
export function handleOf(
  { type }: Known,
  variable: Variable,
  { ref, attributes }: Pick<Single, "ref" | "attributes">,
): Handle {
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

/** What a resource carries beside its properties: deletion policies where the class does not set them, and waits. */
export function finish(writing: Writing, resource: Known, variable: Variable, retains = false): void {
  const l1 = child(variable, "defaultChild", cfnClass(resource.type));
  if (!retains) writeAttributes(writing, resource, l1);
  writeWaits(writing, resource, l1);
}

/** True where a resource has no property but these. */
export const only = ({ properties }: Known, ...keys: string[]): boolean =>
  Object.keys(properties).every((key) => keys.includes(key));

export const isNumber = (value: Value | undefined): value is number => typeof value === "number";
export const isText = (value: Value | undefined): value is string => typeof value === "string";

/** True for two values that a template spells alike. */
export const same = (a: Value | undefined, b: Value | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

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
