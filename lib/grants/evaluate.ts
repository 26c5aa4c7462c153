import { isObject } from "../core/json";
import type { Pointer } from "../core/pointer";
import { Intrinsic, type Value } from "../stack/value";
import { type Context, conditionsHold } from "./conditions";
import { account, arnOf, type Names, resourceNamed, textOf } from "./names";
import { type AllPolicies, keyOf, type Policies, policiesOf, type Statement } from "./policies";
import { matches, show, type Text } from "./text";
import { allOf, anyOf, not, type Tri } from "./tri";

export type GrantVerdict = "allowed" | "denied" | "unknown";

/** Who asks: a role (its logical id; ARN or name outside the stack), or a service of AWS. */
export type Caller = { role: string } | { service: string };

/** "May this role do that?" */
export interface GrantRequest {
  who: Caller;
  action: string;
  resource: Text;
  /** Logical id of what carries the policy that guards the resource, where it is in the stack. */
  of?: string | undefined;
  /** What is known of the request besides what every request has. */
  context?: Context;
}

/** Where a statement is written. `managed` names the policy of AWS that it is from. */
export interface StatementPlace {
  resource: string;
  pointer: Pointer;
  managed?: string;
}

export interface GrantAnswer {
  verdict: GrantVerdict;
  /** The statements that decide: those that allow, that which denies, or those that may. */
  by: readonly StatementPlace[];
  /** Full sentence. */
  why: string;
}

/** A stack whose policies have been read. */
export interface Grants {
  names: Names;
  policies: AllPolicies;
}

/** Reads the policies of a stack. The Region is where the design is drawn for; without it every Region is meant. */
export function readGrants(stack: Names["stack"], region?: string, partition?: string): Grants {
  const names: Names = { stack, region, partition };
  return { names, policies: policiesOf(names) };
}

/** Types whose key or policy decides alone: permissions of a role count only where the policy hands over to IAM. */
const POLICY_DECIDES = "AWS::KMS::Key";

/**
 * What AWS puts in the place of a policy that nobody wrote: it may let roles of the account in without a permission of
 * their own. https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  "AWS::EFS::FileSystem": "has no file system policy, and then EFS lets in every client that reaches a mount target",
  "AWS::SNS::Topic": "has no policy of its own, and then SNS lets in whoever the account of the topic lets in",
};

/**
 * Whether the policies of a stack let a request through, within one account: an explicit deny wins; otherwise a
 * statement of the role or of the resource must allow it. Policies of organisations and sessions, and policies of what is
 * not in the stack, are not read. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function mayDo(grants: Grants, request: GrantRequest): GrantAnswer {
  const { names, policies } = grants;
  const { who, of } = request;
  const guard = of === undefined ? undefined : policies.ofResource(of);
  const identity = "role" in who ? policies.ofRole(who.role) : none;
  // Most statements speak of something else.
  const judged = (list: readonly Statement[], resource: boolean): Judged[] => {
    const found: Judged[] = [];
    for (const statement of list) {
      const it = applies(names, statement, request, resource);
      if (it !== NOT) found.push({ statement, applies: it });
    }
    return found;
  };
  const own = judged(identity.statements, false);
  const resource = judged(guard?.statements ?? [], true);
  const { boundary } = identity;
  const bounding = judged(boundary?.statements ?? [], false);
  const bound = boundary && boundOf(bounding, boundary.unknown.length > 0);
  const all = [...own, ...resource, ...bounding.filter(({ statement }) => !statement.allows)];
  const denies = all.filter(({ statement, applies: it }) => !statement.allows && it.tri !== "no");
  const denied = denies.find(({ applies: it }) => it.tri === "yes");
  if (denied) return answer("denied", [denied.statement], `${holder(denied.statement)} denies ${asked(request)}.`);

  const decidesAlone = of !== undefined && names.stack.resources[of]?.type === POLICY_DECIDES;
  // The policy that KMS gives a key without one hands over. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  const handsOver = !guard
    ? "yes"
    : anyOf(resource.flatMap(({ statement, applies: it }) => (statement.allows ? [it.delegated] : [])));
  const allows = [
    ...own.map((item) => ({
      ...item,
      tri: allOf([item.applies.tri, bound ?? "yes", decidesAlone ? handsOver : "yes"]),
    })),
    // What a resource gives a session itself, no boundary takes away.
    ...resource.map((item) => ({
      ...item,
      tri: bound === undefined || bound === "yes" ? item.applies.tri : allOf([item.applies.tri, "maybe"]),
    })),
  ].filter(({ statement }) => statement.allows);
  const certain = allows.filter(({ tri }) => tri === "yes").map(({ statement }) => statement);
  const possible = allows.filter(({ tri }) => tri === "maybe").map(({ statement }) => statement);
  const unknown = [...identity.unknown, ...(guard?.unknown ?? [])];

  if (certain.length > 0) {
    const doubt = unknown.find(({ mayRefuse }) => mayRefuse)?.why;
    const [deny] = denies;
    if (deny) {
      const why = `Whether ${holder(deny.statement)} denies ${asked(request)}, only the deployment tells.`;
      return answer("unknown", [deny.statement], why);
    }
    if (doubt !== undefined) return answer("unknown", certain, doubt);
    return answer("allowed", certain, `${holder(certain[0] as Statement)} allows ${asked(request)}.`);
  }
  const [maybe] = possible;
  if (boundary && bound !== "yes" && own.some(({ statement, applies: it }) => statement.allows && it.tri === "yes")) {
    const verdict = bound === "no" && possible.length === 0 ? "denied" : "unknown";
    const why = `The permissions boundary ${boundary.name} of ${callerText(who)} ${verdict === "denied" ? "does not allow" : "may not allow"} ${asked(request)}.`;
    return answer(verdict, [], why);
  }
  if (maybe) {
    const why = `Whether what ${holder(maybe)} allows includes ${asked(request)}, only the deployment tells.`;
    return answer("unknown", possible, why);
  }
  if (unknown[0]) return answer("unknown", [], unknown[0].why);
  const type = of === undefined ? undefined : names.stack.resources[of]?.type;
  const standsIn = type !== undefined && Object.hasOwn(DEFAULTS, type) ? DEFAULTS[type] : undefined;
  if ("role" in who && !guard && standsIn !== undefined) {
    return answer("unknown", [], `No statement of ${who.role} allows ${asked(request)}; but ${of} ${standsIn}.`);
  }
  const lacks = `No statement lets ${callerText(who)} do ${asked(request)}.`;
  return answer("denied", [], [lacks, ...(identity.missing ?? [])].join(" "));
}

/** Whether a permissions boundary lets through what policies allow. */
function boundOf(judged: readonly Judged[], open: boolean): Tri {
  const found = anyOf(judged.flatMap(({ statement, applies: it }) => (statement.allows ? [it.tri] : [])));
  return found === "no" && open ? "maybe" : found;
}

