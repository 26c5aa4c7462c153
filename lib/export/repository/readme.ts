import { count } from "../../core/text";
import { capabilityOf } from "../capabilities";
import { Lines } from "../lines";
import { snake } from "../snake-names";
import type { OutFile } from "../target";
import { answersTo } from "./answers";
import { code, plain, row, tableHead } from "./markdown";
import { pipelines } from "./pipelines";
import {
  deployedTemplate,
  folderIn,
  folderOf,
  type Infrastructure,
  NESTED_TEMPLATES,
  type Plan,
  packageCommand,
  type Required,
  requiredIn,
} from "./plan";
import { costTable, differenceRows, dollars, portTable, resourceTable } from "./tables";

/** What a person reads first: the picture, what it becomes, what it costs, how it is deployed. */
export function readme(plan: Plan): OutFile {
  const lines = new Lines();
  const say = (...texts: string[]): void => {
    for (const text of texts) lines.add(text);
  };
  const section = (title: string): void => say("", `## ${title}`, "");
  const { context, stack } = plan;
  say(`# ${plain(context.designName) || "Design"}`, "", "![Architecture](architecture.svg)", "");
  say(
    `${count(Object.keys(stack.resources).length, "AWS resource")} in ${context.model.document.settings.region}, drawn with Bayplan. The picture and [${plan.designFile}](${plan.designFile}) open again in it; everything else here is written from the design.`,
  );
  if (context.findings.length > 0) {
    section("Errors in the design");
    say("The design was exported although it has errors. They come first:", "");
    for (const { rule, message } of context.findings) say(`- **${plain(rule)}**: ${plain(message)}`);
  }
  section("What is in here");
  for (const [path, about] of contents(plan)) say(`- [${path}](${path}): ${about}`);
  section("Resources");
  say("Which resources each part of the drawing becomes, by logical id in the template.", "");
  resourceTable(lines, stack, context);
  const ports = new Lines();
  if (portTable(ports, stack)) {
    section("Ports");
    portTable(lines, stack);
  }
  const answers = answersTo(stack);
  if (answers.length > 0) {
    section("Review by rule");
    say(
      "What cdk-nag's AwsSolutions pack reports of this design, and why it stands:",
      "",
      ...tableHead(["Rule", "It wants", "Here"]),
      ...answers.map(({ rule, wants, because }) => row([rule, wants, because])),
    );
  }
  section("Cost");
  if (context.cost) {
    say(
      `Estimated with AWS's list prices of ${plain(context.cost.priceDate)} and the usage that the design assumes.${stack.environments ? " This is the design as drawn; what each environment comes to stands below." : ""}`,
      "",
    );
    costTable(lines, context.cost, context);
    if (context.cost.unknown.length > 0) {
      say("", "Not in the total:", "", ...[...new Set(context.cost.unknown)].map((why) => `- ${plain(why)}`));
    }
  } else say("No prices were at hand when this was written.");
  if (context.environment === null && context.environments.length > 0) environments(plan, say, section);
  section("Deploy");
  deploy(plan).forEach((step, at) => {
    if (at > 0) say("");
    say(...step.map((line, index) => (index === 0 ? `${at + 1}. ${line}` : line === "" ? "" : `   ${line}`)));
  });
  if (plan.files.some(({ path }) => path === "compose.yaml")) {
    section("Run locally");
    say("Copy `.env.example`, where there is one, to `.env`, fill it in, and start the containers:", "");
    say("```sh", "docker compose up", "```");
  }
  return { path: "README.md", text: lines.text(), lines: lines.origins };
}

