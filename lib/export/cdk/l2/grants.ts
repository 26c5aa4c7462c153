import type { ResourceType } from "../../../stack/resource-types";
import type { Known, Origin } from "../../../stack/stack";
import { att, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { arr, type Expr, lit, make, method, obj, type Variable } from "../code";
import { json, str } from "../values";
import { originOf, type Writing } from "../writing";
import { same } from "./shared";

/** One statement of a role's policy, and where it was drawn. */
interface Statement {
  actions: readonly string[];
  value: Properties;
  from: Origin | undefined;
}

/** Everything that a role may do: grants of the resources themselves where these say exactly the statement. */
export function writeGrants(writing: Writing, policy: Known, role: Variable): void {
  const { Statement } = policy.properties.PolicyDocument as { Statement: Properties[] };
  const statements = Statement.map(
    (value, at): Statement => ({
      actions: listed(value.Action as Value).filter((action): action is string => typeof action === "string"),
      value,
      from: originOf(policy, `/properties/PolicyDocument/Statement/${at}`),
    }),
  );
  const place = writing.place(policy);
  // A pull from a repository says by itself that the role may log in to the registry.
  const pulls = statements.some((statement) => isPull(writing, statement));
  for (const statement of statements) {
    if (pulls && isLogin(statement)) continue;
    const expr = grantOf(writing, statement, role) ?? plainStatement(writing, statement, role);
    writing.program.run(expr, { ...place, from: statement.from });
  }
}

const listed = (value: Value): Value[] => (Array.isArray(value) ? value : [value]);

/** `queue.grant(role, …)` and the like; undefined where the resource has no grant that says just this. */
function grantOf(writing: Writing, statement: Statement, role: Variable): Expr | undefined {
  const { value, actions } = statement;
  const id = targetOf(value.Resource);
  const resource = id === undefined ? undefined : writing.resource(id);
  if (!id || !resource || resource.raw || value.Condition !== undefined || !writing.built(id)) return undefined;
  if (actions.length !== listed(value.Action as Value).length) return undefined;
  const call = grants[resource.type]?.(actions);
  const handle = writing.handle(id);
  // The grant is for the resource's ARN; a statement may be for another attribute.
  const named = arns[resource.type];
  if (!call || !handle || !named || !same(value.Resource, named(id))) return undefined;
  return method(handle.variable, call.name, role, ...call.actions.map(lit));
}

interface Grant {
  name: string;
  actions: readonly string[];
}
const plain = (actions: readonly string[]): Grant => ({ name: "grant", actions });
const exactly = (wanted: readonly string[], name: string, actions: readonly string[]): Grant | undefined =>
  same([...actions].sort(), [...wanted].sort()) ? { name, actions: [] } : undefined;

/** What `grantPull` gives, beside the login. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecr.Repository.html */
const pull = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];

/** Grants that add nothing to the statement. Seen by synthesising aws-cdk-lib 2.276.0. */
const grants: { readonly [T in ResourceType]?: (actions: readonly string[]) => Grant | undefined } = {
  "AWS::SQS::Queue": plain,
  "AWS::Logs::LogGroup": (actions) =>
    exactly(["logs:CreateLogStream", "logs:PutLogEvents"], "grantWrite", actions) ?? plain(actions),
  "AWS::SNS::Topic": (actions) => exactly(["sns:Publish"], "grantPublish", actions),
  "AWS::ECR::Repository": (actions) => exactly(pull, "grantPull", actions),
};

const arn = (id: string): Value => att(id, "Arn");
const arns: { readonly [T in ResourceType]?: (id: string) => Value } = {
  "AWS::SQS::Queue": arn,
  "AWS::Logs::LogGroup": arn,
  "AWS::SNS::Topic": ref,
  "AWS::ECR::Repository": arn,
};

const isLogin = ({ actions, value }: Statement): boolean =>
  same([...actions], ["ecr:GetAuthorizationToken"]) && value.Resource === "*" && value.Condition === undefined;

function isPull(writing: Writing, { actions, value }: Statement): boolean {
  const id = targetOf(value.Resource);
  const resource = id === undefined ? undefined : writing.resource(id);
  return (
    resource?.type === "AWS::ECR::Repository" &&
    writing.built(resource.id) !== undefined &&
    value.Condition === undefined &&
    exactly(pull, "grantPull", actions) !== undefined
  );
}

function plainStatement(writing: Writing, { value }: Statement, role: Variable): Expr {
  const texts = (given: Value): Expr => arr(listed(given).map((item) => str(writing, item)));
  const props = obj({
    actions: texts(value.Action as Value),
    resources: texts(value.Resource as Value),
    conditions: value.Condition === undefined ? undefined : json(writing, value.Condition),
  });
  return method(role, "addToPolicy", make("iam.PolicyStatement", props));
}
