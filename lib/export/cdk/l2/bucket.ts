import type { Properties, Value } from "../../../stack/value";
import { lit, obj, raw } from "../code";
import { writeOverrides } from "./overrides";
import { enforceSsl, ownPolicy } from "./resource-policy";
import { only, removalPolicy, same } from "./shared";
import type { Single } from "./single";

const encryptions: Readonly<Record<string, string>> = { AES256: "S3_MANAGED", "aws:kms": "KMS_MANAGED" };

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html */
export const bucket: Single = {
  type: "s3.Bucket",
  ref: "bucketName",
  attributes: { Arn: "bucketArn", DomainName: "bucketDomainName", RegionalDomainName: "bucketRegionalDomainName" },
  retains: true,
  says(_writing, resource) {
    const { BucketEncryption, PublicAccessBlockConfiguration, VersioningConfiguration } = resource.properties;
    return (
      only(
        resource,
        "BucketEncryption",
        "NotificationConfiguration",
        "PublicAccessBlockConfiguration",
        "VersioningConfiguration",
      ) &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      Object.hasOwn(encryptions, algorithmOf(BucketEncryption) ?? "") &&
      same(PublicAccessBlockConfiguration, blocked) &&
      (VersioningConfiguration === undefined || same(VersioningConfiguration, { Status: "Enabled" }))
    );
  },
  props(writing, resource) {
    const { BucketEncryption, VersioningConfiguration } = resource.properties;
    return obj({
      encryption: raw(`s3.BucketEncryption.${encryptions[algorithmOf(BucketEncryption) as string]}`),
      blockPublicAccess: raw("s3.BlockPublicAccess.BLOCK_ALL"),
      enforceSSL: enforceSsl(writing, resource),
      versioned: VersioningConfiguration === undefined ? undefined : lit(true),
      removalPolicy: removalPolicy(resource),
    });
  },
  admits: ownPolicy,
  after(writing, resource, variable) {
    const value = resource.properties.NotificationConfiguration;
    if (value === undefined) return;
    const because = "The class would have a custom resource with a function of its own do this.";
    writeOverrides(writing, resource, variable, [{ path: "NotificationConfiguration", value, because }]);
  },
};

const blocked = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

function algorithmOf(value: Value | undefined): string | undefined {
  const rules = (value as { ServerSideEncryptionConfiguration?: Properties[] } | undefined)
    ?.ServerSideEncryptionConfiguration;
  const by = rules?.[0]?.ServerSideEncryptionByDefault as { SSEAlgorithm?: string } | undefined;
  const expected = {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: by?.SSEAlgorithm ?? "" } }],
  };
  return same(value, expected) ? by?.SSEAlgorithm : undefined;
}
