import type { Resource } from "../../../stack/stack";
import { referredBy } from "../../../stack/value";
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
  const referred = referredBy(resource.properties);
  const take = (ids: readonly string[], expr: () => Expr): void => {
    const all = ids.every((id) => left.has(id) || implied.has(id) || referred.has(id));
    if (!all || !ids.some((id) => left.has(id))) return;
    for (const id of ids) left.delete(id);
    exprs.push(expr());
  };
  for (const { ids, expr } of connectivityOf(writing)) take(ids, expr);
  for (const id of [...left]) {
    const maker = writing.makerOf(id);
    const built = maker === undefined ? undefined : writing.built(maker);
    const handle = maker === undefined ? undefined : writing.handle(maker);
    if (maker === undefined || !built?.type || !handle) continue;
    take([maker, ...built.makes], () => handle.variable);
    for (const { ids, expr } of built.ready?.(handle.variable) ?? []) take(ids, () => expr);
  }
  for (const id of left) {
    const handle = writing.handle(id);
    if (handle) exprs.push(handle.l1);
  }
  if (exprs.length > 0) {
    writing.program.run(call(member(on, "node.addDependency"), ...exprs), writing.place(resource));
  }
}
