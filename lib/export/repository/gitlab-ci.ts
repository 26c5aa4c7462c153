import { deployCommands, settingsOf } from "./commands";
import { folderIn, folderOf, foldersOf, type Infrastructure, lintedTemplates, type Plan } from "./plan";

interface Way {
  image: string;
  /** Lines before the deployment. */
  before(plan: Plan, environment: string): readonly string[];
  checkImage: string;
  check(plan: Plan): readonly string[];
}

const node = "node:24";

/** Images of the tools, by their makers. */
const ways: Readonly<Record<Infrastructure, Way>> = {
  cloudformation: {
    image: "public.ecr.aws/aws-cli/aws-cli:latest",
    before: () => [],
    checkImage: "python:3.13-slim",
    check: (plan) => ['pip install "cfn-lint==1.*"', `cfn-lint ${lintedTemplates(plan)}`],
  },
  cdk: {
    image: node,
    before: () => [`cd ${folderOf.cdk}`, "npm install"],
    checkImage: node,
    check: () => [`cd ${folderOf.cdk}`, "npm install", "npm run build", "npx cdk synth --quiet"],
  },
  terraform: {
    image: "hashicorp/terraform:1.13",
    before: (plan, environment) => [`cd ${folderIn(plan, environment)}`],
    checkImage: "hashicorp/terraform:1.13",
    check: (plan) =>
      foldersOf(plan).flatMap((folder) => [
        `terraform -chdir=${folder} fmt -check`,
        `terraform -chdir=${folder} init -backend=false`,
        `terraform -chdir=${folder} validate`,
      ]),
  },
};

const image = (name: string): string[] => ["  image:", `    name: ${name}`, '    entrypoint: [""]'];
const script = (lines: readonly string[]): string[] => lines.map((line) => `    - ${JSON.stringify(line)}`);

/**
 * The pipeline: checks every merge request and deploys the default branch from one environment to the next, each after
 * the first on a click. Jobs trade a token of GitLab's for a role in AWS; no key is stored. AWS's tools do that
 * themselves when they are told of a token file and a role.
 * https://docs.gitlab.com/ci/cloud_services/aws/, https://docs.gitlab.com/ci/yaml/#id_tokens,
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function gitlabLines(plan: Plan): string[] {
  const way = ways[plan.infrastructure];
  const settings = Object.entries(settingsOf(plan));
  return [
    "stages: [check, deploy]",
    "",
    "workflow:",
    "  rules:",
    '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
    "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
    "",
    "check:",
    "  stage: check",
    ...image(way.checkImage),
    "  script:",
    ...script(way.check(plan)),
    "",
    ".deploy:",
    "  stage: deploy",
    ...image(way.image),
    "  id_tokens:",
    "    AWS_ID_TOKEN:",
    "      aud: https://gitlab.com",
    "  variables:",
    `    AWS_REGION: ${JSON.stringify(plan.context.model.document.settings.region)}`,
    `    AWS_DEFAULT_REGION: ${JSON.stringify(plan.context.model.document.settings.region)}`,
    "    AWS_ROLE_SESSION_NAME: gitlab-$CI_PROJECT_ID-$CI_PIPELINE_ID",
    ...settings.map(([name, source]) => `    ${name}: $${source}`),
    "  before_script:",
    ...script([
      'export AWS_WEB_IDENTITY_TOKEN_FILE="$(mktemp)"',
      'printf "%s" "$AWS_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
    ]),
    ...plan.environments.flatMap(({ name, stackName }, at) => {
      const before = plan.environments[at - 1];
      return [
        "",
        `deploy-${name}:`,
        "  extends: .deploy",
        `  needs: [check${before ? `, deploy-${before.name}` : ""}]`,
        `  resource_group: deploy-${name}`,
        "  environment:",
        `    name: ${JSON.stringify(name)}`,
        "  variables:",
        `    DEPLOY_ENVIRONMENT: ${JSON.stringify(name)}`,
        `    STACK_NAME: ${JSON.stringify(stackName)}`,
        "  rules:",
        "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
        ...(at > 0 ? ["      when: manual"] : []),
        "  script:",
        ...script(way.before(plan, name)),
        "    - |",
        ...deployCommands[plan.infrastructure](plan, name).map((line) => `      ${line}`),
      ];
    }),
  ];
}
