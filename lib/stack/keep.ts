import type { Resource } from "./stack";

/**
 * What holds people's data stays when its stack goes or replaces it. A creation that fails takes it away again: it is
 * empty then, and left behind it would stand in the way of the next attempt. `RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE`
 * of the CDK. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const keep = {
  deletionPolicy: "RetainExceptOnCreate",
  updateReplacePolicy: "Retain",
} as const satisfies Pick<Resource, "deletionPolicy" | "updateReplacePolicy">;
