import type { Known } from "../../../stack/stack";
import type { Properties } from "../../../stack/value";
import { type Block, literal, text } from "../hcl";
import { Body, type Reader, type TypeTable, type Writing } from "../writing";
import { cell, json, kebab, keep, named, number } from "./cell";

const part = (writing: Writing, reader: Reader, type: string, fill: (body: Body) => void): Block => {
  const body = new Body(writing, reader);
  fill(body);
  return {
    type: "resource",
    labels: [type, writing.names.of(reader.resource.id)],
    entries: body.entries,
    from: body.reader.from(),
  };
};

/** What S3 keeps apart from the bucket itself. */
function bucketParts(writing: Writing, resource: Known, reader: Reader): Block[] {
  const { BucketEncryption, NotificationConfiguration, PublicAccessBlockConfiguration, VersioningConfiguration } =
    resource.properties;
  const bucket = writing.attribute(resource.id, "id");
  const parts: Block[] = [];
  const add = (type: string, fill: (body: Body) => void): void => {
    parts.push(
      part(writing, reader, type, (body) => {
        body.put("bucket", bucket);
        fill(body);
      }),
    );
  };
  if (PublicAccessBlockConfiguration !== undefined) {
    add("aws_s3_bucket_public_access_block", (body) => {
      const inner = body.reader.inner("PublicAccessBlockConfiguration");
      if (!inner) return;
      const own = body.nest(inner);
      own
        .set("block_public_acls", "BlockPublicAcls")
        .set("block_public_policy", "BlockPublicPolicy")
        .set("ignore_public_acls", "IgnorePublicAcls")
        .set("restrict_public_buckets", "RestrictPublicBuckets");
      body.entries.push(...own.entries);
    });
  }
  if (BucketEncryption !== undefined) {
    add("aws_s3_bucket_server_side_encryption_configuration", (body) => {
      for (const rule of body.reader.inner("BucketEncryption")?.each("ServerSideEncryptionConfiguration") ?? []) {
        const own = body.nest(rule);
        const by = rule.inner("ServerSideEncryptionByDefault");
        if (by)
          own.block(
            "apply_server_side_encryption_by_default",
            body.nest(by).set("sse_algorithm", "SSEAlgorithm").set("kms_master_key_id", "KMSMasterKeyID"),
          );
        body.block("rule", own);
      }
    });
  }
  if (VersioningConfiguration !== undefined) {
    add("aws_s3_bucket_versioning", (body) => {
      const inner = body.reader.inner("VersioningConfiguration");
      if (inner) body.block("versioning_configuration", body.nest(inner).set("status", "Status"));
    });
  }
  if (NotificationConfiguration !== undefined) {
    add("aws_s3_bucket_notification", (body) => {
      const inner = body.reader.inner("NotificationConfiguration");
      if (!inner) return;
      if (inner.take("EventBridgeConfiguration") !== undefined) body.put("eventbridge", literal(true));
      for (const one of inner.each("QueueConfigurations"))
        body.block(
          "queue",
          body
            .nest(one)
            .set("queue_arn", "Queue")
            .set("events", "Event", (value) => ({ is: "list", items: [text(String(value))] })),
        );
      for (const one of inner.each("TopicConfigurations"))
        body.block(
          "topic",
          body
            .nest(one)
            .set("topic_arn", "Topic")
            .set("events", "Event", (value) => ({ is: "list", items: [text(String(value))] })),
        );
    });
  }
  return parts;
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository, efs_file_system, s3_bucket */
export const storage = {
  "AWS::ECR::Repository": cell(
    "aws_ecr_repository",
    { ref: "name", attributes: { Arn: "arn", RepositoryUri: "repository_url" } },
    (body, _writing, resource) => {
      if (resource.properties.RepositoryName === undefined) body.put("name", named(kebab(resource.id), "/"));
      body.set("name", "RepositoryName").set("image_tag_mutability", "ImageTagMutability");
      const scan = body.reader.inner("ImageScanningConfiguration");
      if (scan) body.block("image_scanning_configuration", body.nest(scan).set("scan_on_push", "ScanOnPush"));
      const encryption = body.reader.inner("EncryptionConfiguration");
      if (encryption)
        body.block(
          "encryption_configuration",
          body.nest(encryption).set("encryption_type", "EncryptionType").set("kms_key", "KmsKey"),
        );
      keep(body, resource);
    },
    (writing, resource, reader) => {
      const lifecycle = resource.properties.LifecyclePolicy as Properties | undefined;
      if (!lifecycle) return [];
      return [
        part(writing, reader, "aws_ecr_lifecycle_policy", (body) => {
          body.put("repository", writing.attribute(resource.id, "name"));
          const inner = body.reader.inner("LifecyclePolicy");
          const policy = inner?.take("LifecyclePolicyText");
          if (typeof policy === "string") body.put("policy", json(writing)(JSON.parse(policy)));
        }),
      ];
    },
  ),
  "AWS::EFS::FileSystem": cell(
    "aws_efs_file_system",
    { ref: "id", attributes: { Arn: "arn", FileSystemId: "id" } },
    (body, _writing, resource) => {
      body
        .set("availability_zone_name", "AvailabilityZoneName")
        .set("encrypted", "Encrypted")
        .set("performance_mode", "PerformanceMode")
        .set("throughput_mode", "ThroughputMode")
        .set("provisioned_throughput_in_mibps", "ProvisionedThroughputInMibps");
      for (const one of body.reader.each("LifecyclePolicies"))
        body.block("lifecycle_policy", body.nest(one).set("transition_to_ia", "TransitionToIA"));
      keep(body, resource);
    },
    (writing, resource, reader) => [
      part(writing, reader, "aws_efs_backup_policy", (body) => {
        body.put("file_system_id", writing.attribute(resource.id, "id"));
        const inner = body.reader.inner("BackupPolicy");
        if (inner) body.block("backup_policy", body.nest(inner).set("status", "Status"));
      }),
    ],
  ),
  "AWS::EFS::MountTarget": cell("aws_efs_mount_target", { ref: "id", attributes: { Id: "id" } }, (body) => {
    body.set("file_system_id", "FileSystemId").set("subnet_id", "SubnetId").set("security_groups", "SecurityGroups");
  }),
  "AWS::EFS::AccessPoint": cell(
    "aws_efs_access_point",
    { ref: "id", attributes: { Arn: "arn", AccessPointId: "id" } },
    (body, writing) => {
      body.set("file_system_id", "FileSystemId");
      const user = body.reader.inner("PosixUser");
      if (user)
        body.block("posix_user", body.nest(user).set("gid", "Gid", number(writing)).set("uid", "Uid", number(writing)));
      const root = body.reader.inner("RootDirectory");
      if (!root) return;
      const own = body.nest(root).set("path", "Path");
      const info = root.inner("CreationInfo");
      if (info) {
        own.block(
          "creation_info",
          body
            .nest(info)
            .set("owner_gid", "OwnerGid", number(writing))
            .set("owner_uid", "OwnerUid", number(writing))
            .set("permissions", "Permissions"),
        );
      }
      body.block("root_directory", own);
    },
  ),
  "AWS::S3::Bucket": {
    // S3 tries the permission when it takes the notifications, which are a resource of their own.
    waiting: "aws_s3_bucket_notification",
    ...cell(
      "aws_s3_bucket",
      {
        ref: "id",
        attributes: { Arn: "arn", DomainName: "bucket_domain_name", RegionalDomainName: "bucket_regional_domain_name" },
      },
      (body, _writing, resource) => {
        keep(body, resource);
      },
      bucketParts,
    ),
  },
  "AWS::S3::BucketPolicy": cell("aws_s3_bucket_policy", { ref: "id" }, (body, writing) => {
    body.set("bucket", "Bucket").set("policy", "PolicyDocument", json(writing));
  }),
} satisfies Partial<TypeTable>;
