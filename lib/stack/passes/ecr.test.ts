import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";

describe("repositories", () => {
  it("scan, keep tags fixed, expire untagged images and stay when the stack goes", () => {
    const { resource, stack, judged } = lowerDrawing((draft) => {
      draft.add("ecrRepository", { expireUntaggedAfterDays: 7 }, { name: "Web image" });
    });
    const { Properties, ...attributes } = resource("WebImage");
    expect(attributes).toEqual({
      Type: "AWS::ECR::Repository",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
    const { LifecyclePolicy, ...rest } = Properties;
    expect(rest).toEqual({
      ImageScanningConfiguration: { ScanOnPush: true },
      ImageTagMutability: "IMMUTABLE",
    });
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
    expect(JSON.parse((LifecyclePolicy as { LifecyclePolicyText: string }).LifecyclePolicyText)).toEqual({
      rules: [
        {
          rulePriority: 1,
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
          action: { type: "expire" },
        },
      ],
    });
    expect(stack.outputs.WebImageRepositoryUri).toBeDefined();
    expect(judged()).toEqual([]);
  });

  it("keep untagged images and take a name when told so", () => {
    const { resource } = lowerDrawing((draft) => {
      draft.add(
        "ecrRepository",
        { expireUntaggedAfterDays: null, repositoryName: "team/web", encryption: "KMS", imageTagMutability: "MUTABLE" },
        { name: "Web image" },
      );
    });
    expect(resource("WebImage").Properties).toEqual({
      EncryptionConfiguration: { EncryptionType: "KMS" },
      ImageScanningConfiguration: { ScanOnPush: true },
      ImageTagMutability: "MUTABLE",
      RepositoryName: "team/web",
    });
  });
});
