import { type Likeness, slotsOf } from "../../../stack/environments/alike";
import { arr, call, chain, type Expr, lit, member, raw, template, Variable } from "../code";

/** An expression of one environment's program, by the environment's place in the list of names. */
export interface Variant {
  at: number;
  expr: Expr;
}

type Literal = string | number | boolean;

/** A setting of the environments: its key, and its value in each. */
export interface Setting {
  key: string;
  type: string;
  values: readonly Literal[];
}

/** The text that tells expressions apart: equal texts mean the same in every environment. */
export function keyOf(expr: Expr): string {
  if (expr instanceof Variable) return `$${expr.name}:${expr.type}`;
  let key = keys.get(expr);
  if (key === undefined) {
    key = written(expr);
    keys.set(expr, key);
  }
  return key;
}
const keys = new WeakMap<object, string>();

function written(expr: Exclude<Expr, Variable>): string {
  if (expr.is === "raw") return `r${expr.text}`;
  if (expr.is === "literal") return `l${JSON.stringify(expr.value)}`;
  if (expr.is === "object") {
    return `{${expr.entries.map(({ key, value }) => `${JSON.stringify(key)}:${keyOf(value)}`).join()}}`;
  }
  if (expr.is === "array") return `[${expr.items.map(keyOf).join()}]`;
  if (expr.is === "chain") return `c(${expr.parts.map(keyOf).join()})`;
  if (expr.is === "call") return `f${keyOf(expr.callee)}(${expr.args.map(keyOf).join()})`;
  return `t(${expr.parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : keyOf(part))).join()})`;
}

const UNDEFINED = raw("undefined");
const NOTHING: Expr = { is: "object", entries: [] };

/** Methods that take as many arguments as there are. */
const takesMany = (callee: Expr): boolean => /\.(addDependency|grant)\)?$/.test(keyOf(callee));
type Shape<I extends string> = Extract<Exclude<Expr, Variable>, { is: I }>;
const is =
  <I extends Exclude<Expr, Variable>["is"]>(kind: I) =>
  (expr: Expr): expr is Shape<I> =>
    !(expr instanceof Variable) && expr.is === kind;

/** Items of a list that have a name in common, or are the same to the letter. */
const likeItems: Likeness<Expr> = {
  same: (a, b) => (nameOf(a) ?? keyOf(a)) === (nameOf(b) ?? keyOf(b)),
  mayBeSame: () => false,
};

type Entry = Shape<"object">["entries"][number];
const likeEntries: Likeness<Entry> = { same: (a, b) => a.key === b.key, mayBeSame: () => false };

function nameOf(expr: Expr): string | undefined {
  if (!is("object")(expr)) return undefined;
  const found = expr.entries.find(({ key }) => /^(name|key|id|sid|containerName|policyName)$/i.test(key));
  return found && `${found.key} ${keyOf(found.value)}`;
}

/**
 * Writes expressions of several environments as one: literals that differ are settings of the environment, all else is
 * chosen by its name. Evaluated in an environment, the result is that environment's expression.
 */
export class Expressions {
  readonly settings: Setting[] = [];
  private readonly taken = new Set<string>(["name"]);

  constructor(
    readonly names: readonly string[],
    /** The constant that holds the environment. */
    readonly environment: Variable,
    /** The constant of the one program for one of the programs of an environment. */
    private readonly variable: (one: Variable) => Expr,
  ) {}

  /** One expression for all variants, at least one; in other environments it is never evaluated. */
  merge(variants: readonly Variant[], path: string): Expr {
    const [first] = variants as [Variant, ...Variant[]];
    if (variants.every(({ expr }) => keyOf(expr) === keyOf(first.expr))) return this.own(first.expr);
    const exprs = variants.map(({ expr }) => expr);
    if (exprs.every(is("literal")) && variants.length === this.names.length) {
      const setting = this.setting(
        exprs.map(({ value }) => value),
        path,
      );
      if (setting) return setting;
    }
    if (exprs.every(is("object"))) return this.objects(variants, exprs, path);
    if (exprs.every(is("array"))) {
      const merged = this.arrays(variants, exprs, path);
      if (merged) return merged;
    }
    if (exprs.every(is("call"))) {
      const merged = this.calls(variants, exprs, path);
      if (merged) return merged;
    }
    if (exprs.every(is("chain"))) {
      const merged = this.chains(variants, exprs, path);
      if (merged) return merged;
    }
    if (exprs.every(is("template"))) {
      const merged = this.templates(variants, exprs, path);
      if (merged) return merged;
    }
    return this.choose(groupsOf(variants));
  }

