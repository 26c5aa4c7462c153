import type { Permission } from "../grants/grants";
import type { Hop, Reach, Verdict } from "../network/flow";
import { at, isOpen, itemsOf } from "../network/lookup";
import type { Place } from "../network/places";
import type { Ground } from "../network/walks/walk";
import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";

/** What speaks against a line of the checklist, or leaves it open: a full sentence. */
export interface Against {
  verdict: Exclude<Verdict, "open">;
  why: string;
}

export const fails = (why: string): Against => ({ verdict: "blocked", why });
export const unsure = (why: string): Against => ({ verdict: "unknowable", why });

/** A place where a template runs a task definition, and what was found out about it. */
export interface About {
  ground: Ground;
  place: Place;
  definition: Resource;
  /** Those that are written out. */
  containers: readonly Value[];
  fargate: boolean;
  reaches: readonly Pick<Reach, "dependency" | "what" | "verdict" | "why">[];
  permissions: readonly Permission[];
}

/** One question about a place of a template. */
export type Check = (about: About) => readonly Against[];

/** What hops say that are not open. */
export const againstIn = (hops: readonly Hop[]): Against[] =>
  hops.flatMap(({ verdict, why }) => (verdict === "open" ? [] : [{ verdict, why }]));

/** Text that a template writes out; undefined for what is not there or only known when it is deployed. */
export const written = (value: Value | undefined): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;

/** "app", for sentences. */
export const nameOf = (container: Value): string => written(at(container, "Name")) ?? "a container";

/** Values of one container list, with the container; lists that only the deployment knows are a doubt of their own. */
export function each(
  { containers }: About,
  property: string,
  judge: (item: Value, container: Value) => readonly Against[],
): Against[] {
  return containers.flatMap((container) => {
    const value = at(container, property);
    if (isOpen(value))
      return [unsure(`${property} of ${nameOf(container)} is known only when the template is deployed.`)];
    return (itemsOf(value) ?? []).flatMap((item) =>
      isOpen(item)
        ? [unsure(`An item of ${property} of ${nameOf(container)} is known only when the template is deployed.`)]
        : judge(item, container),
    );
  });
}

/** The first text that comes twice. */
export const twice = (texts: readonly string[]): string | undefined =>
  texts.find((text, index) => texts.indexOf(text) < index);
