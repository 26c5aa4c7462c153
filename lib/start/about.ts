import type { Permission } from "../grants/grants";
import { isBalancer } from "../network/asked";
import type { Hop, Reach, Verdict } from "../network/flow";
import { at, isOpen, itemsOf, keyOf } from "../network/lookup";
import type { Place } from "../network/places";
import { groupsBehind } from "../network/walks/listeners";
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

/** What all places of a template ask alike, gathered once. */
export interface Shared {
  /** Target group → the load balancers that forward to it. */
  balancers: ReadonlyMap<string, readonly Resource[]>;
  /** Log groups by logical id and by name. */
  logGroups: ReadonlySet<string>;
}

export function sharedOf(ground: Ground): Shared {
  const { lookup } = ground.network;
  const balancers = new Map<string, Resource[]>();
  for (const balancer of Object.values(lookup.stack.resources).filter(isBalancer)) {
    if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer") balancers.set(balancer.id, [balancer]);
    for (const { id } of groupsBehind(ground.network, balancer)) {
      balancers.set(id, [...(balancers.get(id) ?? []), balancer]);
    }
  }
  const logGroups = lookup
    .of("AWS::Logs::LogGroup")
    .flatMap(({ id, properties: { LogGroupName } }) => [
      id,
      ...(LogGroupName === undefined ? [] : [keyOf(LogGroupName)]),
    ]);
  return { balancers, logGroups: new Set(logGroups) };
}

/** A place where a template runs a task definition, and what was found out about it. */
export interface About {
  ground: Ground;
  shared: Shared;
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
