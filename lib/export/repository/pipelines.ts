import { gitlabLines } from "./gitlab-ci";
import { code } from "./markdown";
import type { PipelineId, Plan } from "./plan";
import { workflowLines } from "./workflow";

/** What deploys: a file of the host, and the words for the README. */
export interface Pipeline {
  path: string;
  about: string;
  lines(plan: Plan): string[];
  /** Says before the command that makes the role what it needs. */
  letIn: string;
  /** Parameters of the role's template that have no default. */
  parameters: readonly string[];
  /** What is set up on the host, before the list of variables. */
  setUp(plan: Plan): string;
  secret: string;
  last: string;
}

const namesOf = ({ environments }: Plan): string => environments.map(({ name }) => code(name)).join(", ");

/** One for each Git host that runs deployments. */
export const pipelines: Readonly<Record<PipelineId, Pipeline>> = {
  github: {
    path: ".github/workflows/deploy.yml",
    about: "checks every pull request and deploys `main`",
    lines: workflowLines,
    letIn:
      "An administrator lets the repository into the AWS account, once. Repositories made or renamed since 15 July 2026 also need `OwnerId` and `RepositoryId`, because GitHub's tokens name them:",
    parameters: ["Owner", "Repository"],
    setUp: (plan) =>
      `Make the GitHub environments ${namesOf(plan)} in the settings of the repository, let only the branch \`main\` deploy to them, and give those that matter reviewers. Set these variables there or for the repository:`,
    secret: ", a secret",
    last: "Push to `main`.",
  },
  gitlab: {
    path: ".gitlab-ci.yml",
    about: "checks every merge request and deploys the default branch",
    lines: gitlabLines,
    letIn:
      "An administrator lets the project into the AWS account, once. A GitLab server of your own stands in place of gitlab.com in that template and in `aud` of the pipeline:",
    parameters: ["ProjectPath"],
    setUp: (plan) =>
      `Protect the default branch, and the environments ${namesOf(plan)} where your plan of GitLab can. Set these CI/CD variables, for all environments or for each, protected:`,
    secret: ", masked",
    last: "Push to the default branch. The first environment is deployed at once, each further one on a click in the pipeline.",
  },
};

/** The template of the role that deployments take over. */
export const roleFileOf = (pipeline: PipelineId): string => `bootstrap/${pipeline}-oidc.yaml`;
