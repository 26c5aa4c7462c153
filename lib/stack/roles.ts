import type { RoleSlot } from "../catalog/fields/roles";
import type { Pointer } from "../core/pointer";
import type { ModelNode } from "../model/model";
import { type ConstructKey, constructOf, derived, type Lowering, type Owner, perLowering } from "./lowering";
import { PropertySet } from "./property-set";
import type { Origin } from "./stack";
import { att, type Properties, ref, sub, type Value } from "./value";

/** What a statement allows. */
export interface Grant {
  actions: readonly string[];
  /** ARNs; "*" only where AWS's actions have no resource. */
  resources: readonly Value[];
  conditions?: Properties;
}

/** A role slot being filled: derived, none, existing or the person's own. */
export interface Role {
  /** ARN; undefined while nothing needs the role, and where the slot says none. */
  arn(): Value | undefined;
  /** `Ref`, the role's name; undefined where the template does not make the role. */
  name(): Value | undefined;
  /** Logical ids to wait for: the role and its policy. Empty where the template makes neither. */
  resources(): readonly string[];
  /** Allows something, because of a node or edge. Changes nothing unless the slot is derived. */
  grant(grant: Grant, because: Owner, origin?: Origin): void;
  /** Makes a derived role exist although nothing has been granted. */
  need(origin: Origin): void;
}

export interface RoleRequest {
  /** Logical id of the role, from `idFor`. */
  id: string;
  node: ModelNode;
  /** Where the slot is in the node's props; undefined for roles that nobody can take over. */
  field?: Pointer;
  slot?: RoleSlot;
  /** Service principal: "ecs-tasks.amazonaws.com". */
  trusts: string;
  /** Where role and policy belong. */
  construct: ConstructKey;
  /** Managed policies of a derived role: "service-role/AmazonEC2ContainerServiceforEC2Role". */
  managedPolicies?: readonly string[];
  /** Conditions of the trust policy. */
  trustConditions?: Properties;
}

const roles = perLowering(() => new Map<string, Role>());

/** A role of the template; the same id always gives the same role. */
export function roleFor(lowering: Lowering, request: RoleRequest): Role {
  const known = roles(lowering).get(request.id);
  if (known) return known;
  const slot = request.slot ?? { mode: "derived" };
  const role =
    slot.mode === "derived"
      ? derivedRole(lowering, request)
      : slot.mode === "own"
        ? ownRole(lowering, request, slot)
        : fixedRole(slot.mode === "existing" ? slot.arn : undefined);
  roles(lowering).set(request.id, role);
  return role;
}

/** The task role (what the code may do) or the execution role (what ECS does for it) of a task definition. */
export function roleOf(
  lowering: Lowering,
  taskDefinition: ModelNode<"taskDefinition">,
  which: "task" | "execution",
): Role {
  const node = taskDefinition as ModelNode;
  return roleFor(lowering, {
    id: lowering.idFor(node, which === "task" ? "TaskRole" : "ExecutionRole"),
    node,
    field: which === "task" ? "/taskRole" : "/executionRole",
    slot: which === "task" ? taskDefinition.props.taskRole : taskDefinition.props.executionRole,
    trusts: "ecs-tasks.amazonaws.com",
    construct: constructOf("taskDefinition", node),
  });
}

const fixedRole = (arn: string | undefined): Role => ({
  arn: () => arn,
  name: () => undefined,
  resources: () => [],
  grant: () => {},
  need: () => {},
});

function makeRole(lowering: Lowering, request: RoleRequest, trusts: string, managed: Value[], origin: Origin): void {
  const { id, construct, trustConditions } = request;
  const properties = new PropertySet()
    .set(
      "AssumeRolePolicyDocument",
      {
        Statement: [
          {
            Action: "sts:AssumeRole",
            ...(trustConditions ? { Condition: trustConditions } : {}),
            Effect: "Allow",
            Principal: { Service: trusts },
          },
        ],
        Version: "2012-10-17",
      },
      origin,
    )
    .set("ManagedPolicyArns", managed.length > 0 ? managed : undefined, origin);
  lowering.add("AWS::IAM::Role", id, properties, { origins: origin, construct });
}

