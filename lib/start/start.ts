import type { Pointer } from "../core/pointer";
import type { Place } from "../document/document";
import { grantsOf, type Permission } from "../grants/grants";
import type { Model } from "../model/model";
import type { Flows, Reach, TaskPlace, Verdict } from "../network/flow";
import { placeOfHop, placeOfReach } from "../network/said";
import { fixForHop, fixForReach } from "../rules/hop-fix";
import type { Finding } from "../rules/rule";
import { originsAt, type Stack } from "../stack/stack";
import { type CheckDef, type CheckId, checkTable } from "./checks";

/** One answered line of the checklist. */
export interface StartCheck {
  check: CheckId;
  title: string;
  verdict: "passes" | "fails" | "unknowable";
  /** Full sentences. */
  why: string;
  /** What stands against it, each once: empty where it passes. */
  against: readonly Against[];
}

/** One reason against a check. */
export interface Against {
  /** Full sentence. */
  why: string;
  /** Where on the drawing it is said. */
  at?: Place;
  /** The finding that says it, with its repair if there is one. */
  finding?: Finding;
}

/** Whether the tasks of a definition start in one of the places where it runs. */
export interface TaskStart {
  /** Node of the task definition. */
  node: string;
  /** The service, or the RunTask edge that starts it; null where nothing runs it. */
  place: string | null;
  verdict: "starts" | "fails" | "unknowable";
  /** "Starts.", "Fails, because …", "Nobody can know, because …" in one sentence or several. */
  why: string;
  checks: readonly StartCheck[];
}

export interface StartFacts {
  model: Model;
  stack: Stack;
  flows: Flows;
  findings: readonly Finding[];
}

/**
 * Per task definition and place: what ECS goes through until a task runs, as a checklist. It only gathers what rules, flows
 * and grants found, so that none of them says anything else elsewhere. In logical id order of the
 * services, then of the rules and schedules; definitions that nothing runs come last.
 */
export function startsOf(facts: StartFacts): TaskStart[] {
  const hosts = new Set(facts.flows.places.flatMap(({ node, edge }) => (edge === undefined ? [node] : [node, edge])));
  const index = indexOf(facts);
  const running = facts.flows.places.map((place) => startOf(facts, index, hosts, place));
  const used = new Set(running.map(({ node }) => node));
  const idle = facts.model
    .of("taskDefinition")
    .filter(({ id }) => !used.has(id))
    .map(({ id, name }): TaskStart => {
      const why = `Nothing runs ${name} yet: connect a service, a rule or a schedule to it.`;
      return { node: id, place: null, verdict: "unknowable", why, checks: [] };
    });
  return [...running, ...idle];
}

const known = new WeakMap<StartFacts, readonly TaskStart[]>();

/** The same, worked out once for each set of facts: whoever shows them may ask as often as it draws. */
export function startsIn(facts: StartFacts): readonly TaskStart[] {
  const starts = known.get(facts) ?? startsOf(facts);
  known.set(facts, starts);
  return starts;
}

/** True where `startsIn` speaks of a node or an edge: a task definition, or what runs one. Cheap. */
export const runsTasks = ({ model, flows }: Pick<StartFacts, "model" | "flows">, id: string): boolean =>
  model.of("taskDefinition").some((definition) => definition.id === id) ||
  flows.places.some(({ node, edge }) => (edge ?? node) === id);

/** What `startsIn` says of a node or an edge. */
export const startsAt = (facts: StartFacts, id: string): readonly TaskStart[] =>
  startsIn(facts).filter(({ node, place }) => node === id || place === id);

/** What was found, by the node or edge that it names and by place, so that every place looks at its own only. */
interface Index {
  findings: ReadonlyMap<string, readonly Finding[]>;
  reaches: ReadonlyMap<string, readonly Reach[]>;
  /** By node, and by edge. */
  permissions: ReadonlyMap<string, readonly Permission[]>;
}

