import { catalog, type NodeKind } from "../catalog";
import { pairsFrom, refusals } from "../catalog/pairs";
import { type RelationId, relationOf } from "../catalog/relations";
import { equalJson } from "../core/json";
import { isKind } from "../model/build";
import type { ModelEdge } from "../model/model";
import { chosenContainer } from "../model/queries";
import { type Candidate, isBefore } from "./candidate";
import { noRelation, pathBetween, type Refused } from "./refused";
import type { RuleId } from "./rule";

/** Relations that may join the same two ends several times, with different properties: two variables of one secret. */
const repeatable: ReadonlySet<RelationId> = new Set([
  "forward",
  "call",
  "mount",
  "environmentFile",
  "inject",
  "runTask",
  "intercept",
  "notify",
  "subscribeHttps",
  "reference",
]);

const has = (kinds: NodeKind | readonly NodeKind[], kind: NodeKind): boolean =>
  typeof kinds === "string" ? kinds === kind : kinds.includes(kind);

/** The row of "Refused pairs" for two kinds; rows about one relation only when it is asked for. */
export function refusedPair(from: NodeKind, to: NodeKind, relation?: RelationId): Refused | undefined {
  const row = refusals.find(
    (item) => has(item.from, from) && has(item.to, to) && (item.relation === undefined || item.relation === relation),
  );
  if (!row) return undefined;
  const path = row.via ? ([from, row.via, to] as const) : pathBetween(from, to);
  return {
    rule: row.rule as RuleId,
    reason: row.reason,
    instead: row.instead,
    ...(path && row.relation === undefined ? { path } : {}),
  };
}

/** Notes and loops, which no pair of kinds decides. */
export function refusedAnyway(candidate: Pick<Candidate, "from" | "to" | "fromContainer" | "toContainer">) {
  const { from, to, fromContainer, toContainer } = candidate;
  const note = [from, to].find((node) => node.kind === "note");
  if (note) {
    return refuse("A note is a remark on the drawing and takes no part in it", "Put the note beside what it is about");
  }
  if (from !== to || (fromContainer !== toContainer && fromContainer !== undefined && toContainer !== undefined)) {
    return undefined;
  }
  return refuse("Both ends are the same", "Connect it to another node");
}

const refuse = (reason: string, instead: string, rule: RuleId = "ECS-GR-001"): Refused => ({ rule, reason, instead });

/**
 * Whether the grammar admits an edge in its stored direction: pair, ends, duplicates, and what one node may have only
 * once. `props` tell apart repeated edges of a relation that may be repeated.
 */
export function judgeGrammar(candidate: Candidate, props: object): Refused | undefined {
  return (
    refusedAnyway(candidate) ??
    refusedRelation(candidate) ??
    refusedContainer(candidate) ??
    refusedTwin(candidate, props) ??
    refusedSecond(candidate) ??
    refusedDependency(candidate)
  );
}

function refusedRelation({ from, to, relation }: Candidate): Refused | undefined {
  if (from.kind === "generic" || to.kind === "generic") {
    return relation === "reference"
      ? undefined
      : refuse("A generic resource is joined to others only by references", "Make it a reference");
  }
  const row = refusedPair(from.kind, to.kind, relation);
  if (row) return row;
  const known = pairsFrom(from.kind, to.kind);
  if (known.includes(relation)) return undefined;
  const { verb } = relationOf(relation);
  if (pairsFrom(to.kind, from.kind).includes(relation)) {
    return refuse(`The arrow points the wrong way; it is ${to.name} that ${verb} ${from.name}`, "Turn it round");
  }
  if (from.kind === "service" && pairsFrom("taskDefinition", to.kind).includes(relation)) {
    return refuse(`It is a container of its task definition that ${verb} ${to.name}`, "Connect the container");
  }
  if (known.length === 0) return noRelation(from, to);
  const verbs = known.map((item) => `“${relationOf(item).verb}”`).join(" or ");
  return refuse(`“${verb}” means nothing between these two`, `Choose ${verbs}`);
}

function refusedContainer({ from, fromContainer, to, toContainer, relation }: Candidate): Refused | undefined {
  const { fromAnchor, toAnchor } = relationOf(relation);
  if (
    (toContainer === undefined || toAnchor === "container") &&
    (fromContainer === undefined || fromAnchor === "container")
  ) {
    return undefined;
  }
  const node = toContainer === undefined ? from : to;
  return refuse(
    "Whole tasks are started, never one container of them",
    `Connect the ${catalog[node.kind].label.toLowerCase()} itself`,
  );
}

function refusedTwin(candidate: Candidate, props: object): Refused | undefined {
  const { from, to, relation, fromContainer, toContainer } = candidate;
  const twin = (from.out.length <= to.in.length ? from.out : to.in).find(
    (edge) =>
      edge.relation === relation &&
      edge.from === from &&
      edge.to === to &&
      edge.fromContainer === fromContainer &&
      edge.toContainer === toContainer &&
      isBefore(edge, candidate) &&
      (!repeatable.has(relation) || equalJson(edge.props, props)),
  );
  return twin && refuse("They are connected in this way already", `Change that connection (${twin.id}) instead`);
}

/** What a service or container has once, with the words for a second one. */
const once: {
  readonly [R in RelationId]?: { rule: RuleId; says(who: string, first: string): string; instead: string };
} = {
  run: {
    rule: "ECS-GR-002",
    says: (who, first) => `A service runs one task definition at a time, and ${who} runs ${first}`,
    instead: "Disconnect that one first, or add a second service",
  },
  pull: {
    rule: "ECS-GR-001",
    says: (who, first) => `A container has one image, and ${who} pulls it from ${first}`,
    instead: "Disconnect that one first, or add a second container",
  },
  credentials: {
    rule: "ECS-GR-001",
    says: (who, first) => `A container logs in to its registry in one way, and ${who} uses ${first}`,
    instead: "Disconnect that one first",
  },
};

function refusedSecond(candidate: Candidate): Refused | undefined {
  const { from, relation } = candidate;
  const row = once[relation];
  if (!row) return undefined;
  const container = (id: string | undefined) =>
    isKind(from, "taskDefinition") ? chosenContainer(from, id) : undefined;
  const own = container(candidate.fromContainer);
  const first = from.out.find(
    (edge) => edge.relation === relation && container(edge.fromContainer) === own && isBefore(edge, candidate),
  );
  return first && refuse(row.says(own?.name ?? from.name, first.to.name), row.instead, row.rule);
}

function refusedDependency(candidate: Candidate): Refused | undefined {
  const { from, to, relation, fromContainer, toContainer } = candidate;
  if (relation !== "dependsOn") return undefined;
  if (from !== to) {
    return refuse(
      "A container waits only for containers of its own task definition",
      "Move both containers into one task definition",
      "ECS-CON-006",
    );
  }
  if (fromContainer === undefined || toContainer === undefined) {
    return refuse("A dependency joins two containers", "Connect one container to another", "ECS-CON-006");
  }
  const waits = from.out.filter(
    (edge) => edge.relation === "dependsOn" && edge.to === from && isBefore(edge, candidate),
  );
  return reaches(waits, toContainer, fromContainer)
    ? refuse("Each would wait for the other, so neither would start", "Leave one dependency out", "ECS-CON-006")
    : undefined;
}

function reaches(edges: readonly ModelEdge[], start: string, goal: string): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === goal) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const edge of edges)
      if (edge.fromContainer === at && edge.toContainer !== undefined) open.push(edge.toContainer);
  }
  return false;
}