const none: Policies = { statements: [], unknown: [] };
export const callerText = (who: Caller): string => ("role" in who ? who.role : who.service);
const asked = ({ action, resource }: GrantRequest): string =>
  show(resource) === "*" ? action : `${action} on ${show(resource)}`;
const holder = ({ managed, resource }: Statement): string =>
  managed === undefined ? resource : `${managed} of ${resource}`;
const answer = (verdict: GrantVerdict, by: readonly Statement[], why: string): GrantAnswer => ({
  verdict,
  by: by.map(({ resource, pointer, managed }) => ({
    resource,
    pointer,
    ...(managed === undefined ? {} : { managed }),
  })),
  why,
});

/** What every request says of itself. Calls of a role come over TLS, as the SDKs and AWS's own agents make them. */
function contextOf(names: Names, request: GrantRequest): Context {
  const known = contexts.get(request);
  if (known) return known;
  const { who, context } = request;
  const common: [string, Text | "absent"][] = [["aws:securetransport", ["true"]]];
  if ("role" in who) {
    common.push(
      ["aws:principalaccount", [account]],
      ["aws:principalisawsservice", ["false"]],
      ["aws:viaawsservice", ["false"]],
      ["aws:sourcearn", "absent"],
      ["aws:sourceaccount", "absent"],
    );
    if (Object.hasOwn(names.stack.resources, who.role)) common.push(["aws:principalarn", arnOf(names, who.role)]);
  } else common.push(["aws:principalisawsservice", ["true"]]);
  const whole = new Map([...common, ...(context ?? [])]);
  contexts.set(request, whole);
  return whole;
}

const contexts = new WeakMap<GrantRequest, Context>();

/** Whether a statement has to do with a request at all; `guarding` for one in the policy of the resource. */
export function speaks(grants: Grants, statement: Statement, request: GrantRequest, guarding: boolean): boolean {
  const { tri, delegated } = applies(grants.names, statement, request, guarding);
  return tri !== "no" || delegated !== "no";
}

interface Judged {
  statement: Statement;
  applies: Applies;
}

