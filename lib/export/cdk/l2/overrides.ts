import type { Known } from "../../../stack/stack";
import type { Value } from "../../../stack/value";
import { lit, method, type Variable } from "../code";
import { cfnClass } from "../modules";
import { json } from "../values";
import { originOf, type Writing } from "../writing";
import { child } from "./shared";

/** What the class of a construct has no property for: the way in the template, and the value. */
export interface Override {
  path: string;
  value: Value | undefined;
  /** Why, when it is no missing property. */
  because?: string;
}

/** Escape hatches of a construct: `addPropertyOverride` where its class cannot say what the stack has. */
export function writeOverrides(
  writing: Writing,
  resource: Known,
  variable: Variable,
  overrides: readonly Override[],
): void {
  const l1 = child(variable, "defaultChild", cfnClass(resource.type));
  overrides.forEach(({ path, value, because }, at) => {
    const from = originOf(resource, `/properties/${path.replaceAll(".", "/")}`);
    const expr =
      value === undefined
        ? method(l1, "addPropertyDeletionOverride", lit(path))
        : method(l1, "addPropertyOverride", lit(path), json(writing, value));
    const plain = at === 0 ? `${variable.type} has no property for this.` : undefined;
    writing.program.run(expr, { ...writing.place(resource), from, comment: because ?? plain });
  });
}
