import type { Resource } from "../../../stack/stack";
import { call, type Expr, member } from "../code";
import type { Writing } from "../writing";
import { connectivityOf } from "./network";

/**
 * Writes what a resource waits for: `on.node.addDependency(…)` with whole constructs where it waits for all that they
 * make, with single resources otherwise. What `implied` names its construct waits for by itself.
 */
export function writeAllWaits(
  writing: Writing,
  resource: Resource,
  on: Expr,
  implied: ReadonlySet<string> = new Set(),
): void {
  const left = new Set((resource.dependsOn ?? []).filter((id) => !implied.has(id)));
  if (left.size === 0) return;
  const exprs: Expr[] = [];
  const take = (ids: readonly string[], expr: Expr): void => {
    if (ids.length === 0 || !ids.every((id) => left.has(id))) return;
    for (const id of ids) left.delete(id);
    exprs.push(expr);
  };
  for (const { ids, expr } of connectivityOf(writing)) take(ids, expr);
  for (const id of [...left]) {
    const built = writing.built(id);
    const handle = writing.handle(id);
    if (built?.type && handle) take([id, ...built.makes], handle.variable);
  }
  for (const id of left) {
    const handle = writing.handle(id);
    if (handle) exprs.push(handle.l1);
  }
  if (exprs.length > 0) {
    writing.program.run(call(member(on, "node.addDependency"), ...exprs), writing.place(resource));
  }
}
