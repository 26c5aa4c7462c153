import { slug } from "../core/ids";
import type { JsonObject } from "../core/json";
import { isRelationEdge } from "../model/build";
import type { ModelEdge } from "../model/model";
import type { Candidate } from "./candidate";

type Initial = (candidate: Candidate) => JsonObject | undefined;

const siblings = (candidate: Candidate): readonly ModelEdge[] =>
  candidate.from.out.filter(
    (edge) => edge.relation === candidate.relation && edge.fromContainer === candidate.fromContainer,
  );

/** The first of `base`, `base2`, `base3` … that is free. */
function free(base: string, taken: ReadonlySet<string>, join = ""): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${base}${join}${number}`)) return `${base}${join}${number}`;
  }
}

/** What a new edge says from the start, so that a second one does not clash with the first. Others start with defaults. */
const initial: Partial<Record<Candidate["relation"], Initial>> = {
  inject(candidate) {
    const taken = siblings(candidate).flatMap((edge) => (isRelationEdge(edge, "inject") ? [edge.props.name] : []));
    const base = slug(candidate.to.name, "secret").replaceAll("-", "_").toUpperCase();
    return { name: free(/^[0-9]/.test(base) ? `SECRET_${base}` : base, new Set(taken), "_") };
  },
  mount(candidate) {
    const taken = siblings(candidate).flatMap((edge) =>
      isRelationEdge(edge, "mount") ? [edge.props.containerPath] : [],
    );
    return taken.includes("/data") ? { containerPath: free("/data", new Set(taken)) } : undefined;
  },
  forward(candidate) {
    const others = candidate.from.out.some((edge) => edge.relation === "forward");
    return others && candidate.from.kind === "alb"
      ? { pathPatterns: [`/${slug(candidate.to.name, "service")}/*`] }
      : undefined;
  },
};

/** Properties of a new edge. */
export const initialProps = (candidate: Candidate): JsonObject => initial[candidate.relation]?.(candidate) ?? {};
