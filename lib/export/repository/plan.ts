import { templateQuotas } from "../../aws/template-quotas";
import { logicalIdFrom, slug } from "../../core/ids";
import { compareKeys } from "../../core/json";
import type { Parameter, Stack } from "../../stack/stack";
import type { ExportContext, OutFile } from "../target";

/** Targets that describe the infrastructure, in the order in which they are offered. */
export const infrastructures = ["cloudformation", "cdk", "terraform"] as const;
export type Infrastructure = (typeof infrastructures)[number];

/** Git hosts that deploy. */
export const pipelineIds = ["github", "gitlab"] as const;
export type PipelineId = (typeof pipelineIds)[number];

/** Everything that README, workflow and roles have to agree on. */
export interface Plan {
  stack: Stack;
  context: ExportContext;
  infrastructure: Infrastructure;
  /** What deploys; null where nobody wants that. */
  pipeline: PipelineId | null;
  /** Path of the template of the role that deployments take over. */
  roleFile: string;
  designFile: string;
  /** Of the CloudFormation stack, without the environment. */
  stackName: string;
  /** Construct id of the CDK's stack, as the CDK export chooses it. */
  stackId: string;
  /** Environments of the Git host to deploy to, in order; the first is the only one where the design has none. */
  environments: readonly { name: string; stackName: string }[];
  /** Whether one template stands for all environments and a parameter says which. */
  parameter: string | null;
  /** Whether each environment has a folder of its own, because the format takes one at a time. */
  apart: boolean;
  /** Parameters without a default: somebody has to say them, in these environments. */
  required: readonly Required[];
  /** Parameters with a default that somebody may want to change, such as a number of tasks that starts at 0. */
  preset: readonly { id: string; value: string; description: string }[];
  files: readonly OutFile[];
  /** The template is too long to be sent with the request, or names others. */
  bucket: boolean;
  /** The template names others by their path, so that it has to be packaged before it is deployed. */
  nested: boolean;
}

export interface Required {
  id: string;
  variable: string;
  secret: boolean;
  description: string;
  environments: readonly string[];
}

/** The folder of the infrastructure, as an environment sees it. */
export const folderIn = ({ infrastructure, apart }: Plan, environment: string): string =>
  apart ? `${folderOf[infrastructure]}/${environment}` : folderOf[infrastructure];

/** Every folder of the infrastructure. */
export const foldersOf = (plan: Plan): string[] => [
  ...new Set(plan.environments.map(({ name }) => folderIn(plan, name))),
];

/** The parameters that somebody has to say in an environment. */
export const requiredIn = (plan: Plan, environment: string): readonly Required[] =>
  plan.required.filter(({ environments }) => environments.includes(environment));

/** Folder of each kind of infrastructure code. */
export const folderOf: Readonly<Record<Infrastructure, string>> = {
  cloudformation: "cloudformation",
  cdk: "cdk",
  terraform: "terraform",
};

/** Nested templates, beside the one that names them. */
export const NESTED_TEMPLATES = `${folderOf.cloudformation}/nested/`;

/** What `aws cloudformation package` makes of the templates; kept by nobody. */
export const PACKAGED = "packaged.yaml";

/** The template that is deployed. */
export const deployedTemplate = ({ nested }: Plan): string =>
  nested ? PACKAGED : `${folderOf.cloudformation}/template.yaml`;

/** Puts nested templates into the bucket and writes where they are. https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html */
export const packageCommand = ({ nested }: Plan, bucket: string): string[] =>
  nested
    ? [
        "aws cloudformation package \\",
        `  --template-file ${folderOf.cloudformation}/template.yaml \\`,
        `  --s3-bucket ${bucket} \\`,
        `  --output-template-file ${PACKAGED}`,
      ]
    : [];

/** Templates that cfn-lint reads. */
export const lintedTemplates = ({ nested, roleFile }: Plan): string =>
  [`${folderOf.cloudformation}/template.yaml`, ...(nested ? [`${NESTED_TEMPLATES}*.yaml`] : []), roleFile].join(" ");

/** Environment of a design that has no environments of its own. */
const ONLY = "production";

export function planOf(
  stack: Stack,
  context: ExportContext,
  given: Pick<Plan, "infrastructure" | "pipeline" | "roleFile" | "apart">,
  files: readonly OutFile[],
): Plan {
  const stackName = stackNameFrom(context.designName);
  const merged = stack.environments;
  const suffixed = (name: string) => ({ name, stackName: `${stackName}-${name}` });
  const environments = merged
    ? merged.names.map(suffixed)
    : context.environment === null
      ? [{ name: ONLY, stackName }]
      : [suffixed(context.environment)];
  const names = environments.map(({ name }) => name);
  // What only one environment reads has a default in the template, so that the others need not give it.
  const parameterIn = (id: string, name: string): Parameter | undefined => {
    const own = merged && Object.hasOwn(merged.parameters, id) ? merged.parameters[id] : undefined;
    return own ? own[name] : stack.parameters[id];
  };
  const needing = (id: string): string[] =>
    names.filter((name) => {
      const parameter = parameterIn(id, name);
      return parameter !== undefined && parameter.default === undefined;
    });
  // What is not made of the one template has its parameters under their own names.
  const idIn = (id: string): string =>
    (given.infrastructure === "cloudformation" ? undefined : merged?.originalIds[id]) ?? id;
  const asked = Object.entries(stack.parameters).filter(([id]) => id !== merged?.parameter);
  const required = asked
    .map(([merging, { noEcho, description }]) => ({ merging, id: idIn(merging), noEcho, description }))
    .map(({ merging, id, noEcho, description }) => ({
      id,
      variable: `STACK_${id.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}`,
      secret: noEcho === true,
      description,
      environments: needing(merging),
    }))
    .filter((parameter) => parameter.environments.length > 0)
    .sort((a, b) => compareKeys(a.id, b.id));
  const preset = asked.flatMap(([id, { default: value, description }]) =>
    value === undefined || required.some((parameter) => parameter.id === id)
      ? []
      : [{ id, value: String(value), description }],
  );
  const template = files.find(({ path }) => path.endsWith("template.yaml"));
  const nested = files.some(({ path }) => path.startsWith(NESTED_TEMPLATES));
  return {
    ...given,
    stack,
    context,
    files,
    stackName,
    stackId: logicalIdFrom(context.designName, "Design", new Set()),
    designFile: `${slug(context.designName, "design")}.bayplan.json`,
    environments,
    parameter: given.apart ? null : (merged?.parameter ?? null),
    required,
    preset,
    bucket:
      nested || (template !== undefined && new TextEncoder().encode(template.text).length > templateQuotas.inlineBytes),
    nested,
  };
}

/** Letters, digits and hyphens, with a letter first, and room for the environment within 128. */
function stackNameFrom(designName: string): string {
  const name = slug(designName, "design").replaceAll("_", "-").replace(/-+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
  return /^[a-z]/.test(name) ? name : `design-${name}`.replace(/-$/, "");
}
