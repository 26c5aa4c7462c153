import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { contributeSingle, sourceContainer } from "../containers";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import { att, join } from "../value";

/** Repositories, and the containers that pull from them or from Docker Hub. */
export function repositories(lowering: Lowering): void {
  for (const node of lowering.model.of("ecrRepository")) addRepository(lowering, node);
  for (const edge of lowering.model.edgesOf("pull")) pull(lowering, edge);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ecr-repository.html */
function addRepository(lowering: Lowering, node: ModelNode<"ecrRepository">): void {
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const { props } = node;
  const days = props.expireUntaggedAfterDays;
  const properties = new PropertySet()
    .set("EncryptionConfiguration", { EncryptionType: props.encryption }, lowering.from(owner, "/encryption"))
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
    deletionPolicy: "Retain",
    updateReplacePolicy: "Retain",
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

/** A digest follows "@", a tag ":". */
const suffixOf = (tag: string): string => (tag === "" ? "" : tag.startsWith("sha256:") ? `@${tag}` : `:${tag}`);

function pull(lowering: Lowering, edge: ModelEdge<"pull">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const suffix = suffixOf(edge.props.tag);
  const origin = lowering.from(edge as ModelEdge, "/tag");
  const { node, container } = source;
  if (isKind(edge.to, "dockerHub")) {
    const image = `${edge.to.props.repository}${suffix}`;
    contributeSingle(lowering, node, container.id, "Image", image, origin);
  }
  if (!isKind(edge.to, "ecrRepository")) return;
  const repository = lowering.idOf(edge.to);
  const uri = att(repository, "RepositoryUri");
  const image = suffix === "" ? uri : join("", [uri, suffix]);
  contributeSingle(lowering, node, container.id, "Image", image, origin);
  const role = roleOf(lowering, source.taskDefinition, "execution");
  role.grant(
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      resources: [att(repository, "Arn")],
    },
    edge as ModelEdge,
  );
  // The action has no resource: one login serves all repositories.
  role.grant({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }, edge as ModelEdge);
}
