import type { Edit } from "../../document/edits/edit";
import { defineRule } from "../rule";

export const repositoryHygiene = defineRule({
  id: "ECS-ECR-002",
  severity: "warning",
  title: "Repository hygiene",
  why: "Unscanned images, tags that can be overwritten and images that pile up make deployments unsafe and costly.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html",
  needs: ["ecrRepository"],
  check({ model }, report) {
    for (const repository of model.of("ecrRepository")) {
      const { scanOnPush, imageTagMutability, expireUntaggedAfterDays } = repository.props;
      const unset = (field: string, title: string) => {
        const edits: Edit[] = [{ edit: "setField", id: repository.id, field }];
        return { at: { node: repository.id, field }, fix: { title, risk: "safe" as const, edits } };
      };
      if (!scanOnPush) {
        report({
          ...unset("/scanOnPush", "Scan on push"),
          message: `${repository.name} does not scan images when they are pushed. Turn on scanning, unless the registry scans all its repositories.`,
        });
      }
      if (imageTagMutability === "MUTABLE") {
        report({
          ...unset("/imageTagMutability", "Make tags immutable"),
          message: `Tags in ${repository.name} can be overwritten, so the same tag may run different code tomorrow. Make tags immutable.`,
        });
      }
      if (expireUntaggedAfterDays === null) {
        report({
          ...unset("/expireUntaggedAfterDays", "Expire untagged images after 14 days"),
          severity: "info",
          message: `${repository.name} keeps every image for ever, and storage is billed every month. Expire untagged images.`,
        });
      }
    }
  },
});
