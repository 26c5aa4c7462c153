import { isType, type Known, type Resource } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, member, obj, raw, type Variable } from "../code";
import { attributeName } from "../l1";
import { json, str } from "../values";
import { type Builder, type Handle, isPlain, type Writing } from "../writing";
import { writeGrants } from "./grants";
import { handleOf, only } from "./shared";
import { finish } from "./single";

const names = { ref: "roleName", attributes: { Arn: "roleArn", RoleId: "roleId" } };

/**
 * A role together with its own policy, whose statements are grants.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Role.html
 */
export const role: Builder = (writing, resource) => {
  const trust = trustOf(resource);
  if (!trust || !only(resource, "AssumeRolePolicyDocument", "ManagedPolicyArns")) return undefined;
  // The construct has one policy of its own.
  const policy = writing.usersOf(resource.id, "AWS::IAM::Policy").find((one) => isOwnPolicy(one, resource));
  return {
    type: "iam.Role",
    makes: policy ? [policy.id] : [],
    handle: (id, variable) => (id === resource.id ? handleOf(resource, variable, names) : policyHandle(variable)),
    write(variable) {
      const expr = make("iam.Role", raw("this"), lit(resource.id), propsOf(writing, resource, trust));
      writing.program.declare(variable, expr, writing.place(resource));
      finish(writing, resource, variable);
      if (policy) writeGrants(writing, policy, variable);
    },
  };
};

function propsOf(writing: Writing, resource: Known, trust: Trust): Expr {
  const conditions = trust.condition === undefined ? undefined : obj({ conditions: json(writing, trust.condition) });
  const managed = resource.properties.ManagedPolicyArns;
  const policies = Array.isArray(managed)
    ? arr(
        managed.map((arn, at) =>
          call(
            raw("iam.ManagedPolicy.fromManagedPolicyArn"),
            raw("this"),
            lit(`${resource.id}Policy${at + 1}`),
            str(writing, arn),
          ),
        ),
      )
    : undefined;
  return obj({
    assumedBy: make("iam.ServicePrincipal", lit(trust.service), conditions),
    managedPolicies: policies,
  });
}

interface Trust {
  service: string;
  condition: Value | undefined;
}

/** The one statement of a role that one service takes on; undefined for any other trust. */
function trustOf(resource: Known): Trust | undefined {
  const document = resource.properties.AssumeRolePolicyDocument as Properties | undefined;
  const statements = document?.Statement;
  const [statement] = Array.isArray(statements) && statements.length === 1 ? statements : [];
  if (typeof statement !== "object" || statement === null || statement instanceof Intrinsic) return undefined;
  const { Action, Effect, Principal, Condition, ...others } = statement as Properties;
  if (Action !== "sts:AssumeRole" || Effect !== "Allow" || Object.keys(others).length > 0) return undefined;
  if (typeof Principal !== "object" || Principal === null || !isPlain(Principal)) return undefined;
  const { Service, ...more } = Principal as Properties;
  return typeof Service === "string" && Object.keys(more).length === 0
    ? { service: Service, condition: Condition }
    : undefined;
}

/** True for a policy that says what `role.addToPolicy` can say, of this role alone. */
function isOwnPolicy(policy: Resource, { id }: Known): boolean {
  if (!isType(policy, "AWS::IAM::Policy") || policy.condition !== undefined || (policy.dependsOn ?? []).length > 0)
    return false;
  const { Roles, PolicyDocument } = policy.properties;
  if (!Array.isArray(Roles) || Roles.length !== 1 || targetOf(Roles[0]) !== id) return false;
  const { Statement } = PolicyDocument as { Statement?: Value };
  return Array.isArray(Statement) && Statement.every(isUsual);
}

const isUsual = (statement: Value): boolean => {
  if (typeof statement !== "object" || statement === null || Array.isArray(statement) || statement instanceof Intrinsic)
    return false;
  const { Action, Resource, Effect, Condition: _, ...others } = statement;
  return Action !== undefined && Resource !== undefined && Effect === "Allow" && Object.keys(others).length === 0;
};

function policyHandle(variable: Variable): Handle {
  const policy: Expr = {
    is: "chain",
    parts: [raw("("), variable, raw('.node.findChild("DefaultPolicy").node.defaultChild as iam.CfnPolicy)')],
  };
  return { variable, ref: member(policy, "ref"), attribute: (name) => member(policy, attributeName(name)), l1: policy };
}
