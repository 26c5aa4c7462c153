import { deployCommands, settingsOf } from "./commands";
import { folderIn, folderOf, foldersOf, type Infrastructure, lintedTemplates, type Plan, requiredIn } from "./plan";

/**
 * Majors of the actions, as released by November 2026: all run on Node.js 24, which GitHub's runners ask for.
 * https://github.com/marketplace/actions/configure-aws-credentials-action-for-github-actions (v6.2),
 * https://github.com/hashicorp/setup-terraform/releases (v4), https://github.com/actions/checkout/releases (v7)
 */
const actions = {
  checkout: "actions/checkout@v7",
  node: "actions/setup-node@v6",
  python: "actions/setup-python@v6",
  terraform: "hashicorp/setup-terraform@v4",
  credentials: "aws-actions/configure-aws-credentials@v6",
} as const;

interface Way {
  /** Steps that need no AWS account. */
  check(plan: Plan): string[];
  /** Steps in an environment, after the role was taken over. */
  deploy(plan: Plan, environment: string): string[];
}

const checkout = [`- uses: ${actions.checkout}`, "  with:", "    persist-credentials: false"];
const node = [`- uses: ${actions.node}`, "  with:", "    node-version: 24"];

const ways: Readonly<Record<Infrastructure, Way>> = {
  cloudformation: {
    check: (plan) => [
      `- uses: ${actions.python}`,
      "  with:",
      '    python-version: "3.13"',
      '- run: pip install "cfn-lint==1.*"',
      `- run: cfn-lint ${lintedTemplates(plan)}`,
    ],
    deploy: (plan, environment) => [
      "- name: Deploy",
      ...variables(plan, environment),
      "  run: |",
      ...commands(plan, environment),
    ],
  },
  cdk: {
    check: () => [
      ...node,
      ...inFolder(folderOf.cdk, "- run: npm install"),
      ...inFolder(folderOf.cdk, "- run: npm run build"),
      ...inFolder(folderOf.cdk, "- run: npx cdk synth --quiet"),
    ],
    deploy: (plan, environment) => [
      ...node,
      ...inFolder(folderOf.cdk, "- run: npm install"),
      "- name: Deploy",
      `  working-directory: ${folderOf.cdk}`,
      ...variables(plan, environment),
      "  run: |",
      ...commands(plan, environment),
    ],
  },
  terraform: {
    check: (plan) => [
      ...terraform,
      ...foldersOf(plan).flatMap((folder) => [
        ...inFolder(folder, "- run: terraform fmt -check"),
        ...inFolder(folder, "- run: terraform init -backend=false"),
        ...inFolder(folder, "- run: terraform validate"),
      ]),
    ],
    deploy: (plan, environment) => [
      ...terraform,
      "- name: Deploy",
      `  working-directory: ${folderIn(plan, environment)}`,
      ...variables(plan, environment),
      "  run: |",
      ...commands(plan, environment),
    ],
  },
};

const terraform = [`- uses: ${actions.terraform}`, "  with:", "    terraform_wrapper: false"];

const inFolder = (folder: string, step: string): string[] => [step, `  working-directory: ${folder}`];

/** What a script needs comes as variables of its step, never as an expression within the script. */
function variables(plan: Plan, environment: string): string[] {
  const rows = [
    ...Object.entries(settingsOf(plan)).map(([name, source]) => `${name}: \${{ vars.${source} }}`),
    ...requiredIn(plan, environment).map(
      ({ variable, secret }) => `${variable}: \${{ ${secret ? "secrets" : "vars"}.${variable} }}`,
    ),
  ];
  return rows.length === 0 ? [] : ["  env:", ...rows.map((line) => `    ${line}`)];
}

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => " ".repeat(by) + line);

const commands = (plan: Plan, environment: string): string[] =>
  indented(deployCommands[plan.infrastructure](plan, environment), 4);

/** The workflow: checks every pull request, deploys main from one environment to the next, keeps no long-lived key. */
export function workflowLines(plan: Plan): string[] {
  const way = ways[plan.infrastructure];
  const { environments } = plan;
  const several = environments.length > 1;
  return [
    "name: Deploy",
    "",
    "on:",
    "  pull_request:",
    "  push:",
    "    branches: [main]",
    "  workflow_dispatch:",
    ...(several
      ? [
          "    inputs:",
          "      environment:",
          "        description: Where to deploy to",
          "        type: choice",
          "        default: all",
          `        options: [all, ${environments.map(({ name }) => JSON.stringify(name)).join(", ")}]`,
        ]
      : []),
    "",
    "permissions:",
    "  contents: read",
    "",
    "jobs:",
    "  check:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    ...indented([...checkout, ...way.check(plan)], 6),
    ...environments.flatMap(({ name, stackName }, at) => {
      const before = environments[at - 1];
      const chosen = several
        ? ` && (github.event_name == 'push' || inputs.environment == 'all' || inputs.environment == '${name}')`
        : "";
      return [
        "",
        `  deploy-${name}:`,
        `    needs: [check${before ? `, deploy-${before.name}` : ""}]`,
        // A job that was not chosen does not hold up the next one; one that failed does.
        `    if: \${{ !cancelled() && !failure() && github.ref == 'refs/heads/main'${chosen} }}`,
        "    runs-on: ubuntu-latest",
        "    # Reviewers and the branches that may deploy are set on this environment in the repository's settings.",
        `    environment: ${JSON.stringify(name)}`,
        "    concurrency:",
        `      group: deploy-${name}`,
        "      cancel-in-progress: false",
        "    permissions:",
        "      contents: read",
        "      id-token: write",
        "    env:",
        `      DEPLOY_ENVIRONMENT: ${JSON.stringify(name)}`,
        `      STACK_NAME: ${JSON.stringify(stackName)}`,
        "    steps:",
        ...indented(
          [
            ...checkout,
            `- uses: ${actions.credentials}`,
            "  with:",
            "    role-to-assume: ${{ vars.AWS_ROLE_ARN }}",
            `    aws-region: ${JSON.stringify(plan.context.model.document.settings.region)}`,
            ...way.deploy(plan, name),
          ],
          6,
        ),
      ];
    }),
  ];
}