/** Files to open first, with a word on each. */
function contents({ files, designFile, pipeline, roleFile, infrastructure }: Plan): [string, string][] {
  const about: [string, string][] = [
    ["architecture.svg", "the picture, which carries the design"],
    [designFile, "the design"],
    ...files
      .filter(
        ({ path }) =>
          path.startsWith(`${folderOf[infrastructure]}/`) && /template\.yaml$|cdk\.json$|versions\.tf$/.test(path),
      )
      .map(({ path }): [string, string] => [path, "the infrastructure"]),
    ...files
      .filter(({ path }) => path.startsWith(NESTED_TEMPLATES))
      .map(({ path }): [string, string] => [path, "a part of the infrastructure"]),
    ...files
      .filter(({ path }) => path.startsWith("task-definitions/"))
      .map(({ path }): [string, string] => [path, "for `aws ecs register-task-definition`"]),
  ];
  if (files.some(({ path }) => path === "compose.yaml")) about.push(["compose.yaml", "the containers on your machine"]);
  if (pipeline !== null) {
    about.push(
      [pipelines[pipeline].path, pipelines[pipeline].about],
      [roleFile, "the role that deployments take over"],
    );
  }
  return about;
}

function environments(plan: Plan, say: (...texts: string[]) => void, section: (title: string) => void): void {
  section("Environments");
  const { context } = plan;
  say("One design for all of them. What each comes to, by the same rules and prices as above:", "");
  say(...tableHead(["Environment", "AWS resources", "Errors", "Warnings", "USD a month"], [1, 2, 3, 4]));
  for (const { name, stack, findings, cost } of context.environments) {
    const of = (severity: string): string => String(findings.filter((finding) => finding.severity === severity).length);
    const resources = String(Object.keys(stack.resources).length);
    say(row([code(name), resources, of("error"), of("warning"), cost ? dollars(cost.total) : "unknown"]));
  }
  const rows = differenceRows(context);
  if (rows.length === 0) return;
  say("", "Settings that are not the same in all of them:", "");
  say(...tableHead(["Part", "Setting", "As drawn", ...context.environments.map(({ name }) => code(name))]), ...rows);
}

interface Way {
  /** Lines of the last step, where the workflow does not deploy. */
  byHand(plan: Plan): string[];
  /** What has to be there once, beside the role, or has to be known. */
  once(plan: Plan): readonly string[][];
  variables(plan: Plan): string[];
  /** Gives one parameter another value and leaves all else as it is. */
  set(plan: Plan, parameter: string): string[];
}

/** A CDK app of several environments has a stack for each. */
const firstStack = ({ parameter, stackId, environments: [first] }: Plan): string =>
  parameter === null ? "" : `${stackId}-${first?.name} `;

const firstFolder = (plan: Plan): string => folderIn(plan, plan.environments[0]?.name ?? "");

const ways: Readonly<Record<Infrastructure, Way>> = {
  cloudformation: {
    once: ({ nested }) =>
      nested
        ? [
            [
              "The design is too large for one template, so `cloudformation/template.yaml` nests those in `cloudformation/nested`. What holds data or has a name of its own stays in the first while there is room. CloudFormation makes a resource that an edit moves to another template anew and then deletes the old one: `git diff --stat` shows whether an edit made or emptied a nested template, and `aws cloudformation create-stack-refactor` moves what is deployed (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html).",
            ],
          ]
        : [],
    set: (plan, parameter) => [
      ...packageCommand(plan, "…"),
      "aws cloudformation deploy \\",
      `  --stack-name ${plan.environments[0]?.stackName} \\`,
      `  --template-file ${deployedTemplate(plan)} \\`,
      ...(plan.bucket ? ["  --s3-bucket … \\"] : []),
      `  --parameter-overrides ${parameter}=… \\`,
      "  --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM",
    ],
    variables: ({ bucket }) => [
      "`AWS_EXECUTION_ROLE_ARN`: the output `ExecutionRoleArn`",
      ...(bucket ? ["`AWS_TEMPLATE_BUCKET`: the output `TemplateBucket`"] : []),
    ],
    byHand: (plan) => {
      const { stack, parameter, bucket } = plan;
      const [first] = plan.environments;
      const values = [
        ...(parameter === null ? [] : [`${parameter}=${first?.name}`]),
        ...requiredIn(plan, first?.name ?? "").map(({ id }) => `${id}=…`),
      ];
      return [
        ...packageCommand(plan, "…"),
        "aws cloudformation deploy \\",
        `  --stack-name ${first?.stackName} \\`,
        `  --template-file ${deployedTemplate(plan)} \\`,
        ...(bucket ? ["  --s3-bucket … \\"] : []),
        ...(values.length === 0 ? [] : [`  --parameter-overrides ${values.join(" ")} \\`]),
        `  --capabilities ${capabilityOf(stack)}`,
      ];
    },
  },
  cdk: {
    once: () => [
      [
        "Prepare the account for the CDK, once for each Region:",
        "",
        "```sh",
        "cd cdk && npm install && npx cdk bootstrap",
        "```",
      ],
    ],
    variables: () => [],
    set: (plan, parameter) => ["cd cdk", `npx cdk deploy ${firstStack(plan)}--parameters ${parameter}=…`],
    byHand: (plan) => [
      "cd cdk && npm install",
      [
        `npx cdk deploy ${firstStack(plan)}`.trim(),
        ...requiredIn(plan, plan.environments[0]?.name ?? "").map(({ id }) => `--parameters ${id}=…`),
      ].join(" "),
    ],
  },
  terraform: {
    once: () => [["Make a bucket for Terraform's state, with versioning on."]],
    variables: () => ["`TF_STATE_BUCKET`: the bucket of the state"],
    set: (plan, parameter) => [`cd ${firstFolder(plan)}`, `terraform apply -var="${snake(parameter)}=…"`],
    byHand: (plan) => [
      `cd ${firstFolder(plan)}`,
      `terraform init -backend-config="bucket=…" -backend-config="key=${plan.environments[0]?.stackName}.tfstate"`,
      [
        "terraform apply",
        ...requiredIn(plan, plan.environments[0]?.name ?? "").map(({ id }) => `-var="${snake(id)}=…"`),
      ].join(" "),
    ],
  },
};