  /** `environment.name === "prod"`. */
  condition(some: readonly number[]): Expr {
    const name = member(this.environment, "name");
    const [only] = some;
    if (some.length === 1 && only !== undefined) return chain(name, raw(" === "), lit(this.names[only] as string));
    if (some.length === this.names.length - 1) {
      const other = this.names.find((_, at) => !some.includes(at)) as string;
      return chain(name, raw(" !== "), lit(other));
    }
    return chain(arr(some.map((at) => lit(this.names[at] as string))), raw(".includes("), name, raw(")"));
  }

  /** `condition ? then : otherwise`. */
  either(some: readonly number[], then: Expr, otherwise: Expr): Expr {
    return chain(this.condition(some), raw(" ? "), then, raw(" : "), otherwise);
  }

  /** An expression of an environment's program in the words of the one program. */
  private own(expr: Expr): Expr {
    if (expr instanceof Variable) return this.variable(expr);
    if (expr.is === "object") {
      return { ...expr, entries: expr.entries.map((entry) => ({ ...entry, value: this.own(entry.value) })) };
    }
    if (expr.is === "array") return arr(expr.items.map((item) => this.own(item)));
    if (expr.is === "chain") return chain(...expr.parts.map((part) => this.own(part)));
    if (expr.is === "call") return call(this.own(expr.callee), ...expr.args.map((arg) => this.own(arg)));
    if (expr.is === "template") {
      return template(expr.parts.map((part) => (typeof part === "string" ? part : this.own(part))));
    }
    return expr;
  }

  private setting(values: readonly (Literal | null)[], path: string): Expr | undefined {
    const type = typeof values[0];
    if (!values.every((value): value is Literal => value !== null && typeof value === type)) return undefined;
    const words = path.split(" ").map((word) => word.replace(/[^A-Za-z0-9]/g, ""));
    const joined = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
    const base = /^[A-Za-z]/.test(joined) ? joined.charAt(0).toLowerCase() + joined.slice(1) : `setting${joined}`;
    let key = base.slice(0, 80);
    for (let number = 2; this.taken.has(key); number += 1) key = `${base.slice(0, 80)}${number}`;
    this.taken.add(key);
    this.settings.push({ key, type, values });
    return member(this.environment, key);
  }

  private calls(variants: readonly Variant[], exprs: readonly Shape<"call">[], path: string): Expr | undefined {
    const [{ callee, args }] = exprs as [Shape<"call">, ...Shape<"call">[]];
    if (exprs.some((one) => keyOf(one.callee) !== keyOf(callee))) return undefined;
    const whole = this.own(callee);
    if (takesMany(callee)) {
      const list = this.list(
        variants,
        exprs.map((one) => one.args),
        path,
      );
      return call(whole, ...list.items);
    }
    const most = Math.max(...exprs.map((one) => one.args.length));
    const construct = is("raw")(callee) && callee.text.startsWith("new ");
    // Only properties may be left out; of all else nobody knows.
    if (!construct && exprs.some((one) => one.args.length !== args.length)) return undefined;
    return call(
      whole,
      ...Array.from({ length: most }, (_, index) => {
        const having = variants.map(({ at }, one) => ({ at, expr: exprs[one]?.args[index] ?? UNDEFINED }));
        const objects = having.map(({ expr }) => expr);
        const props = construct && index === most - 1 && objects.every(is("object"));
        return props ? this.properties(having, objects, path) : this.merge(having, path);
      }),
    );
  }

  /** Properties of a construct, in whatever order: undefined is as good as nothing. */
  private properties(variants: readonly Variant[], exprs: readonly Shape<"object">[], path: string): Expr {
    const found = new Map<string, { entry: Entry; variants: Variant[] }>();
    exprs.forEach(({ entries }, index) => {
      for (const entry of entries) {
        const known = found.get(entry.key) ?? { entry, variants: [] };
        found.set(entry.key, known);
        known.variants.push({ at: (variants[index] as Variant).at, expr: entry.value });
      }
    });
    const entries = [...found.values()].map(({ entry, variants: having }) => {
      const value = this.merge(having, `${path} ${entry.key}`);
      const some = having.map(({ at }) => at);
      return { ...entry, value: having.length < variants.length ? this.either(some, value, UNDEFINED) : value };
    });
    return { is: "object", entries };
  }