const placeKey = ({ node, edge, taskDefinition }: Pick<Reach, "node" | "edge" | "taskDefinition">): string =>
  `${node} ${edge ?? ""} ${taskDefinition}`;

function indexOf({ model, stack, flows, findings }: StartFacts): Index {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const ids = [finding.at, ...(finding.also ?? [])].flatMap(({ node, edge }) => [node ?? "", edge ?? ""]);
    for (const id of new Set(ids)) {
      const list = found.get(id);
      if (list) list.push(finding);
      else found.set(id, [finding]);
    }
  }
  const reaches = new Map<string, Reach[]>();
  for (const reach of flows.reaches) {
    const list = reaches.get(placeKey(reach));
    if (list) list.push(reach);
    else reaches.set(placeKey(reach), [reach]);
  }
  const permissions = new Map<string, Permission[]>();
  for (const permission of grantsOf(model, stack).permissions) {
    for (const id of [permission.node, ...(permission.edge === undefined ? [] : [permission.edge])]) {
      const list = permissions.get(id);
      if (list) list.push(permission);
      else permissions.set(id, [permission]);
    }
  }
  return { findings: found, reaches, permissions };
}

function startOf(facts: StartFacts, index: Index, hosts: ReadonlySet<string>, place: TaskPlace): TaskStart {
  const about = aboutPlace(facts.model, place);
  const said = new Set([...about].flatMap((id) => index.findings.get(id) ?? []));
  const findings = [...said].filter(({ at, also }) => {
    const places = [at, ...(also ?? [])];
    // A definition may run in several places; what a finding says of another one is not said of this.
    const others = (ids: readonly (string | undefined)[], ours: string | undefined): boolean => {
      const named = ids.filter((id) => id !== undefined && hosts.has(id));
      return named.length > 0 && !named.includes(ours);
    };
    const node = others(
      places.map((item) => item.node),
      place.node,
    );
    const edge = others(
      places.map((item) => item.edge),
      place.edge,
    );
    return !node && !edge;
  });
  const here = place.edge ?? place.node;
  const asked = new Set([...about].flatMap((id) => index.permissions.get(id) ?? []));
  const permissions = [...asked].filter((permission) => permission.must && (permission.place ?? here) === here);
  const near = { ...facts, findings, permissions };
  const checks = (Object.keys(checkTable) as CheckId[]).map((id) => answer(near, index, place, id));
  const failing = checks.filter(({ verdict }) => verdict === "fails");
  const open = checks.filter(({ verdict }) => verdict === "unknowable");
  const verdict = failing.length > 0 ? "fails" : open.length > 0 ? "unknowable" : "starts";
  // One missing way may stand against several lines.
  const reasons = (failing.length > 0 ? failing : open).flatMap(({ against }) => against.map(({ why }) => why));
  const because = [...new Set(reasons)].join(" ");
  return {
    node: place.taskDefinition,
    place: place.edge ?? place.node,
    verdict,
    why: because === "" ? "Nothing in the design stands against it." : because,
    checks,
  };
}

/** Nodes and edges that a finding about the task names: the definition, what runs it, its capacity, their edges. */
function aboutPlace(model: Model, place: TaskPlace): ReadonlySet<string> {
  const definition = model.node(place.taskDefinition);
  const host = place.edge === undefined ? model.node(place.node) : undefined;
  const capacity = (host?.out ?? []).flatMap(({ relation, to }) => (relation === "useCapacity" ? [to.id] : []));
  return new Set([
    place.taskDefinition,
    ...(place.edge === undefined ? [place.node] : [place.edge]),
    ...capacity,
    ...(definition?.out ?? []).map(({ id }) => id),
    ...(host?.out ?? []).map(({ id }) => id),
    ...(host?.in ?? []).map(({ id }) => id),
  ]);
}

type Answer = Against & { verdict: Exclude<Verdict, "open"> };

