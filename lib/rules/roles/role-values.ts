import { clip, list } from "../../core/text";
import type { Report } from "../rule";
import type { Slot } from "./slots";

const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
const POLICY_ARN = /^arn:[a-z-]+:iam::(aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/;
/** "sqs:SendMessage", "s3:Get*", "*". https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/i;
const RESOURCE = /^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$/;

/** Values in a role slot that IAM cannot read, so that it refuses the role or nobody can use it. */
export function checkRole({ node, field, name, role }: Slot, report: Report): void {
  const who = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const say = (at: string, what: string, todo: string) =>
    report({
      at: { node: node.id, field: `${field}${at}` },
      message: `${who} ${what}, so it cannot be used. ${todo}.`,
    });
  if (role.mode === "existing" && !ROLE_ARN.test(role.arn)) {
    say(
      "/arn",
      `is given as “${clip(role.arn, 80)}”, which is not the ARN of a role`,
      "Use the full ARN, such as arn:aws:iam::123456789012:role/name, or let the role be derived",
    );
  }
  if (role.mode !== "own") return;
  for (const [index, arn] of role.managedPolicyArns.entries()) {
    if (POLICY_ARN.test(arn)) continue;
    say(
      `/managedPolicyArns/${index}`,
      `attaches “${clip(arn, 80)}”, which is not the ARN of a policy`,
      "Use the full ARN, or remove it",
    );
  }
  for (const [index, { actions, resources }] of role.statements.entries()) {
    const at = `/statements/${index}`;
    const action = actions.findIndex((item) => !ACTION.test(item));
    const resource = resources.findIndex((item) => !RESOURCE.test(item));
    const missing = [...(actions.length === 0 ? ["actions"] : []), ...(resources.length === 0 ? ["resources"] : [])];
    if (missing.length > 0) {
      report({
        at: { node: node.id, field: at },
        severity: "warning",
        message: `${who} has a statement without ${list(missing)}, which allows nothing, so the exports leave it out. Complete it, or remove it.`,
      });
    }
    if (action >= 0) {
      const text = clip(actions[action] ?? "", 60);
      say(
        `${at}/actions/${action}`,
        `allows “${text}”, which is no action`,
        "Write service:Action, such as sqs:SendMessage",
      );
    }
    if (resource >= 0) {
      const text = clip(resources[resource] ?? "", 60);
      say(`${at}/resources/${resource}`, `names the resource “${text}”, which is no ARN`, "Write the full ARN");
    }
  }
}
