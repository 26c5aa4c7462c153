import { optionalActions, type Purpose, permissions, type StatementResource } from "../aws/permissions";
import type { Model } from "../model/model";
import type { Resource } from "../stack/stack";
import type { Properties, Value } from "../stack/value";
import type { Context } from "./conditions";
import type { Caller, GrantRequest } from "./evaluate";
import { arnOf, type Names, textOf } from "./names";
import { keyOf } from "./policies";
import type { Text } from "./text";

/** Lines of the start checklist that a permission belongs to. */
export type GrantCheck = "placement" | "role" | "image" | "secrets" | "environmentFiles" | "logs" | "volumes";

/** Something that somebody must be allowed to do for the design to work. */
export interface Need {
  /** Node that it is for, and the edge that draws it where there is one. */
  node: string;
  edge?: string | undefined;
  /** The service, or the RunTask edge, where it matters in one place only. */
  place?: string;
  /** What for: "to pull the image of app". */
  what: string;
  /** Undefined where there is no such role: `without` says so in a sentence. */
  who: Caller | undefined;
  without: string;
  /** One of these is enough. */
  actions: readonly string[];
  /** False for what some code needs and other code does not: it decides nothing. */
  must: boolean;
  resource: Text;
  /** Logical id of the resource whose policy guards it. */
  of?: string | undefined;
  context?: Context;
  check?: GrantCheck;
}

const requests = new WeakMap<Need, readonly GrantRequest[]>();

/** What a need asks, action by action; nothing where there is nobody to ask for. */
export function requestsOf(need: Need): readonly GrantRequest[] {
  const { who, actions, resource, of, context } = need;
  const known = requests.get(need);
  if (known || !who) return known ?? [];
  const asked = actions.map((action) => ({ who, action, resource, of, ...(context ? { context } : {}) }));
  requests.set(need, asked);
  return asked;
}

/** What is asked of the stack alone, of a drawing's or a template's. */
export interface Reading {
  names: Names;
  /** The resource of a type that a node, or an edge, is as a whole. */
  main(type: string, id: string): Resource | undefined;
  /** Where a task definition runs. */
  runs(definition: string): readonly Run[];
}

/** A place where a task definition runs, and who acts for its tasks there where they have no execution role. */
export interface Run {
  /** The service, or what starts single tasks. */
  place: string;
  fargate: boolean;
  /** Roles of the instances; the one of each capacity provider. */
  instances: readonly { name: string; who: Caller | undefined }[];
}

/** What the tables of needs are given. */
export interface Asking extends Reading {
  model: Model;
}

/** Who needs it and what for: everything but actions and resource. */
export type Wanting = Pick<Need, "node" | "edge" | "place" | "what" | "who" | "without" | "check" | "context">;

/** One need per action of a purpose, on the resource that each of its statements speaks of. */
export function needsFor(
  wanting: Wanting,
  purpose: Purpose,
  on: { readonly [R in StatementResource]?: { resource: Text; of?: string | undefined } },
): Need[] {
  return permissions[purpose].statements.flatMap(({ actions, on: what }) => {
    const target = what === "*" ? { resource: everything } : on[what];
    if (!target) return [];
    return actions.map((action) => ({
      ...wanting,
      ...target,
      actions: [action],
      must: !optionalActions.actions.has(action),
    }));
  });
}

/** What actions without a resource are asked about. */
export const everything: Text = ["*"];
/** Any object of a bucket, any stream of a group: a pattern must take them all. */
export const anyKey: Text = [{ token: "anything", holds: "text" }];

/** A resource of the stack as a target: its ARN, and the policy that guards it. */
export const target = ({ names }: Pick<Asking, "names">, id: string): { resource: Text; of: string } => ({
  resource: arnOf(names, id),
  of: id,
});

/** The role that a property names; undefined where there is none. */
export const roleIn = ({ names }: Pick<Asking, "names">, value: Value | undefined): Caller | undefined =>
  value === undefined ? undefined : { role: keyOf(names, value) };

/** The instance role of a capacity provider's instances. */
export function instanceRole(asking: Pick<Asking, "names" | "main">, capacity: string): Caller | undefined {
  const profile = asking.main("AWS::IAM::InstanceProfile", capacity);
  const [role] = [profile?.properties.Roles ?? []].flat() as Value[];
  return roleIn(asking, role);
}

/** A service may take on a role: what its trust policy says. */
export function assumes(
  { names }: Pick<Asking, "names">,
  wanting: Omit<Wanting, "who" | "without" | "what">,
  role: Value | undefined,
  service: string,
): Need[] {
  const key = role === undefined ? undefined : keyOf(names, role);
  if (key === undefined) return [];
  const id = key;
  const inside = Object.hasOwn(names.stack.resources, id);
  return [
    {
      ...wanting,
      what: `to take on ${key}`,
      // Whom a role outside the stack trusts, its own policies say, and these nobody knows here.
      who: inside ? { service } : { role: key },
      without: "",
      actions: ["sts:AssumeRole"],
      must: true,
      resource: inside ? arnOf(names, id) : textOf(names, role as Value),
      of: inside ? id : undefined,
    },
  ];
}

/** One property of a map; undefined for all else. */
export const at = (value: Value | undefined, ...path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>(
    (current, key) =>
      typeof current === "object" && current !== null && !Array.isArray(current) && Object.hasOwn(current, key)
        ? (current as Properties)[key]
        : undefined,
    value,
  );

export const itemsOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
