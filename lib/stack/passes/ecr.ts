import type { ModelNode } from "../../model/model";
import { keep } from "../keep";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { att } from "../value";

/** Repositories. What pull edges mean is in `images.ts`. */
export function repositories(lowering: Lowering): void {
  for (const node of lowering.model.of("ecrRepository")) addRepository(lowering, node);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ecr-repository.html */
function addRepository(lowering: Lowering, node: ModelNode<"ecrRepository">): void {
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const { props } = node;
  const days = props.expireUntaggedAfterDays;
  const properties = new PropertySet()
    // AES256 is what ECR does where nothing is said, and the CDK says nothing either.
    .set(
      "EncryptionConfiguration",
      props.encryption === "AES256" ? undefined : { EncryptionType: props.encryption },
      lowering.from(owner, "/encryption"),
    )
    .set("ImageScanningConfiguration", { ScanOnPush: props.scanOnPush }, lowering.from(owner, "/scanOnPush"))
    .set("ImageTagMutability", props.imageTagMutability, lowering.from(owner, "/imageTagMutability"))
    .set(
      "LifecyclePolicy",
      days === null ? undefined : { LifecyclePolicyText: expireUntagged(days) },
      lowering.from(owner, "/expireUntaggedAfterDays"),
    )
    .set("RepositoryName", props.repositoryName, lowering.from(owner, "/repositoryName"));
  lowering.add("AWS::ECR::Repository", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("repository", owner),
    ...keep,
  });
  const key = outputKey(id, "RepositoryUri");
  lowering.output(key, att(id, "RepositoryUri"), `Where to push the images of ${node.name}.`, derived(owner));
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const expireUntagged = (days: number): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countNumber: days, countUnit: "days" },
        action: { type: "expire" },
      },
    ],
  });
