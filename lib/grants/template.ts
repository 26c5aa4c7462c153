import { compareKeys } from "../core/json";
import { worldsOf } from "../stack/resolve/worlds";
import type { Resource, Stack } from "../stack/stack";
import { Intrinsic, referredBy, targetOf, type Value } from "../stack/value";
import { type Grants, type GrantVerdict, readGrants } from "./evaluate";
import { deliverNeeds, delivery, type EventTarget, QUEUE, runTaskNeeds, TOPIC } from "./event-needs";
import { answered, onText, type Permission, together } from "./grants";
import { launchNeeds } from "./mount-needs";
import { arnOf } from "./names";
import { anyKey, at, itemsOf, type Need, type Reading, type Run, roleIn, target } from "./needs";
import { execNeeds, joinNeeds, taskNeeds } from "./task-needs";
import { type Unused, unusedGrants } from "./unused";

/** A stack as permissions are read from it, and its policies. */
export type TemplateReading = Reading & { grants: Grants };

/** Where the task definitions of a resolved stack run, and the role of each set of instances that they may land on. */
export interface Running {
  /** By logical id of the task definition. */
  runs(definition: string): readonly Run[];
  /** By logical id of what launches them; the role is undefined where they have no instance profile. */
  instances: ReadonlyMap<string, { role: Value | undefined; cluster: Value | undefined }>;
}

export function readingOf(stack: Stack, { runs }: Pick<Running, "runs">): TemplateReading {
  const grants = readGrants(stack, undefined, partitionIn(stack));
  const main: Reading["main"] = (type, id) => {
    const resource = Object.hasOwn(stack.resources, id) ? stack.resources[id] : undefined;
    return resource?.type === type ? resource : undefined;
  };
  return { names: grants.names, main, runs, grants };
}

/** A template that writes out ARNs of one partition works in that one only. */
function partitionIn({ resources }: Stack): string | undefined {
  const written = new Set<string>();
  const visit = (value: Value): void => {
    if (typeof value === "string") {
      for (const match of value.matchAll(/\barn:(aws[a-z-]*):/g)) written.add(match[1] as string);
    } else if (value instanceof Intrinsic) visit(value.argument);
    else if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) visit(item);
  };
  for (const { properties } of Object.values(resources)) visit(properties);
  const [only] = written;
  return written.size === 1 ? only : undefined;
}

/** What a template needs somebody to be allowed, and whether its policies allow it. */
export interface TemplateGrants {
  /** Named "Task → Orders". */
  edges: readonly { edge: string; verdict: GrantVerdict; permissions: readonly Permission[] }[];
  /** By logical id: what is needed without anything at the other end. */
  nodes: readonly { node: string; verdict: GrantVerdict; permissions: readonly Permission[] }[];
  /** What roles that ECS alone takes on may do, and nothing in the template needs. What code needs no template says. */
  unused: readonly Unused[];
  permissions: readonly Permission[];
}

/**
 * The permissions of a template: of ECS for each task definition, of instances, rules, schedules and topics, and as
 * something that only some code needs those on what environment variables name. Where conditions are open every case is
 * followed; what they do not agree on is unknown. What runs where the caller says of every resolved stack. Never throws.
 */
