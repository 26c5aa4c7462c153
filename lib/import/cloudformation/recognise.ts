import { isObject } from "../../core/json";

/** Longest template that CloudFormation takes, in bytes, from S3. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const MAX_TEMPLATE = 1_048_576;

/** How much of a longer text is looked at. */
const HEAD = 4 * MAX_TEMPLATE;

/** True for text that means to be a CloudFormation template, however faulty; a design is JSON with nodes and never is. */
export function isTemplate(text: string): boolean {
  const head = text.slice(0, HEAD).trimStart();
  if (head.startsWith("{")) {
    try {
      const json: unknown = JSON.parse(text);
      if (!isObject(json) || Object.hasOwn(json, "nodes")) return false;
      return Object.hasOwn(json, "Resources") || Object.hasOwn(json, "AWSTemplateFormatVersion");
    } catch {
      return /"(AWSTemplateFormatVersion|Resources)"\s*:/.test(head) && !/"nodes"\s*:/.test(head);
    }
  }
  return /^["']?(AWSTemplateFormatVersion|Resources)["']?\s*:/m.test(head);
}