interface Applies {
  /** Whether the statement speaks of this request, and to this caller. */
  tri: Tri;
  /** Whether it speaks to the account as a whole, which then decides by its own policies. */
  delegated: Tri;
}

/** It does not speak of the request at all. */
const NOT: Applies = { tri: "no", delegated: "no" };

function applies(names: Names, statement: Statement, request: GrantRequest, guarding: boolean): Applies {
  const action = actionMatches(statement, request.action);
  if (action === "no") return NOT;
  const who = guarding ? speaksTo(names, statement, request.who) : { tri: "yes" as const, delegated: "no" as const };
  if (who.tri === "no" && who.delegated === "no") return NOT;
  const what = resourceMatches(statement, request.resource);
  if (what === "no") return NOT;
  const { conditions } = statement;
  const holds = conditions === undefined ? "yes" : conditionsHold(names, conditions, contextOf(names, request));
  const rest = allOf([action, what, holds]);
  if (rest === "no") return NOT;
  // A deny for the account is one for all of its roles; an allow only hands over.
  const tri = statement.allows ? who.tri : anyOf([who.tri, who.delegated]);
  return { tri: allOf([tri, rest]), delegated: allOf([who.delegated, rest]) };
}

/** Actions know no letter case, and `*` and `?` are wildcards. */
export function actionTri(pattern: Value, action: string): Tri {
  if (typeof pattern !== "string") return "maybe";
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase() ? "yes" : "no";
  // "sqs:*" is the usual one.
  const [left, right] = [pattern.toLowerCase(), action.toLowerCase()];
  if (left.indexOf("*") === left.length - 1 && !left.includes("?"))
    return right.startsWith(left.slice(0, -1)) ? "yes" : "no";
  return matches([left], [right]);
}

function actionMatches({ actions }: Statement, action: string): Tri {
  let found: Tri = "no";
  for (const pattern of actions.patterns) {
    const tri = actionTri(pattern, action);
    if (tri !== "no") found = found === "yes" ? "yes" : tri;
  }
  return actions.not ? not(found) : found;
}

function resourceMatches({ resources }: Statement, resource: Text): Tri {
  if (!resources) return "yes";
  const found = anyOf(resources.patterns.map((pattern) => matches(pattern, resource)));
  return resources.not ? not(found) : found;
}

/** Whether the policy of a resource speaks to somebody. */
function speaksTo(names: Names, { principals }: Statement, who: Caller): Applies {
  if (!principals) return { tri: "yes", delegated: "no" };
  const found = principalIs(names, principals.value, who);
  // NotPrincipal names the account together with its roles, or it would refuse them all.
  return principals.not ? { tri: not(anyOf([found.tri, found.delegated])), delegated: "no" } : found;
}

function principalIs(names: Names, value: Value, who: Caller): Applies {
  if (value === "*") return { tri: "yes", delegated: "no" };
  if (!isObject(value) || value instanceof Intrinsic) return { tri: "maybe", delegated: "no" };
  const of = (kind: string): readonly Value[] => [(value as Record<string, Value>)[kind] ?? []].flat() as Value[];
  const everybody = of("AWS").includes("*");
  if (everybody) return { tri: "yes", delegated: "no" };
  if ("service" in who) {
    return { tri: anyOf(of("Service").map((item) => matches(textOf(names, item), [who.service]))), delegated: "no" };
  }
  const named = of("AWS").map((item): Applies => {
    const text = textOf(names, item);
    const whole = /^(arn:[^:]*:iam::)?(\d{12}|\$\{AWS::AccountId\})(:root)?$/.exec(show(text));
    if (whole) return { tri: "no", delegated: show(text).includes("${AWS::AccountId}") ? "yes" : "maybe" };
    if (keyOf(names, item) === who.role || resourceNamed(names, item)?.id === who.role)
      return { tri: "yes", delegated: "no" };
    const ours = Object.hasOwn(names.stack.resources, who.role);
    // A name that is written out is none that CloudFormation makes, unless it was copied from a stack.
    const made = ours && names.stack.resources[who.role]?.properties.RoleName === undefined;
    if (
      made &&
      text.every((part) => typeof part === "string" || part.token.startsWith("AWS::")) &&
      !show(text).includes(who.role)
    )
      return { tri: "no", delegated: "no" };
    return { tri: matches(text, ours ? arnOf(names, who.role) : [who.role]), delegated: "no" };
  });
  return { tri: anyOf(named.map(({ tri }) => tri)), delegated: anyOf(named.map(({ delegated }) => delegated)) };
}
