import { isKind, isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { clusterOf } from "../model/queries";
import { derived, type Lowering } from "./lowering";
import { parameterName } from "./passes/parameters";
import { secretArn } from "./passes/secrets";
import type { Origin } from "./stack";
import { att, Intrinsic, type Properties, ref, sub, type Value } from "./value";

/** What one connection makes a rule match. Keys are paths into the event: "detail.clusterArn". */
interface Match {
  source: string;
  detailTypes: readonly string[];
  /** Whose events: lists that unite when two connections ask for the same events. */
  subject: Readonly<Record<string, readonly Value[]>>;
  /** Which of them. */
  filter: Readonly<Record<string, readonly Value[]>>;
}

/**
 * The pattern that the connections into a rule mean, and where it comes from; undefined where none of them sends events.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function derivedPattern(
  lowering: Lowering,
  rule: ModelNode,
): { pattern: Properties; origins: Origin[] } | undefined {
  const matches: Match[] = [];
  const origins: Origin[] = [];
  for (const edge of rule.in) {
    const match = matchOf(lowering, edge);
    if (!match) continue;
    matches.push(match);
    origins.push(derived(edge));
  }
  const united = unite(matches);
  const [first, ...more] = united;
  if (!first) return undefined;
  if (more.length === 0) return { pattern: patternOf(first), origins };
  // Beside $or no field may come again that its alternatives name. https://github.com/aws/event-ruler#or-matching
  return { pattern: { account: [ref("AWS::AccountId")], $or: united.map(patternOf) }, origins };
}

function matchOf(lowering: Lowering, edge: ModelEdge): Match | undefined {
  if (isRelationEdge(edge, "intercept")) return intercepted(lowering, edge);
  if (isRelationEdge(edge, "notify")) return notifiers[edge.from.kind]?.(lowering, edge.from, edge.props.events);
  return undefined;
}

/** Whose events each type of ECS event carries, and where. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html */
type Subject = (lowering: Lowering, watched: ModelNode, cluster: ModelNode | undefined) => Match["subject"];
const inCluster: Subject = (lowering, _watched, cluster): Match["subject"] =>
  cluster ? { "detail.clusterArn": [att(lowering.idOf(cluster), "Arn")] } : {};
const serviceAsResource: Subject = (lowering, watched, cluster) =>
  isKind(watched, "service") ? { resources: [ref(lowering.idOf(watched))] } : inCluster(lowering, watched, cluster);

const ecsEvents: Readonly<Record<string, Subject>> = {
  "ECS Task State Change": (lowering, watched, cluster) => ({
    ...inCluster(lowering, watched, cluster),
    ...(isKind(watched, "service") ? { "detail.group": [sub(`service:\${${lowering.idOf(watched)}.Name}`)] } : {}),
  }),
  "ECS Container Instance State Change": inCluster,
  "ECS Service Action": serviceAsResource,
  // These name no cluster but in the service's ARN.
  "ECS Deployment State Change": (lowering, watched, cluster) => {
    if (isKind(watched, "service") || !cluster) return serviceAsResource(lowering, watched, cluster);
    const services = `arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:service`;
    return { resources: [{ prefix: sub(`${services}/\${${lowering.idOf(cluster)}}/`) }] };
  },
};

const TASKS = "ECS Task State Change";

function intercepted(lowering: Lowering, edge: ModelEdge<"intercept">): Match | undefined {
  const watched = edge.from;
  if (!isKind(watched, "cluster") && !isKind(watched, "service")) return undefined;
  const { detailType, lastStatus, stopCode } = edge.props;
  const subject = Object.hasOwn(ecsEvents, detailType) ? (ecsEvents[detailType] as Subject) : inCluster;
  return {
    source: "aws.ecs",
    detailTypes: [detailType],
    subject: subject(lowering, watched, clusterOf(watched) as ModelNode | undefined),
    filter: detailType === TASKS ? { "detail.lastStatus": [...lastStatus], "detail.stopCode": [...stopCode] } : {},
  };
}

type Notifier = (lowering: Lowering, from: ModelNode, events: readonly string[]) => Match | undefined;

/** S3's event names and what EventBridge calls them. https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const s3Events: readonly (readonly [prefix: string, detailType: string])[] = [
  ["s3:ObjectCreated:", "Object Created"],
  ["s3:ObjectRemoved:", "Object Deleted"],
  ["s3:LifecycleExpiration:", "Object Deleted"],
  ["s3:ObjectRestore:Post", "Object Restore Initiated"],
  ["s3:ObjectRestore:Completed", "Object Restore Completed"],
  ["s3:ObjectRestore:Delete", "Object Restore Expired"],
  ["s3:LifecycleTransition", "Object Storage Class Changed"],
  ["s3:IntelligentTiering", "Object Access Tier Changed"],
  ["s3:ObjectAcl:Put", "Object ACL Updated"],
  ["s3:ObjectTagging:Put", "Object Tags Added"],
  ["s3:ObjectTagging:Delete", "Object Tags Deleted"],
];
const s3DetailType = (event: string): string => s3Events.find(([prefix]) => event.startsWith(prefix))?.[1] ?? event;

/** Words such as PUSH or Update name what happened; phrases name a type of event. */
const isWord = (event: string): boolean => /^[A-Za-z_]+$/.test(event);
const typesAmong = (events: readonly string[], usual: string): readonly string[] => {
  const types = events.filter((event) => !isWord(event));
  return types.length > 0 ? types : [usual];
};

const notifiers: Partial<Record<ModelNode["kind"], Notifier>> = {
  s3Bucket: (lowering, bucket, events) => ({
    source: "aws.s3",
    detailTypes: events.length > 0 ? [...new Set(events.map(s3DetailType))] : ["Object Created"],
    subject: { "detail.bucket.name": [ref(lowering.idOf(bucket))] },
    filter: {},
  }),
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
  ecrRepository: (lowering, repository, events) => ({
    source: "aws.ecr",
    detailTypes: typesAmong(events, "ECR Image Action"),
    subject: { "detail.repository-name": [ref(lowering.idOf(repository))] },
    filter: {
      "detail.action-type": events.length === 0 ? ["PUSH"] : events.filter(isWord),
      "detail.result": events.length === 0 ? ["SUCCESS"] : [],
    },
  }),
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/event-detail-secret-label-updated-secretsmanager.html
  secret: (lowering, secret, events) =>
    isKind(secret, "secret")
      ? {
          source: "aws.secretsmanager",
          detailTypes: typesAmong(events, "Secret Label Updated"),
          subject: { resources: [secretArn(lowering, secret)] },
          filter: { "detail.labelUpdated": events.length === 0 ? ["AWSCURRENT"] : events.filter(isWord) },
        }
      : undefined,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
  ssmParameter: (lowering, parameter, events) =>
    isKind(parameter, "ssmParameter")
      ? {
          source: "aws.ssm",
          detailTypes: typesAmong(events, "Parameter Store Change"),
          subject: { "detail.name": [parameterName(lowering, parameter)] },
          filter: { "detail.operation": events.filter(isWord) },
        }
      : undefined,
};

/** Connections that ask for the same events of several things become one match with longer lists. */
function unite(matches: readonly Match[]): Match[] {
  const united = new Map<string, Match>();
  for (const match of matches) {
    const key = JSON.stringify([match.source, match.detailTypes, Object.keys(match.subject), match.filter]);
    const same = united.get(key);
    united.set(key, same ? { ...same, subject: uniteLists(same.subject, match.subject) } : match);
  }
  return [...united.values()];
}

function uniteLists(a: Match["subject"], b: Match["subject"]): Match["subject"] {
  return Object.fromEntries(
    Object.entries(a).map(([path, values]) => {
      const byText = new Map([...values, ...(b[path] ?? [])].map((value) => [textOf(value), value]));
      return [path, [...byText.values()]];
    }),
  );
}

const textOf = (value: Value): string =>
  value instanceof Intrinsic ? `${value.name} ${JSON.stringify(value.argument)}` : JSON.stringify(value);

function patternOf(match: Match): Properties {
  const pattern: Properties = { source: [match.source], "detail-type": [...match.detailTypes] };
  for (const [path, values] of Object.entries({ ...match.subject, ...match.filter })) {
    if (values.length === 0) continue;
    const segments = path.split(".");
    const last = segments.pop() as string;
    let holder = pattern;
    for (const segment of segments) {
      holder[segment] ??= {};
      holder = holder[segment] as Properties;
    }
    holder[last] = [...values];
  }
  return pattern;
}
