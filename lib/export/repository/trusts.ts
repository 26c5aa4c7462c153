import type { PipelineId, Plan } from "./plan";

interface Trust {
  about: string;
  /** Host of the tokens, which is the name of the identity provider in AWS. */
  issuer: string;
  audience: string;
  parameters: readonly string[];
  conditions: readonly string[];
  /** What the token says of who asks: whole texts, without a wildcard. */
  subject(plan: Plan): string[];
}

/** How each host's tokens are told from all others. */
export const trusts: Readonly<Record<PipelineId, Trust>> = {
  /**
   * Repositories made since July 2026 are named with their ids in the token.
   * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
   */
  github: {
    about: "Lets the deployments of one GitHub repository into this account, without a long-lived key.",
    issuer: "token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    parameters: [
      "  Owner:",
      "    Type: String",
      "    Description: Owner of the repository on GitHub",
      '    AllowedPattern: "[A-Za-z0-9_-]+"',
      "  Repository:",
      "    Type: String",
      "    Description: Name of the repository, without the owner",
      '    AllowedPattern: "[A-Za-z0-9._-]+"',
      "  OwnerId:",
      "    Type: String",
      '    Default: ""',
      "    Description: Number of the owner, for repositories made or renamed since 15 July 2026 (gh api users/OWNER --jq .id)",
      '    AllowedPattern: "[0-9]*"',
      "  RepositoryId:",
      "    Type: String",
      '    Default: ""',
      "    Description: Number of the repository, given together with OwnerId (gh api repos/OWNER/NAME --jq .id)",
      '    AllowedPattern: "[0-9]*"',
    ],
    conditions: ['  OldSubject: !Equals [!Ref RepositoryId, ""]'],
    subject: (plan) => {
      const subjects = (repository: string): string[] =>
        plan.environments.map(({ name }) => `- !Sub repo:${repository}:environment:${name}`);
      return [
        "                # Whole subjects, without a wildcard: no other repository, and no job outside these environments.",
        "                token.actions.githubusercontent.com:sub: !If",
        "                  - OldSubject",
        ...listed(subjects("${Owner}/${Repository}")),
        ...listed(subjects("${Owner}@${OwnerId}/${Repository}@${RepositoryId}")),
      ];
    },
  },
  /** https://docs.gitlab.com/ci/cloud_services/aws/ */
  gitlab: {
    about: "Lets the deployments of one GitLab project into this account, without a long-lived key.",
    issuer: "gitlab.com",
    audience: "https://gitlab.com",
    parameters: [
      "  ProjectPath:",
      "    Type: String",
      "    Description: Groups and name of the project on GitLab, such as acme/shop",
      '    AllowedPattern: "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+"',
      "  Branch:",
      "    Type: String",
      "    Default: main",
      "    Description: The only branch that may deploy; protect it",
      '    AllowedPattern: "[A-Za-z0-9_./-]+"',
    ],
    conditions: [],
    subject: () => [
      "                # The whole subject, without a wildcard: no other project, no other branch, no merge request.",
      "                gitlab.com:sub: !Sub project_path:${ProjectPath}:ref_type:branch:ref:${Branch}",
    ],
  },
};

/** A list as one item of a list. */
const listed = (items: readonly string[]): string[] =>
  items.map((item, at) => `                  ${at === 0 ? "-" : " "} ${item}`);
