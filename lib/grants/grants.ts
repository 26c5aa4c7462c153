import { compareKeys } from "../core/json";
import type { Model } from "../model/model";
import type { Resource, Stack } from "../stack/stack";
import { edgeNeeds } from "./edge-needs";
import { callerText, type Grants, type GrantVerdict, mayDo, readGrants, type StatementPlace } from "./evaluate";
import { type Asking, type Need, requestsOf } from "./needs";
import { drawnRuns, execNeeds, instanceNeeds, taskNeeds } from "./task-needs";
import { show } from "./text";
import { type Unused, unusedGrants } from "./unused";

/** A need, answered. */
export interface Permission extends Need {
  verdict: GrantVerdict;
  /** The statements that decide. */
  by: readonly StatementPlace[];
  /** Full sentence. */
  why: string;
}

/** What a drawn edge asks IAM for, and whether it gets it. Edges that ask for nothing have none. */
export interface EdgeGrant {
  edge: string;
  /** denied if any of its permissions is, else unknown if any is; what only some code needs does not count. */
  verdict: GrantVerdict;
  permissions: readonly Permission[];
}

/** The same for what a node needs without an edge: logs, ECS Exec, who may take on a role, the agent of instances. */
export interface NodeGrant extends Omit<EdgeGrant, "edge"> {
  node: string;
}

export interface DesignGrants {
  /** In edge id order. */
  edges: readonly EdgeGrant[];
  /** In node id order. */
  nodes: readonly NodeGrant[];
  /** Everything allowed that neither of them needs. */
  unused: readonly Unused[];
  edge(id: string): EdgeGrant | undefined;
  /** All permissions, with or without an edge. */
  permissions: readonly Permission[];
}

/** Said wherever the answers are shown. */
export const OUTSIDE =
  "Read from these policies alone: policies of the organisation (SCPs, RCPs), permissions boundaries, session policies and the policies of what exists outside may still refuse.";

/**
 * Answers for every drawn edge whether IAM lets it through, from the policies of the stack, and lists what they allow
 * that nothing drawn needs. The model says what was drawn; roles, policies and ARNs come from the stack. Never throws.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function grantsOf(model: Model, stack: Stack): DesignGrants {
  // Rules, the checklist and the command line ask one after the other; nobody changes a stack once it is made.
  const known = answers.get(stack);
  if (known?.model === model) return known.grants;
  const grants = read(model, stack);
  answers.set(stack, { model, grants });
  return grants;
}

const answers = new WeakMap<Stack, { model: Model; grants: DesignGrants }>();

function read(model: Model, stack: Stack): DesignGrants {
  const grants = readGrants(stack, model.region);
  const needs = needsOf(model, grants);
  const permissions = needs.map((need) => answered(grants, need));
  const byEdge = new Map<string, Permission[]>();
  const byNode = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const [map, key] = permission.edge === undefined ? [byNode, permission.node] : [byEdge, permission.edge];
    const list = map.get(key);
    if (list) list.push(permission);
    else map.set(key, [permission]);
  }
  const ordered = (map: ReadonlyMap<string, readonly Permission[]>) =>
    [...map]
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([id, list]) => ({ id, verdict: together(list), permissions: list }));
  const edges = ordered(byEdge).map(({ id, ...rest }) => ({ edge: id, ...rest }));
  const known = new Map(edges.map((edge) => [edge.edge, edge]));
  let unused: readonly Unused[] | undefined;
  return {
    edges,
    nodes: ordered(byNode).map(({ id, ...rest }) => ({ node: id, ...rest })),
    // Most who ask want permissions only.
    get unused() {
      unused ??= unusedGrants(grants, needs);
      return unused;
    },
    edge: (id) => known.get(id),
    permissions,
  };
}

/** Everything that the drawing needs somebody to be allowed. */
function needsOf(model: Model, { names }: Grants): Need[] {
  const index = new Map<string, Resource>();
  for (const resource of Object.values(names.stack.resources)) {
    for (const { node, edge } of resource.origins[""] ?? []) {
      const key = `${resource.type} ${edge ?? node}`;
      if (!index.has(key)) index.set(key, resource);
    }
  }
  const drawn = { model, names, main: (type: string, id: string) => index.get(`${type} ${id}`) };
  const asking: Asking = { ...drawn, runs: (definition) => drawnRuns(drawn, definition) };
  return [
    ...model.of("taskDefinition").flatMap((node) => taskNeeds(asking, node)),
    ...model.of("service").flatMap((node) => execNeeds(asking, node)),
    ...model.of("asgCapacityProvider").flatMap((node) => instanceNeeds(asking, node)),
    ...model.edges.flatMap((edge) => edgeNeeds[edge.relation]?.(asking, edge) ?? []),
  ];
}

/** What the policies of a stack say to a need. */
export function answered(grants: Grants, need: Need): Permission {
  const { who } = need;
  if (!who) return { ...need, verdict: "denied", by: [], why: `${need.without} Nobody is allowed ${need.what}.` };
  const answers = requestsOf(need).map((request) => mayDo(grants, request));
  const best = (["allowed", "unknown", "denied"] as const).flatMap((verdict) => {
    return answers.filter((answer) => answer.verdict === verdict);
  })[0];
  const { verdict, by, why } = best ?? { verdict: "denied" as const, by: [], why: "" };
  return { ...need, verdict, by, why };
}

/** The verdict of several permissions that are all needed. */
export const together = (permissions: readonly Permission[]): GrantVerdict => {
  const must = permissions.filter((permission) => permission.must);
  if (must.some(({ verdict }) => verdict === "denied")) return "denied";
  return must.some(({ verdict }) => verdict === "unknown") ? "unknown" : "allowed";
};

/** "WebTaskExecutionRole", "events.amazonaws.com", or what is missing. */
export const whoText = ({ who, node }: Need, nameOf: (id: string) => string | undefined): string =>
  who ? callerText(who) : `${nameOf(node) ?? node} (no role)`;

/** What a permission is on, as text. */
export const onText = ({ resource }: Need): string => show(resource);
