import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, type Value } from "../../../stack/value";
import { arr, type Expr, lit, obj, raw } from "../code";
import { str } from "../values";
import { duration, isText, only, removalPolicy } from "./shared";
import type { Single } from "./single";

const DAY = 86_400;

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecr.Repository.html */
export const repository: Single = {
  type: "ecr.Repository",
  ref: "repositoryName",
  attributes: { Arn: "repositoryArn", RepositoryUri: "repositoryUri" },
  retains: true,
  says(_writing, resource) {
    const { EncryptionConfiguration, ImageScanningConfiguration, ImageTagMutability, LifecyclePolicy, RepositoryName } =
      resource.properties;
    const keys = ["EncryptionConfiguration", "ImageScanningConfiguration", "ImageTagMutability", "LifecyclePolicy"];
    return (
      only(resource, ...keys, "RepositoryName") &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      (EncryptionConfiguration === undefined || isKms(EncryptionConfiguration)) &&
      isScan(ImageScanningConfiguration) &&
      (ImageTagMutability === "IMMUTABLE" || ImageTagMutability === "MUTABLE") &&
      (LifecyclePolicy === undefined || untaggedDays(resource) !== undefined) &&
      (RepositoryName === undefined || RepositoryName instanceof Intrinsic || isName(RepositoryName))
    );
  },
  props(writing, resource) {
    const { EncryptionConfiguration, ImageScanningConfiguration, ImageTagMutability, RepositoryName } =
      resource.properties;
    const days = untaggedDays(resource);
    return obj({
      repositoryName: RepositoryName === undefined ? undefined : str(writing, RepositoryName),
      imageTagMutability: raw(`ecr.TagMutability.${ImageTagMutability}`),
      imageScanOnPush: lit((ImageScanningConfiguration as { ScanOnPush: boolean }).ScanOnPush),
      encryption: EncryptionConfiguration === undefined ? undefined : raw("ecr.RepositoryEncryption.KMS"),
      lifecycleRules: days === undefined ? undefined : arr([untaggedRule(days)]),
      removalPolicy: removalPolicy(resource),
    });
  },
};

/** Names that the class lets pass. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const isName = (value: Value): boolean =>
  isText(value) &&
  /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(value) &&
  value.length > 1 &&
  value.length <= 256;
const isKms = (value: Value): boolean => JSON.stringify(value) === JSON.stringify({ EncryptionType: "KMS" });
const isScan = (value: Value | undefined): boolean =>
  typeof (value as { ScanOnPush?: unknown } | undefined)?.ScanOnPush === "boolean" &&
  Object.keys(value as object).length === 1;

const untaggedRule = (days: number): Expr =>
  obj({ rulePriority: lit(1), tagStatus: raw("ecr.TagStatus.UNTAGGED"), maxImageAge: duration(days * DAY) });

/** Days after which the one rule of a lifecycle policy expires images without a tag; undefined for any other policy. */
function untaggedDays({ properties }: Known): number | undefined {
  const { LifecyclePolicyText, ...more } = (properties.LifecyclePolicy ?? {}) as Properties;
  if (!isText(LifecyclePolicyText) || Object.keys(more).length > 0) return undefined;
  const days = Number(/"countNumber":(\d+)/.exec(LifecyclePolicyText)?.[1]);
  const selection = { tagStatus: "untagged", countType: "sinceImagePushed", countNumber: days, countUnit: "days" };
  const text = JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] });
  return text === LifecyclePolicyText && days > 0 ? days : undefined;
}