/** What rules say against a check: errors stop the task, some warnings may. */
const ruled = (def: CheckDef, findings: readonly Finding[]): Answer[] =>
  findings.flatMap((finding): Answer[] => {
    const { rule, severity, message: why, at } = finding;
    if (severity === "error" && def.rules.includes(rule)) return [{ verdict: "blocked", why, at, finding }];
    if (severity === "warning" && def.doubts?.includes(rule)) return [{ verdict: "unknowable", why, at, finding }];
    return [];
  });

/** Where a role is chosen: where the stack says that it comes from, else the slot that the line is about. */
function placeOfPermission({ stack }: StartFacts, { who, of, check, node, edge }: Permission): Place {
  const id = who && "role" in who ? who.role : of;
  const role = id !== undefined && Object.hasOwn(stack.resources, id) ? stack.resources[id] : undefined;
  const origin =
    role?.type === "AWS::IAM::Role" ? originsAt(role, "").find((one) => one.field !== undefined) : undefined;
  if (origin?.node !== undefined) return { node: origin.node, field: origin.field as Pointer };
  // A role outside of the design has no origin.
  if (check === "role" && edge !== undefined) return { edge };
  const field = check === "placement" ? "/instanceRole" : check === "volumes" ? "/taskRole" : "/executionRole";
  return { node, field };
}

/** What has to do with one place. */
type PlaceFacts = StartFacts & { permissions: readonly Permission[] };

function answer(facts: PlaceFacts, index: Index, place: TaskPlace, check: CheckId): StartCheck {
  const { model, flows, findings, permissions } = facts;
  const def: CheckDef = checkTable[check];
  const against: Answer[] = [];
  for (const reach of index.reaches.get(placeKey(place)) ?? []) {
    if (reach.by !== "agent") continue;
    if (!def.reaches?.includes(reach.dependency) || reach.verdict === "open") continue;
    const at = placeOfReach(facts, reach);
    const finding = fixForReach(facts, findings, reach);
    against.push({ verdict: reach.verdict, why: reach.why, at, ...(finding ? { finding } : {}) });
  }
  const host = place.edge === undefined ? model.node(place.node) : undefined;
  for (const { id, relation } of [...(model.node(place.taskDefinition)?.out ?? []), ...(host?.in ?? [])]) {
    const flow = relation === def.flows ? flows.flow(id) : undefined;
    for (const hop of flow?.hops ?? []) {
      if (!flow || hop.verdict === "open") continue;
      const finding = fixForHop(facts, findings, flow, hop);
      const at = placeOfHop(facts, id, hop);
      against.push({ verdict: hop.verdict, why: hop.why, at, ...(finding ? { finding } : {}) });
    }
  }
  // A hop names the very rule that is missing; the finding that mends it is not said beside it again.
  const told = new Set(against.map(({ finding }) => finding));
  against.unshift(...ruled(def, findings).filter(({ finding }) => !told.has(finding)));
  for (const permission of permissions) {
    const { check: line, verdict, why } = permission;
    if (line !== def.grants || line === undefined || verdict === "allowed") continue;
    const at = placeOfPermission(facts, permission);
    against.push({ verdict: verdict === "denied" ? "blocked" : "unknowable", why, at });
  }
  against.push(...(def.besides?.(model, place) ?? []));
  const worst = against.some(({ verdict }) => verdict === "blocked") ? "blocked" : "unknowable";
  const reasons = [
    ...new Map(against.filter(({ verdict }) => verdict === worst).map((item) => [item.why, item])).values(),
  ];
  if (reasons.length === 0) return { check, title: def.title, verdict: "passes", why: def.passes, against: [] };
  return {
    check,
    title: def.title,
    verdict: worst === "blocked" ? "fails" : "unknowable",
    why: reasons.map(({ why }) => why).join(" "),
    against: reasons.map(({ verdict: _, ...item }) => item),
  };
}
