import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { derived, type Lowering } from "../lowering";
import { addPolicyStatement, resourcePolicyId } from "../resource-policies";
import { att, join, type Properties, ref, sub, type Value } from "../value";

/** Access logs of load balancers: the balancer's setting, and the bucket policy that admits the delivery. After both exist. */
export function accessLogs(lowering: Lowering): void {
  for (const edge of lowering.model.edgesOf("accessLogs")) {
    const write = writers[edge.from.kind];
    if (write && isKind(edge.to, "s3Bucket")) write(lowering, edge, edge.to);
  }
}

type Edge = ModelEdge<"accessLogs">;
type Writer = (lowering: Lowering, edge: Edge, bucket: ModelNode) => void;

/** `PREFIX/AWSLogs/ACCOUNT/*`: where Elastic Load Balancing writes. */
function place(lowering: Lowering, edge: Edge, bucket: ModelNode): Value {
  const prefix = prefixOf(edge);
  const folder = prefix === undefined ? "/AWSLogs/" : `/${prefix}/AWSLogs/`;
  return join("", [att(lowering.idOf(bucket), "Arn"), folder, ref("AWS::AccountId"), "/*"]);
}

/** Elastic Load Balancing takes no slash around a prefix. */
const prefixOf = (edge: Edge): string | undefined => edge.props.prefix?.replace(/^\/+|\/+$/g, "") || undefined;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function admitBalancer(lowering: Lowering, edge: Edge, bucket: ModelNode): void {
  const statement: Properties = {
    Action: "s3:PutObject",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Resource: place(lowering, edge, bucket),
  };
  addPolicyStatement(lowering, bucket, statement, edge as ModelEdge);
}

/** Network Load Balancers deliver through CloudWatch's log delivery. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html */
function admitNetworkBalancer(lowering: Lowering, edge: Edge, bucket: ModelNode): void {
  const source: Properties = {
    ArnLike: { "aws:SourceArn": sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*") },
  };
  const account = { "aws:SourceAccount": ref("AWS::AccountId") };
  const allow = (action: string, resource: Value, equals: Properties): void =>
    addPolicyStatement(
      lowering,
      bucket,
      {
        Action: action,
        Condition: { ...source, StringEquals: equals },
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Resource: resource,
      },
      edge as ModelEdge,
    );
  allow("s3:GetBucketAcl", att(lowering.idOf(bucket), "Arn"), account);
  const owned = { ...account, "s3:x-amz-acl": "bucket-owner-full-control" };
  allow("s3:PutObject", place(lowering, edge, bucket), owned);
}

function attributes(lowering: Lowering, edge: Edge, bucket: ModelNode): void {
  const balancer = lowering.idOf(edge.from);
  const prefix = prefixOf(edge);
  const set = (name: string, value: Value, field?: string): void => {
    const origin = field === undefined ? derived(edge as ModelEdge) : lowering.from(edge as ModelEdge, field);
    lowering.patch(balancer, "/LoadBalancerAttributes/-", { Key: `access_logs.s3.${name}`, Value: value }, origin);
  };
  set("enabled", "true");
  set("bucket", ref(lowering.idOf(bucket)));
  if (prefix !== undefined) set("prefix", prefix, "/prefix");
  lowering.wait(balancer, resourcePolicyId(lowering, bucket));
}

const writers: Partial<Record<ModelNode["kind"], Writer>> = {
  alb: (lowering, edge, bucket) => {
    admitBalancer(lowering, edge, bucket);
    attributes(lowering, edge, bucket);
  },
  nlb: (lowering, edge, bucket) => {
    admitNetworkBalancer(lowering, edge, bucket);
    attributes(lowering, edge, bucket);
  },
  clb: (lowering, edge, bucket) => {
    admitBalancer(lowering, edge, bucket);
    const balancer = lowering.idOf(edge.from);
    const prefix = prefixOf(edge);
    const policy: Properties = {
      Enabled: true,
      S3BucketName: ref(lowering.idOf(bucket)),
      ...(prefix === undefined ? {} : { S3BucketPrefix: prefix }),
    };
    lowering.patch(balancer, "/AccessLoggingPolicy", policy, derived(edge as ModelEdge));
    lowering.wait(balancer, resourcePolicyId(lowering, bucket));
  },
};
