import type { Bounds } from "./fit";

/** An entry of a capacity provider strategy; undefined: nobody knows. */
export interface Entry {
  weight: number | undefined;
  base: number | undefined;
}

/**
 * How many tasks land in each home at the least and at the most. A strategy fills the base first and shares the rest by
 * weight, a task more or less; without one each home may take all.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function shared(tasks: number | undefined, entries: readonly Entry[], strategy: boolean): Bounds[] {
  if (tasks === undefined) return entries.map(() => ({ least: 0, most: Number.POSITIVE_INFINITY }));
  const all = Math.max(0, tasks);
  if (entries.length === 1) return [{ least: all, most: all }];
  const weights = entries.map(({ weight }) => weight);
  const total = weights.reduce<number>((sum, weight) => sum + Math.max(0, weight ?? 0), 0);
  const open = entries.some(({ weight, base }) => weight === undefined || base === undefined);
  if (!strategy || open || total === 0) return entries.map(() => ({ least: 0, most: all }));
  const based = entries.map(({ base = 0 }) => Math.min(all, Math.max(0, base)));
  const rest = Math.max(0, all - based.reduce((sum, base) => sum + base, 0));
  return entries.map(({ weight = 0 }, index) => {
    const exact = (rest * Math.max(0, weight)) / total;
    const base = based[index] as number;
    return { least: base + Math.floor(exact), most: base + Math.ceil(exact) };
  });
}