  /** Any other object may be a map, which knows every key that it has and in which order. */
  private objects(variants: readonly Variant[], exprs: readonly Shape<"object">[], path: string): Expr {
    const slots = slotsOf(
      exprs.map(({ entries }) => entries),
      likeEntries,
    );
    const entries = slots.map((slot): Entry => {
      const having = slot.flatMap((one, variant) =>
        one === null ? [] : [{ one, variant: variants[variant] as Variant }],
      );
      const [{ one }] = having as [(typeof having)[number], ...typeof having];
      const value = this.merge(
        having.map(({ one: { item }, variant: { at } }) => ({ at, expr: item.value })),
        `${path} ${one.item.key}`,
      );
      if (having.length === variants.length) return { ...one.item, value };
      const some = having.map(({ variant: { at } }) => at);
      const only: Expr = { is: "object", entries: [{ key: one.item.key, value }] };
      return { ...one.item, value: this.either(some, only, NOTHING), spread: true };
    });
    return { is: "object", entries };
  }

  private arrays(variants: readonly Variant[], exprs: readonly Shape<"array">[], path: string): Expr | undefined {
    const { items, shared } = this.list(
      variants,
      exprs.map((one) => one.items),
      path,
    );
    return shared * 2 < items.length ? undefined : arr(items);
  }

  /** Items side by side; how many of them several environments have. */
  private list(
    variants: readonly Variant[],
    lists: readonly (readonly Expr[])[],
    path: string,
  ): { items: Expr[]; shared: number } {
    const slots = slotsOf(lists, likeItems);
    const shared = slots.filter((slot) => slot.filter((one) => one !== null).length > 1).length;
    const items = slots.map((slot, index) => {
      const having = slot.flatMap((one, variant) =>
        one === null ? [] : [{ at: (variants[variant] as Variant).at, expr: one.item }],
      );
      const item = this.merge(having, `${path} ${index + 1}`);
      if (having.length === variants.length) return item;
      const some = having.map(({ at }) => at);
      return chain(raw("...("), this.either(some, arr([item]), arr([])), raw(")"));
    });
    return { items, shared };
  }

  /** Where one piece differs and what follows it can follow anything. */
  private chains(variants: readonly Variant[], exprs: readonly Shape<"chain">[], path: string): Expr | undefined {
    const [first] = exprs as [Shape<"chain">, ...Shape<"chain">[]];
    if (exprs.some(({ parts }) => parts.length !== first.parts.length)) return undefined;
    const differing = first.parts.flatMap((part, index) =>
      exprs.every(({ parts }) => keyOf(parts[index] as Expr) === keyOf(part)) ? [] : [index],
    );
    const [index] = differing;
    if (differing.length !== 1 || index === undefined) return undefined;
    const parts = exprs.map((expr) => expr.parts[index] as Expr);
    if (parts.some(is("raw"))) return undefined;
    const merged = this.merge(
      variants.map(({ at }, one) => ({ at, expr: parts[one] as Expr })),
      path,
    );
    const last = index === first.parts.length - 1;
    const piece = last || is("call")(merged) ? merged : chain(raw("("), merged, raw(")"));
    return chain(...first.parts.map((part, one) => (one === index ? piece : this.own(part))));
  }

  private templates(variants: readonly Variant[], exprs: readonly Shape<"template">[], path: string): Expr | undefined {
    const [first] = exprs as [Shape<"template">, ...Shape<"template">[]];
    const alike = exprs.every(
      ({ parts }) =>
        parts.length === first.parts.length &&
        parts.every((part, index) =>
          typeof part === "string" ? part === first.parts[index] : typeof first.parts[index] !== "string",
        ),
    );
    if (!alike) return undefined;
    return template(
      first.parts.map((part, index) =>
        typeof part === "string"
          ? part
          : this.merge(
              variants.map(({ at }, one) => ({ at, expr: exprs[one]?.parts[index] as Expr })),
              path,
            ),
      ),
    );
  }

  private choose(groups: readonly (readonly Variant[])[]): Expr {
    const [group = [], ...rest] = groups;
    const value = this.own((group[0] as Variant).expr);
    if (rest.length === 0) return value;
    return this.either(
      group.map(({ at }) => at),
      value,
      this.choose(rest),
    );
  }
}

/** Variants of one expression each, smaller groups first. */
function groupsOf(variants: readonly Variant[]): Variant[][] {
  const groups = new Map<string, Variant[]>();
  for (const one of variants) {
    const key = keyOf(one.expr);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].sort((a, b) => a.length - b.length);
}