export function grantsOfTemplate(stack: Stack, runningIn: (stack: Stack) => Running): TemplateGrants {
  const { worlds, complete } = worldsOf(stack);
  const found = new Map<string, Permission[]>();
  const spare = new Map<string, { unused: Unused; worlds: number }>();
  for (const world of worlds) {
    const running = runningIn(world.stack);
    const reading = readingOf(world.stack, running);
    const needs = needsIn(reading, running);
    const keys = new Set<string>();
    for (const need of needs) {
      const key = JSON.stringify([need.node, need.edge, need.place, need.what, need.actions, onText(need)]);
      // Two containers may ask for the same.
      if (keys.has(key)) continue;
      keys.add(key);
      const permission = answered(reading.grants, need);
      const known = found.get(key);
      if (known) known.push(permission);
      else found.set(key, [permission]);
    }
    const alone = ofEcsAlone(world.stack);
    for (const unused of unusedGrants(reading.grants, needs, words)) {
      if (!alone.has(unused.of)) continue;
      const key = JSON.stringify([unused.of, unused.resource, unused.why]);
      spare.set(key, { unused, worlds: (spare.get(key)?.worlds ?? 0) + 1 });
    }
  }
  const permissions = [...found.values()].map((all) => agreed(all, complete));
  const list = (of: (permission: Permission) => string | undefined) => {
    const groups = new Map<string, Permission[]>();
    for (const permission of permissions) {
      const id = of(permission);
      if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), permission]);
    }
    return [...groups].sort(([a], [b]) => compareKeys(a, b));
  };
  return {
    edges: list(({ edge }) => edge).map(([edge, all]) => ({ edge, verdict: verdictOf(all), permissions: all })),
    nodes: list(({ edge, node }) => (edge === undefined ? node : undefined)).map(([node, all]) => ({
      node,
      verdict: verdictOf(all),
      permissions: all,
    })),
    unused: [...spare.values()].flatMap(({ unused, worlds: count }) => (count === worlds.length ? [unused] : [])),
    permissions,
  };
}

const words = {
  nobody: "nothing that this template says needs",
  statement: "Remove it, unless something outside of the template needs it.",
  policy: "Take the policy away, unless something outside of the template needs it.",
};

/** Where only some code may need it, nobody knows whether it matters that it is not allowed. */
const verdictOf = (permissions: readonly Permission[]): GrantVerdict =>
  permissions.some(({ must }) => must) || permissions.every(({ verdict }) => verdict === "allowed")
    ? together(permissions)
    : "unknown";

/** One answer of all worlds. */
function agreed(all: readonly Permission[], complete: boolean): Permission {
  const worst = (["denied", "unknown", "allowed"] as const).flatMap((verdict) =>
    all.filter((one) => one.verdict === verdict),
  )[0] as Permission;
  if (complete && all.every(({ verdict }) => verdict === worst.verdict)) return worst;
  const why = `It depends on conditions, and so on parameters without a default. In one case: ${worst.why}`;
  return { ...worst, verdict: "unknown", why };
}

/** Everything that the resources of one world need. */
function needsIn(reading: TemplateReading, { instances }: Running): Need[] {
  const all = Object.values(reading.names.stack.resources);
  const of = (type: string) => all.filter((resource) => resource.type === type);
  const named = ({ id }: Resource) => ({ id, name: id });
  const needs = [
    ...of("AWS::ECS::TaskDefinition").flatMap((one) => [...taskNeeds(reading, named(one)), ...codeNeeds(reading, one)]),
    ...of("AWS::ECS::Service").flatMap((one) => [
      ...execNeeds(reading, named(one)),
      ...launchNeeds(reading, one, one.id),
    ]),
    ...[...instances].flatMap(([id, { role, cluster }]) => joinNeeds(reading, { id, name: id }, role, cluster)),
    ...of("AWS::Events::Rule").flatMap((rule) =>
      itemsOf(rule.properties.Targets).flatMap((value) =>
        eventNeeds(reading, { value, holder: rule, schedule: false }),
      ),
    ),
    ...of("AWS::Scheduler::Schedule").flatMap((holder) =>
      holder.properties.Target === undefined
        ? []
        : eventNeeds(reading, { value: holder.properties.Target, holder, schedule: true }),
    ),
    ...of("AWS::SNS::Subscription").flatMap((one) => subscriptionNeeds(reading, one)),
  ];
  return needs.map((need) => {
    const { of, node, edge, check } = need;
    // Whom a role trusts is a matter of the role alone.
    if (edge !== undefined || of === undefined || of === node || check === "role") return need;
    return { ...need, edge: `${node} → ${of}` };
  });
}

