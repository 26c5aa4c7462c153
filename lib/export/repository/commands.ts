import { capabilityOf } from "../capabilities";
import { snake } from "../snake-names";
import { deployedTemplate, type Infrastructure, type Plan, packageCommand, requiredIn } from "./plan";

/**
 * The shell lines that deploy one environment, the same on every host. They read STACK_NAME, DEPLOY_ENVIRONMENT, the
 * variables of the parameters, and EXECUTION_ROLE, TEMPLATE_BUCKET or STATE_BUCKET; nothing of the design stands in them
 * but logical ids.
 */
export const deployCommands: Readonly<Record<Infrastructure, (plan: Plan, environment: string) => string[]>> = {
  cloudformation: (plan, environment) => {
    const overrides = [
      ...(plan.parameter === null ? [] : [`"${plan.parameter}=$DEPLOY_ENVIRONMENT"`]),
      ...requiredIn(plan, environment).map(({ id, variable }) => `"${id}=$${variable}"`),
    ];
    return [
      ...packageCommand(plan, '"$TEMPLATE_BUCKET"'),
      "aws cloudformation deploy \\",
      '  --stack-name "$STACK_NAME" \\',
      `  --template-file ${deployedTemplate(plan)} \\`,
      ...(plan.bucket ? ['  --s3-bucket "$TEMPLATE_BUCKET" \\'] : []),
      '  --role-arn "$EXECUTION_ROLE" \\',
      `  --capabilities ${capabilityOf(plan.stack)} \\`,
      ...(overrides.length === 0 ? [] : [`  --parameter-overrides ${overrides.join(" ")} \\`]),
      "  --no-fail-on-empty-changeset",
    ];
  },
  cdk: (plan, environment) => [
    [
      `npx cdk deploy ${plan.parameter === null ? "" : `"${plan.stackId}-$DEPLOY_ENVIRONMENT" `}--require-approval never`,
      ...requiredIn(plan, environment).map(({ id, variable }) => `--parameters "${id}=$${variable}"`),
    ].join(" "),
  ],
  terraform: (plan, environment) => [
    'terraform init -backend-config="bucket=$STATE_BUCKET" -backend-config="key=$STACK_NAME.tfstate"',
    [
      "terraform apply -auto-approve",
      ...requiredIn(plan, environment).map(({ id, variable }) => `-var "${snake(id)}=$${variable}"`),
    ].join(" "),
  ],
};

/** What each kind of infrastructure reads from the settings of the repository: name in the script → name there. */
export const settingsOf = (plan: Plan): Readonly<Record<string, string>> => {
  const of: Readonly<Record<Infrastructure, Readonly<Record<string, string>>>> = {
    cloudformation: {
      EXECUTION_ROLE: "AWS_EXECUTION_ROLE_ARN",
      ...(plan.bucket ? { TEMPLATE_BUCKET: "AWS_TEMPLATE_BUCKET" } : {}),
    },
    cdk: {},
    terraform: { STATE_BUCKET: "TF_STATE_BUCKET" },
  };
  return of[plan.infrastructure];
};
