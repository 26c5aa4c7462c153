import { safe, set } from "../repairs";
import { defineRule } from "../rule";

const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const isName = (name: string): boolean => name.length >= 2 && name.length <= 256 && NAME.test(name);

/** The closest name that ECR takes; undefined when nothing of it is left. */
const mended = (name: string): string | undefined => {
  const better = (name.toLowerCase().match(/[a-z0-9]+|\//g) ?? [])
    .join("-")
    .replace(/-*\/-*/g, "/")
    .replace(/^[-/]+|[-/]+$/g, "")
    .replace(/\/+/g, "/")
    .slice(0, 256);
  return isName(better) ? better : undefined;
};

export const repositoryName = defineRule({
  id: "ECS-ECR-003",
  severity: "error",
  title: "Repository name",
  why: "ECR refuses repository names with capitals, spaces or other characters than letters, digits, . _ - and /.",
  docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html",
  needs: ["ecrRepository"],
  check({ model }, report) {
    for (const repository of model.of("ecrRepository")) {
      const days = repository.props.expireUntaggedAfterDays;
      if (days !== null && days < 1) {
        report({
          at: { node: repository.id, field: "/expireUntaggedAfterDays" },
          message: `${repository.name} expires untagged images after ${days} days; a lifecycle policy counts from 1, and ECR refuses it otherwise. Use 14, or none to keep them.`,
          fix: safe("Expire them after 14 days", set(repository.id, "/expireUntaggedAfterDays", 14)),
        });
      }
      const name = repository.props.repositoryName;
      if (name === undefined || isName(name)) continue;
      const better = mended(name);
      report({
        at: { node: repository.id, field: "/repositoryName" },
        message: `“${name}” is not a valid repository name: 2 to 256 lower-case letters, digits, . _ - and / only. Change it, or leave it empty and let CloudFormation choose one.`,
        fix: {
          title: better === undefined ? "Let CloudFormation choose the name" : `Name it ${better}`,
          risk: "safe",
          edits: [
            {
              edit: "setField",
              id: repository.id,
              field: "/repositoryName",
              ...(better === undefined ? {} : { value: better }),
            },
          ],
        },
      });
    }
  },
});