/** Names the environments that a value is for, where not all need it. */
const where = ({ environments }: Plan, { environments: needing }: Required): string =>
  needing.length === environments.length ? "" : ` (${needing.map(code).join(", ")})`;

const shell = (lines: readonly string[]): string[] => ["", "```sh", ...lines, "```"];

/** What starts at a default until somebody says otherwise: services at no task until their image is there. */
function later(plan: Plan, { set }: Way): string[][] {
  const { preset } = plan;
  if (preset.length === 0) return [];
  return [
    [
      "These parameters have a default, and later deployments keep what was set:",
      "",
      ...preset.map(({ id, value, description }) => `- ${code(id)} (${code(value)}): ${plain(description)}`),
      "",
      "To set one, with images pushed first where it counts tasks:",
      ...shell(set(plan, preset[0]?.id ?? "")),
    ],
  ];
}

function deploy(plan: Plan): string[][] {
  const way = ways[plan.infrastructure];
  const steps: string[][] = [...way.once(plan)];
  if (plan.required.length > 0) {
    steps.push([
      "Have these values at hand; the template has no default for them:",
      "",
      ...plan.required.map(
        (parameter) => `- ${code(parameter.id)}${where(plan, parameter)}: ${plain(parameter.description)}`,
      ),
    ]);
  }
  if (plan.pipeline === null) return [...steps, ["Deploy:", ...shell(way.byHand(plan))], ...later(plan, way)];
  const pipeline = pipelines[plan.pipeline];
  return [
    ...steps,
    [
      pipeline.letIn,
      ...shell([
        "aws cloudformation deploy \\",
        `  --stack-name ${plan.stackName}-${plan.pipeline} \\`,
        `  --template-file ${plan.roleFile} \\`,
        `  --parameter-overrides ${pipeline.parameters.map((name) => `${name}=…`).join(" ")} \\`,
        "  --capabilities CAPABILITY_IAM",
      ]),
    ],
    [
      pipeline.setUp(plan),
      "",
      ...["`AWS_ROLE_ARN`: the output `DeployRoleArn`", ...way.variables(plan)].map((line) => `- ${line}`),
      ...plan.required.map(
        (parameter) =>
          `- ${code(parameter.variable)}${where(plan, parameter)}${parameter.secret ? pipeline.secret : ""}: the value of ${code(parameter.id)}`,
      ),
    ],
    [pipeline.last],
    ...later(plan, way),
    ["To deploy by hand instead:", ...shell(way.byHand(plan))],
  ];
}