/** What a target of a rule or a schedule takes: to start tasks, or to deliver to a queue or a topic. */
function eventNeeds(reading: TemplateReading, target: EventTarget): Need[] {
  const { value, holder } = target;
  const ends = (to: string) => ({ node: holder.id, edge: `${holder.id} → ${to}`, from: holder.id, to });
  const task = targetOf(at(value, "EcsParameters", "TaskDefinitionArn"));
  if (task !== undefined) return runTaskNeeds(reading, ends(task), target);
  const to = targetOf(at(value, "Arn"));
  const type = to === undefined ? undefined : reading.names.stack.resources[to]?.type;
  return to !== undefined && (type === QUEUE || type === TOPIC) ? deliverNeeds(reading, ends(to), target, to) : [];
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
function subscriptionNeeds(reading: TemplateReading, { properties }: Resource): Need[] {
  const { Protocol, TopicArn, Endpoint } = properties;
  const [topic, queue] = [targetOf(TopicArn), targetOf(Endpoint)];
  const { resources } = reading.names.stack;
  if (Protocol !== "sqs" || topic === undefined || resources[queue ?? ""]?.type !== QUEUE) return [];
  const ends = { node: topic, edge: `${topic} → ${queue}`, from: topic, to: queue as string };
  const source = resources[topic]?.type === TOPIC ? arnOf(reading.names, topic) : undefined;
  return delivery(reading, ends, "sns.amazonaws.com", queue as string, source);
}

/** What code may do with a resource that it is told of; one of these is enough. */
const uses: Readonly<Record<string, readonly string[]>> = {
  "AWS::DynamoDB::Table": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"],
  "AWS::S3::Bucket": ["s3:GetObject", "s3:PutObject"],
  "AWS::SNS::Topic": ["sns:Publish"],
  "AWS::SQS::Queue": ["sqs:SendMessage", "sqs:ReceiveMessage"],
  "AWS::SecretsManager::Secret": ["secretsmanager:GetSecretValue"],
  "AWS::SSM::Parameter": ["ssm:GetParameter", "ssm:GetParameters"],
};

/** What environment variables name, code may use: nothing hangs on it, because no template says so. */
function codeNeeds(reading: TemplateReading, { id, properties }: Resource): Need[] {
  const { stack } = reading.names;
  return itemsOf(properties.ContainerDefinitions).flatMap((container) =>
    itemsOf(at(container, "Environment")).flatMap((variable) =>
      [...referredBy(at(variable, "Value"))].flatMap((named): Need[] => {
        const type = Object.hasOwn(stack.resources, named) ? stack.resources[named]?.type : undefined;
        const actions = type !== undefined && Object.hasOwn(uses, type) ? uses[type] : undefined;
        if (!actions) return [];
        const aim = target(reading, named);
        const resource = type === "AWS::S3::Bucket" ? [...aim.resource, "/", ...anyKey] : aim.resource;
        return [
          {
            node: id,
            edge: `${id} → ${named}`,
            what: `to use ${named}, which its environment names`,
            who: roleIn(reading, properties.TaskRoleArn),
            without: `${id} has no task role.`,
            actions,
            must: false,
            resource,
            of: named,
          },
        ];
      }),
    ),
  );
}

/** Execution roles that nothing else takes on. */
function ofEcsAlone({ resources }: Stack): ReadonlySet<string> {
  const [ours, others] = [new Set<string>(), new Set<string>()];
  for (const { type, properties } of Object.values(resources)) {
    if (type.startsWith("AWS::IAM::")) continue;
    const { ExecutionRoleArn, ...rest } = properties;
    const execution = type === "AWS::ECS::TaskDefinition" ? ExecutionRoleArn : undefined;
    const role = targetOf(execution);
    if (role !== undefined) ours.add(role);
    referredBy(type === "AWS::ECS::TaskDefinition" ? rest : properties, others);
  }
  return new Set([...ours].filter((id) => !others.has(id)));
}
