import { managedPolicy } from "../../aws/managed-policies";
import type { RoleSlot } from "../../catalog/fields/roles";
import { grantsOf, type Permission } from "../../grants/grants";
import { show } from "../../grants/text";
import type { Facts } from "../rule";

/**
 * Whether a role's policies allow an action on anything at all. Nobody knows of a role that exists already, nor of a
 * managed policy that is not among those of `lib/aws/managed-policies.ts`.
 */
export function permission(role: RoleSlot, action: string): "yes" | "no" | "unknown" {
  if (role.mode === "existing") return "unknown";
  if (role.mode !== "own") return role.mode === "none" ? "no" : "yes";
  const allowed = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, action));
  const policies = role.managedPolicyArns.map((arn) =>
    managedPolicy(arn)?.statements.flatMap(({ actions }) => actions),
  );
  if (role.statements.some((statement) => allowed(statement.actions))) return "yes";
  if (policies.some((actions) => actions && allowed(actions))) return "yes";
  return policies.includes(undefined) ? "unknown" : "no";
}

/** False only when a role certainly does not allow an action. */
export const mayDo = (role: RoleSlot, action: string): boolean => permission(role, action) !== "no";

/** Those of the actions that a role taken over by hand certainly does not allow. */
export const lacking = (role: RoleSlot, actions: readonly string[]): string[] =>
  role.mode === "own" ? [...new Set(actions)].filter((action) => !mayDo(role, action)) : [];

/**
 * What a design needs of a role that is taken over by hand and that its policies certainly do not give: the right action
 * on the wrong thing too. Read only where there is such a role.
 */
export function denied(
  { model, stack }: Facts,
  role: RoleSlot,
  which: (permission: Permission) => boolean,
): Permission[] {
  if (role.mode !== "own") return [];
  const asked = grantsOf(model, stack).permissions.filter((permission) => permission.must && which(permission));
  return asked.filter(({ verdict }) => verdict === "denied");
}

/** "ssm:GetParameters"; "ssm:GetParameters for Key" where the role has the action, and not for that. */
export const lacksWords = ({ model }: Facts, role: RoleSlot, permissions: readonly Permission[]): string[] => [
  ...new Set(
    permissions.map(({ actions: [action = ""], resource, edge: id }) => {
      if (permission(role, action) === "no") return action;
      const edge = id === undefined ? undefined : model.edge(id);
      // A queue stands at the start of the edge to whom polls it.
      const thing = edge?.from.kind === "taskDefinition" ? edge.to : edge?.from;
      return `${action} for ${thing?.name ?? show(resource)}`;
    }),
  ),
];

const matches = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+^$()|[\]{}\\?]/g, "\\$&"))
      .join(".*")}$`,
    "i",
  ).test(action);
