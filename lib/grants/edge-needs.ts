import type { Purpose } from "../aws/permissions";
import type { RelationId } from "../catalog/relations";
import { isKind, isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { taskDefinitionOf } from "../model/queries";
import { originsAt, type Resource } from "../stack/stack";
import { referredBy, sub, targetOf, type Value } from "../stack/value";
import type { Context } from "./conditions";
import { account, arnOf, textOf } from "./names";
import { type Asking, anyKey, assumes, at, itemsOf, type Need, needsFor, roleIn, target, type Wanting } from "./needs";
import type { Text } from "./text";

type EdgeNeeds = (asking: Asking, edge: ModelEdge) => Need[];

const QUEUE = "AWS::SQS::Queue";
const TOPIC = "AWS::SNS::Topic";
const BUCKET = "AWS::S3::Bucket";

/** Code in a task: its task role. */
function code({ main, names }: Asking, edge: ModelEdge, definition: ModelNode | undefined, what: string): Wanting {
  const resource = definition && main("AWS::ECS::TaskDefinition", definition.id);
  return {
    node: definition?.id ?? edge.from.id,
    edge: edge.id,
    what,
    who: roleIn({ names }, resource?.properties.TaskRoleArn),
    without: `${definition?.name ?? edge.from.name} has no task role.`,
  };
}

const access: EdgeNeeds = (asking, edge) => {
  const bucket = asking.main(BUCKET, edge.to.id)?.id;
  if (bucket === undefined || !isRelationEdge(edge, "access")) return [];
  const wanting = code(asking, edge as ModelEdge, edge.from, `to use ${edge.to.name}`);
  const object = { resource: [...arnOf(asking.names, bucket), "/", ...anyKey], of: bucket };
  const purposes: readonly Purpose[] = {
    read: ["s3-read", "s3-list"] as const,
    write: ["s3-write"] as const,
    readWrite: ["s3-read", "s3-write", "s3-list"] as const,
  }[edge.props.may];
  return purposes.flatMap((purpose) => needsFor(wanting, purpose, { object, bucket: target(asking, bucket) }));
};

const read: EdgeNeeds = (asking, edge) => {
  const wanting = code(asking, edge, edge.from, `to read ${edge.to.name}`);
  if (isKind(edge.to, "secret")) {
    const { source } = edge.to.props;
    const id = asking.main("AWS::SecretsManager::Secret", edge.to.id)?.id;
    const arn = source.from === "existing" ? source.arn.split(":").slice(0, 7).join(":") : "";
    const secret = id === undefined ? { resource: textOf(asking.names, arn) } : target(asking, id);
    return needsFor(wanting, "inject-secret", { secret });
  }
  if (!isKind(edge.to, "ssmParameter")) return [];
  const { source } = edge.to.props;
  const id = asking.main("AWS::SSM::Parameter", edge.to.id)?.id;
  const name = source.from === "existing" ? source.name.replace(/^\//, "") : "";
  const prefix = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/";
  const resource: Text =
    id !== undefined
      ? arnOf(asking.names, id)
      : name.startsWith("arn:")
        ? textOf(asking.names, name)
        : [...textOf(asking.names, sub(prefix)), name];
  // Code asks for one parameter or for several at once.
  return [{ ...wanting, actions: ["ssm:GetParameter", "ssm:GetParameters"], must: true, resource, of: id }];
};

const send: EdgeNeeds = (asking, edge) => {
  const id = asking.main(QUEUE, edge.to.id)?.id;
  const wanting = code(asking, edge, edge.from, `to send to ${edge.to.name}`);
  return id === undefined ? [] : needsFor(wanting, "sqs-send", { queue: target(asking, id) });
};

const publish: EdgeNeeds = (asking, edge) => {
  const id = asking.main(TOPIC, edge.to.id)?.id;
  const wanting = code(asking, edge, edge.from, `to publish to ${edge.to.name}`);
  return id === undefined ? [] : needsFor(wanting, "sns-publish", { topic: target(asking, id) });
};

const poll: EdgeNeeds = (asking, edge) => {
  const id = asking.main(QUEUE, edge.from.id)?.id;
  const definition = isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;
  if (id === undefined || !definition) return [];
  const wanting = code(asking, edge, definition as ModelNode, `to poll ${edge.from.name}`);
  return needsFor(wanting, "sqs-poll", { queue: target(asking, id) });
};

/** A service of AWS that comes with the ARN of what it acts for. */
function delivery(
  asking: Asking,
  edge: ModelEdge,
  service: string,
  to: string,
  source: Text | undefined,
  facts: Context = new Map(),
): Need[] {
  const type = asking.names.stack.resources[to]?.type;
  const action = type === QUEUE ? "sqs:SendMessage" : type === TOPIC ? "sns:Publish" : undefined;
  if (action === undefined) return [];
  const what = `to deliver what ${edge.from.name} sends`;
  const context: Context = new Map<string, Text | "absent">([
    ["aws:sourceaccount", [account]],
    ...(source ? [["aws:sourcearn", source] as const] : []),
    ...facts,
  ]);
  const wanting = { node: edge.from.id, edge: edge.id, what, who: { service }, without: "", context };
  return [{ ...wanting, actions: [action], must: true, ...target(asking, to) }];
}

/** The target of a rule or schedule that an edge is, with the resource that holds it. */
function targetOfEdge(
  asking: Asking,
  edge: ModelEdge,
): { value: Value; holder: Resource; schedule: boolean } | undefined {
  const rule = asking.main("AWS::Events::Rule", edge.from.id);
  const holder = rule ?? asking.main("AWS::Scheduler::Schedule", edge.from.id);
  if (!holder) return undefined;
  const list = rule ? itemsOf(rule.properties.Targets) : [holder.properties.Target ?? {}];
  const index = list.findIndex((_, place) =>
    originsAt(holder, rule ? `/properties/Targets/${place}` : "/properties/Target").some(
      (origin) => origin.edge === edge.id,
    ),
  );
  const value = list[index];
  return value === undefined ? undefined : { value, holder, schedule: !rule };
}

const roleText = ({ from }: ModelEdge): string => `${from.name} has no role.`;

/** A rule delivers by the policy of what it delivers to, a schedule by its role. */
const deliver: EdgeNeeds = (asking, edge) => {
  const found = targetOfEdge(asking, edge);
  const to = (asking.main(QUEUE, edge.to.id) ?? asking.main(TOPIC, edge.to.id))?.id;
  if (!found || to === undefined) return [];
  const { holder, value, schedule } = found;
  if (!schedule) return delivery(asking, edge, "events.amazonaws.com", to, arnOf(asking.names, holder.id));
  const role = at(value, "RoleArn");
  const wanting: Wanting = {
    node: edge.from.id,
    edge: edge.id,
    what: `to send to ${edge.to.name}`,
    who: roleIn(asking, role),
    without: roleText(edge),
  };
  const aim = target(asking, to);
  return [
    ...scheduleTrust(asking, edge, role),
    ...needsFor(wanting, "schedule-send", asking.names.stack.resources[to]?.type === QUEUE ? { queue: aim } : {}),
    ...needsFor(wanting, "schedule-publish", asking.names.stack.resources[to]?.type === TOPIC ? { topic: aim } : {}),
  ];
};

const scheduleTrust = (asking: Asking, edge: ModelEdge, role: Value | undefined): Need[] => {
  const context: Context = new Map([["aws:sourceaccount", [account]]]);
  return assumes(asking, { node: edge.from.id, edge: edge.id, context }, role, "scheduler.amazonaws.com");
};

const TASKS: Text = ["ecs-tasks.amazonaws.com"];

const runTask: EdgeNeeds = (asking, edge) => {
  const found = targetOfEdge(asking, edge);
  if (!found) return [];
  const { value, holder, schedule } = found;
  const role = at(value, "RoleArn");
  const id = targetOf(at(value, "EcsParameters", "TaskDefinitionArn"));
  const definition = id === undefined ? undefined : asking.names.stack.resources[id];
  const cluster = at(value, "Arn");
  if (!definition || cluster === undefined) return [];
  const who = roleIn(asking, role);
  const wanting: Wanting = {
    node: edge.from.id,
    edge: edge.id,
    what: `to start tasks of ${edge.to.name}`,
    who,
    without: roleText(edge),
  };
  const start = { ...wanting, context: new Map([["ecs:cluster", textOf(asking.names, cluster)]]) };
  const pass: Wanting = {
    ...wanting,
    what: `to pass on the roles of ${edge.to.name}`,
    context: new Map([["iam:passedtoservice", TASKS]]),
  };
  const passed = [definition.properties.ExecutionRoleArn, definition.properties.TaskRoleArn].flatMap((value) => {
    if (value === undefined) return [];
    return needsFor(pass, "pass-role", { role: { resource: textOf(asking.names, value) } });
  });
  const letters = [...referredBy(at(value, "DeadLetterConfig", "Arn"))].find(
    (item) => asking.names.stack.resources[item]?.type === QUEUE,
  );
  const lost =
    letters === undefined
      ? []
      : schedule
        ? needsFor({ ...wanting, what: "to keep what could not start" }, "schedule-send", {
            queue: target(asking, letters),
          })
        : delivery(asking, edge, "events.amazonaws.com", letters, arnOf(asking.names, holder.id));
  return [
    ...(schedule
      ? scheduleTrust(asking, edge, role)
      : assumes(asking, { node: edge.from.id, edge: edge.id }, role, "events.amazonaws.com")),
    ...needsFor(start, "run-task", { "task-definition": target(asking, definition.id) }),
    ...passed,
    ...lost,
  ];
};

/** A bucket that notifies a queue or topic itself. Everything else goes to EventBridge by itself. */
const notify: EdgeNeeds = (asking, edge) => {
  const bucket = asking.main(BUCKET, edge.from.id)?.id;
  const to = (asking.main(QUEUE, edge.to.id) ?? asking.main(TOPIC, edge.to.id))?.id;
  if (bucket === undefined || to === undefined) return [];
  return delivery(asking, edge, "s3.amazonaws.com", to, arnOf(asking.names, bucket));
};

const subscribe: EdgeNeeds = (asking, edge) => {
  const topic = asking.main(TOPIC, edge.from.id)?.id;
  const queue = asking.main(QUEUE, edge.to.id)?.id;
  if (topic === undefined || queue === undefined) return [];
  return delivery(asking, edge, "sns.amazonaws.com", queue, arnOf(asking.names, topic));
};

/** Who writes access logs, by the kind of load balancer: Network Load Balancers go through CloudWatch's log delivery. */
const accessLogs: EdgeNeeds = (asking, edge) => {
  const bucket = asking.main(BUCKET, edge.to.id)?.id;
  if (bucket === undefined || !isRelationEdge(edge, "accessLogs")) return [];
  const prefix = edge.props.prefix?.replace(/^\/+|\/+$/g, "") || undefined;
  const folder = prefix === undefined ? "/AWSLogs/" : `/${prefix}/AWSLogs/`;
  const place = { resource: [...arnOf(asking.names, bucket), folder, account, "/", ...anyKey], of: bucket };
  const network = edge.from.kind === "nlb";
  const source = [
    ...textOf(asking.names, sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:")),
    ...anyKey,
  ];
  const service = network ? "delivery.logs.amazonaws.com" : "logdelivery.elasticloadbalancing.amazonaws.com";
  const wanting = {
    node: edge.from.id,
    edge: edge.id,
    what: `to write the access logs of ${edge.from.name}`,
    who: { service },
    without: "",
    must: true,
  };
  const known: readonly (readonly [string, Text])[] = [
    ["aws:sourceaccount", [account]],
    ["aws:sourcearn", source],
  ];
  if (!network) return [{ ...wanting, actions: ["s3:PutObject"], ...place }];
  const owned: readonly [string, Text] = ["s3:x-amz-acl", ["bucket-owner-full-control"]];
  return [
    { ...wanting, actions: ["s3:GetBucketAcl"], ...target(asking, bucket), context: new Map(known) },
    { ...wanting, actions: ["s3:PutObject"], ...place, context: new Map([...known, owned]) },
  ];
};

/**
 * What each relation asks IAM for; null where it asks for nothing, and where ECS itself acts on the task definition
 * (`task-needs.ts`, from which those needs find their edge).
 */
export const edgeNeeds: { readonly [R in RelationId]: EdgeNeeds | null } = {
  access,
  read,
  send,
  publish,
  poll,
  deliver,
  runTask,
  notify,
  subscribe,
  accessLogs,
  // ECS does these with the execution role, and mounts with the task role.
  pull: null,
  inject: null,
  credentials: null,
  environmentFile: null,
  mount: null,
  // Packets, settings and what AWS does by itself.
  request: null,
  forward: null,
  call: null,
  run: null,
  useCapacity: null,
  deadLetter: null,
  subscribeHttps: null,
  intercept: null,
  dependsOn: null,
  reference: null,
};