/** What each policy has so far: its statements, and the place of each by its text. */
const policies = perLowering(() => new Map<string, { statements: Value[]; places: Map<string, Pointer> }>());

/** Statements live in one policy beside the role, as the CDK's grants do. */
function addStatement(
  lowering: Lowering,
  request: RoleRequest,
  grant: Grant,
  origin: Origin,
  construct: ConstructKey,
): void {
  const policy = policyId(lowering, request);
  let known = policies(lowering).get(policy);
  if (!known) {
    known = { statements: [], places: new Map() };
    policies(lowering).set(policy, known);
    const properties = new PropertySet()
      .set("PolicyDocument", { Statement: known.statements, Version: "2012-10-17" }, derived(request.node))
      .set("PolicyName", policy.slice(0, 128), derived(request.node))
      .set("Roles", [ref(request.id)], derived(request.node));
    lowering.add("AWS::IAM::Policy", policy, properties, {
      origins: derived(request.node),
      construct: request.construct,
    });
  }
  const statement: Properties = {
    Action: single(grant.actions),
    ...(grant.conditions ? { Condition: grant.conditions } : {}),
    Effect: "Allow",
    Resource: single(grant.resources),
  };
  const text = JSON.stringify(statement);
  let at = known.places.get(text);
  if (at === undefined) {
    at = `/PolicyDocument/Statement/${known.statements.length}`;
    known.places.set(text, at);
    known.statements.push(statement);
    lowering.member(construct, policy, at);
  }
  lowering.origin(policy, at, origin);
}

/** IAM's own habit, and the CDK's: one value is not a list. */
const single = (values: readonly Value[]): Value => (values.length === 1 ? (values[0] as Value) : [...values]);

const policyId = (lowering: Lowering, request: RoleRequest): string =>
  lowering.idNamed(`${request.id}DefaultPolicy`, `${request.id}/policy`);

const templateRole = (lowering: Lowering, request: RoleRequest): Omit<Role, "grant" | "need"> => {
  const exists = (): boolean => lowering.resource(request.id) !== undefined;
  return {
    arn: () => (exists() ? att(request.id, "Arn") : undefined),
    name: () => (exists() ? ref(request.id) : undefined),
    resources: () => [request.id, policyId(lowering, request)].filter((id) => lowering.resource(id) !== undefined),
  };
};

function derivedRole(lowering: Lowering, request: RoleRequest): Role {
  const managed = (request.managedPolicies ?? []).map((name) => sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`));
  const need = (origin: Origin): void => {
    if (lowering.resource(request.id)) lowering.origin(request.id, "", origin);
    else makeRole(lowering, request, request.trusts, managed, origin);
  };
  return {
    ...templateRole(lowering, request),
    need,
    grant: (grant, because, origin = derived(because)) => {
      if (grant.actions.length === 0 || grant.resources.length === 0) return;
      need(derived(request.node));
      addStatement(lowering, request, grant, origin, constructOf("grant", because));
    },
  };
}

function ownRole(lowering: Lowering, request: RoleRequest, slot: Extract<RoleSlot, { mode: "own" }>): Role {
  const field = request.field ?? "";
  const origin = lowering.from(request.node, field);
  makeRole(lowering, request, slot.trusts, [...slot.managedPolicyArns], origin);
  slot.statements.forEach((statement, index) => {
    if (statement.actions.length === 0 || statement.resources.length === 0) return;
    const at = lowering.from(request.node, `${field}/statements/${index}`);
    addStatement(lowering, request, statement, at, constructOf("grant", request.node));
  });
  return { ...templateRole(lowering, request), grant: () => {}, need: () => {} };
}
