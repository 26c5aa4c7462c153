import { list } from "../core/text";
import { type Origin, originsAt } from "../stack/stack";
import { expressionText, type Value } from "../stack/value";
import { actionTri, type Grants, type StatementPlace, speaks } from "./evaluate";
import { type Need, requestsOf } from "./needs";
import type { Statement } from "./policies";
import { show } from "./text";

/** Something that a policy allows and nothing drawn needs. */
export interface Unused extends StatementPlace {
  /** The role that may do it, or the resource whose policy lets somebody in. */
  of: string;
  /** Actions as the policy writes them. */
  actions: readonly string[];
  origin?: Origin;
  /** Full sentence. */
  why: string;
}

const text = (value: Value): string => (typeof value === "string" ? value : expressionText(value));

/** How it is said that a grant serves nothing. */
export interface UnusedWords {
  /** "nothing drawn needs it": what stands for "it" follows. */
  nobody: string;
  /** What to do about a statement, and about a policy of AWS. */
  statement: string;
  policy: string;
}

const drawn: UnusedWords = {
  nobody: "nothing drawn needs",
  statement: "Draw the connection that it is for, or remove it.",
  policy: "Draw the connection that it is for, or take the policy away.",
};

/**
 * Allow statements, or single actions of them, that no need of the drawing uses: those of roles and those of the policies
 * of resources. A policy of AWS is one thing: it counts as used when anything of it is.
 */
export function unusedGrants(grants: Grants, needs: readonly Need[], words: UnusedWords = drawn): Unused[] {
  const { policies, names } = grants;
  const byRole = new Map<string, Need[]>();
  const byResource = new Map<string, Need[]>();
  for (const need of needs) {
    if (need.who && "role" in need.who) push(byRole, need.who.role, need);
    if (need.of !== undefined) push(byResource, need.of, need);
  }
  const found: Unused[] = [];
  for (const role of policies.roles) {
    const mine = byRole.get(role) ?? [];
    const { statements } = policies.ofRole(role);
    const whole = new Map<string, Statement[]>();
    for (const statement of statements) {
      if (!statement.allows) continue;
      if (statement.managed !== undefined) {
        const key = `${statement.resource} ${statement.pointer}`;
        whole.set(key, [...(whole.get(key) ?? []), statement]);
        continue;
      }
      found.push(...unusedOf(grants, words, role, statement, mine, false));
    }
    for (const group of whole.values()) {
      const [first] = group as [Statement];
      const left = group.flatMap((statement) => unusedActions(grants, statement, mine, false));
      if (left.length < group.reduce((sum, { actions }) => sum + actions.patterns.length, 0)) continue;
      const why = `${role} carries ${first.managed}, and ${words.nobody} anything that it allows. ${words.policy}`;
      found.push(entry(grants, role, first, left, why));
    }
  }
  for (const id of policies.guarded) {
    // Who may take on a role is no permission of the drawing's edges, and a key's policy hands it to its account.
    if (["AWS::IAM::Role", "AWS::KMS::Key"].includes(names.stack.resources[id]?.type ?? "")) continue;
    for (const statement of policies.ofResource(id)?.statements ?? []) {
      if (statement.allows) found.push(...unusedOf(grants, words, id, statement, byResource.get(id) ?? [], true));
    }
  }
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}

function unusedActions(grants: Grants, statement: Statement, needs: readonly Need[], guarding: boolean): string[] {
  const used = needs.flatMap((need) =>
    requestsOf(need).flatMap((request) => (speaks(grants, statement, request, guarding) ? [request.action] : [])),
  );
  const { patterns, not } = statement.actions;
  if (not) return used.length > 0 ? [] : patterns.map(text);
  return patterns.filter((pattern) => !used.some((action) => actionTri(pattern, action) !== "no")).map(text);
}

function unusedOf(
  grants: Grants,
  words: UnusedWords,
  of: string,
  statement: Statement,
  needs: readonly Need[],
  guarding: boolean,
): Unused[] {
  const left = unusedActions(grants, statement, needs, guarding);
  if (left.length === 0) return [];
  const on = statement.resources?.patterns.map(show) ?? [];
  const where = on.length === 0 || on.includes("*") ? "" : ` on ${list(on)}`;
  const except = statement.actions.not ? "everything but " : "";
  const who = guarding ? `The policy of ${of} lets somebody do` : `${of} may do`;
  const why = `${who} ${except}${list(left)}${where}, and ${words.nobody} it. ${words.statement}`;
  return [entry(grants, of, statement, left, why)];
}

function entry(grants: Grants, of: string, statement: Statement, actions: readonly string[], why: string): Unused {
  const { resource, pointer, managed } = statement;
  const holder = grants.names.stack.resources[resource];
  const [origin] = holder ? originsAt(holder, pointer) : [];
  return {
    of,
    resource,
    pointer,
    ...(managed === undefined ? {} : { managed }),
    actions,
    ...(origin ? { origin } : {}),
    why,
  };
}
