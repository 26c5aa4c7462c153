import { actionsFor, permissions } from "../../aws/permissions";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { contribute, sourceContainer } from "../containers";
import { keep } from "../keep";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { admitBucket, refusePlainHttp, resourcePolicyId } from "../resource-policies";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import { att, join, ref, type Value } from "../value";
import { variableFor } from "../variables";

/** Buckets, whom they notify, and the containers that use them. Access logs are in `access-logs.ts`. */
export function buckets(lowering: Lowering): void {
  for (const node of lowering.model.of("s3Bucket")) addBucket(lowering, node);
  for (const edge of lowering.model.edgesOf("access")) access(lowering, edge);
  for (const edge of lowering.model.edgesOf("environmentFile")) environmentFile(lowering, edge);
}

/** ARN of all objects, or of one. */
const objects = (id: string, key = "*"): Value => join("", [att(id, "Arn"), `/${key}`]);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html */
function addBucket(lowering: Lowering, node: ModelNode<"s3Bucket">): void {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const algorithm = props.encryption === "SSE-KMS" ? "aws:kms" : "AES256";
  const properties = new PropertySet()
    .set(
      "BucketEncryption",
      { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm } }] },
      from("/encryption"),
    )
    .set(
      "PublicAccessBlockConfiguration",
      { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      derived(owner),
    )
    .set("VersioningConfiguration", props.versioning ? { Status: "Enabled" } : undefined, from("/versioning"));
  lowering.add("AWS::S3::Bucket", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("bucket", owner),
    ...keep,
  });
  for (const edge of node.out) if (edge.relation === "notify") notify(lowering, id, edge as ModelEdge<"notify">);
  refusePlainHttp(lowering, owner);
  lowering.output(outputKey(id), ref(id), `Name of the bucket ${node.name}.`, derived(owner));
}

/** What S3 tells when nothing else is chosen. */
const CREATED = "s3:ObjectCreated:*";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html */
function notify(lowering: Lowering, bucket: string, edge: ModelEdge<"notify">): void {
  const owner = edge as ModelEdge;
  if (isKind(edge.to, "eventRule")) {
    const on = { EventBridgeEnabled: true };
    lowering.patch(bucket, "/NotificationConfiguration/EventBridgeConfiguration", on, derived(owner));
    return;
  }
  const target = lowering.idOf(edge.to);
  const [list, key, arn] = isKind(edge.to, "sqsQueue")
    ? ["QueueConfigurations", "Queue", att(target, "Arn")]
    : isKind(edge.to, "snsTopic")
      ? ["TopicConfigurations", "Topic", ref(target)]
      : [];
  if (list === undefined || key === undefined || arn === undefined) return;
  for (const event of edge.props.events.length > 0 ? edge.props.events : [CREATED]) {
    const origin = lowering.from(owner, "/events");
    lowering.patch(bucket, `/NotificationConfiguration/${list}/-`, { Event: event, [key]: arn }, origin);
  }
  admitBucket(lowering, edge.to, owner);
  // S3 tries the permission when it takes the configuration.
  lowering.wait(bucket, resourcePolicyId(lowering, edge.to));
}

/** Appendix G of the rules: the SDK's actions, by purpose. */
const actions: {
  [M in ModelEdge<"access">["props"]["may"]]: { objects: readonly string[]; bucket: readonly string[] };
} = {
  read: { objects: actionsFor("s3-read"), bucket: actionsFor("s3-list") },
  write: { objects: actionsFor("s3-write"), bucket: [] },
  readWrite: { objects: [...actionsFor("s3-read"), ...actionsFor("s3-write")], bucket: actionsFor("s3-list") },
};

function access(lowering: Lowering, edge: ModelEdge<"access">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source || !isKind(edge.to, "s3Bucket")) return;
  const owner = edge as ModelEdge;
  const bucket = lowering.idOf(edge.to);
  const may = actions[edge.props.may];
  const role = roleOf(lowering, source.taskDefinition, "task");
  const origin = lowering.from(owner, "/may");
  role.grant({ actions: may.objects, resources: [objects(bucket)] }, owner, origin);
  role.grant({ actions: may.bucket, resources: [att(bucket, "Arn")] }, owner, origin);
  variableFor(lowering, owner, source, edge.to, "BUCKET", "NAME", ref(bucket));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
function environmentFile(lowering: Lowering, edge: ModelEdge<"environmentFile">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source || !isKind(edge.to, "s3Bucket")) return;
  const owner = edge as ModelEdge;
  const bucket = lowering.idOf(edge.to);
  const file = objects(bucket, edge.props.key);
  const origin = lowering.from(owner, "/key");
  contribute(lowering, source.node, source.container.id, "EnvironmentFiles", { Type: "s3", Value: file }, origin);
  const role = roleOf(lowering, source.taskDefinition, "execution");
  for (const { actions, on } of permissions["environment-file"].statements) {
    role.grant({ actions, resources: [on === "object" ? file : att(bucket, "Arn")] }, owner, origin);
  }
}
