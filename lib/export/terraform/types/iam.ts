import type { Known } from "../../../stack/stack";
import type { Value } from "../../../stack/value";
import { type Block, raw, text } from "../hcl";
import { exprOf } from "../values";
import { Body, Reader, type TypeCell, type TypeTable, type Writing } from "../writing";
import { cell, finish, json } from "./cell";

/** Without it the provider names roles after itself, and nobody could be let make only the roles of this deployment. */
const namePrefix = text(raw("var.name"), "-");

/** Managed policies are attached one by one. */
function attachments(writing: Writing, resource: Known, reader: Reader): Block[] {
  const list = reader.take("ManagedPolicyArns");
  return (Array.isArray(list) ? list : []).map((arn: Value, at): Block => {
    const body = new Body(writing, reader)
      .put("role", writing.attribute(resource.id, "name"))
      .put("policy_arn", exprOf(writing, arn));
    const name = writing.names.of(`${resource.id}_ManagedPolicy${at + 1}`);
    return {
      type: "resource",
      labels: ["aws_iam_role_policy_attachment", name],
      entries: body.entries,
      from: reader.from(`ManagedPolicyArns/${at}`),
    };
  });
}

/** A policy of the stack belongs to one role. */
const policy: TypeCell = {
  type: "aws_iam_role_policy",
  ref: "id",
  write(writing, resource) {
    const reader = new Reader(resource);
    const roles = reader.take("Roles");
    const [role] = Array.isArray(roles) ? roles : [];
    const body = new Body(writing, reader)
      .put("role", role === undefined ? undefined : exprOf(writing, role), reader.from("Roles"))
      .omit("PolicyName")
      .set("policy", "PolicyDocument", json(writing));
    return [finish(writing, resource, "aws_iam_role_policy", body)];
  },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
export const iam = {
  "AWS::IAM::Role": cell(
    "aws_iam_role",
    { ref: "name", attributes: { Arn: "arn", RoleId: "unique_id" } },
    (body, writing) => {
      body.put("name_prefix", namePrefix).set("assume_role_policy", "AssumeRolePolicyDocument", json(writing));
    },
    attachments,
  ),
  "AWS::IAM::Policy": policy,
  "AWS::IAM::InstanceProfile": cell(
    "aws_iam_instance_profile",
    { ref: "name", attributes: { Arn: "arn" } },
    (body, writing) => {
      body.put("name_prefix", namePrefix).set("role", "Roles", (value) => {
        const [role] = Array.isArray(value) ? value : [value];
        return role === undefined ? undefined : exprOf(writing, role);
      });
    },
  ),
} satisfies Partial<TypeTable>;
