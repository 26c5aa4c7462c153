import type { Purpose } from "../aws/permissions";
import type { RelationId } from "../catalog/relations";
import { isKind, isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { taskDefinitionOf } from "../model/queries";
import { originsAt } from "../stack/stack";
import { sub } from "../stack/value";
import { deliverNeeds, delivery, type Ends, type EventTarget, QUEUE, runTaskNeeds, TOPIC } from "./event-needs";
import { account, arnOf, textOf } from "./names";
import { type Asking, anyKey, itemsOf, type Need, needsFor, roleIn, target, type Wanting } from "./needs";
import type { Text } from "./text";

type EdgeNeeds = (asking: Asking, edge: ModelEdge) => Need[];

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

/** The target of a rule or schedule that an edge is, with the resource that holds it. */
function targetOfEdge(asking: Asking, edge: ModelEdge): EventTarget | undefined {
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

const deliver: EdgeNeeds = (asking, edge) => {
  const found = targetOfEdge(asking, edge);
  const to = (asking.main(QUEUE, edge.to.id) ?? asking.main(TOPIC, edge.to.id))?.id;
  return found && to !== undefined ? deliverNeeds(asking, endsOf(edge), found, to) : [];
};

const runTask: EdgeNeeds = (asking, edge) => {
  const found = targetOfEdge(asking, edge);
  return found ? runTaskNeeds(asking, endsOf(edge), found) : [];
};

const endsOf = ({ id, from, to }: ModelEdge): Ends => ({ node: from.id, edge: id, from: from.name, to: to.name });

/** A bucket that notifies a queue or topic itself. Everything else goes to EventBridge by itself. */
const notify: EdgeNeeds = (asking, edge) => {
  const bucket = asking.main(BUCKET, edge.from.id)?.id;
  const to = (asking.main(QUEUE, edge.to.id) ?? asking.main(TOPIC, edge.to.id))?.id;
  if (bucket === undefined || to === undefined) return [];
  return delivery(asking, endsOf(edge), "s3.amazonaws.com", to, arnOf(asking.names, bucket));
};

const subscribe: EdgeNeeds = (asking, edge) => {
  const topic = asking.main(TOPIC, edge.from.id)?.id;
  const queue = asking.main(QUEUE, edge.to.id)?.id;
  if (topic === undefined || queue === undefined) return [];
  return delivery(asking, endsOf(edge), "sns.amazonaws.com", queue, arnOf(asking.names, topic));
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
