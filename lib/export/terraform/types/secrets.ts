import type { Known } from "../../../stack/stack";
import type { Properties, Value } from "../../../stack/value";
import { type Block, call, type Hcl, literal, object, raw, text } from "../hcl";
import { Body, type Reader, type TypeTable, type Writing } from "../writing";
import { cell, kebab, keep, named } from "./cell";

/**
 * A password that Secrets Manager makes up. It never enters the state: an ephemeral value, written once.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/ephemeral-resources/secretsmanager_random_password
 */
function generated(writing: Writing, resource: Known, main: Reader): Block[] {
  const generate = resource.properties.GenerateSecretString as Properties | undefined;
  if (!generate) return [];
  const reader = main.inner("GenerateSecretString") as Reader;
  const name = writing.names.of(resource.id);
  const password = new Body(writing, reader);
  for (const [property, argument] of Object.entries(passwordArguments)) password.set(argument, property);
  const made = raw(`ephemeral.aws_secretsmanager_random_password.${name}.random_password`);
  const { SecretStringTemplate, GenerateStringKey } = generate;
  password.omit("SecretStringTemplate", "GenerateStringKey");
  const version = new Body(writing, main)
    .put("secret_id", writing.attribute(resource.id, "id"))
    .put("secret_string_wo", inTemplate(SecretStringTemplate, GenerateStringKey, made))
    .put("secret_string_wo_version", literal(1));
  return [
    {
      type: "ephemeral",
      labels: ["aws_secretsmanager_random_password", name],
      entries: password.entries,
      from: reader.from(),
    },
    {
      type: "resource",
      labels: ["aws_secretsmanager_secret_version", name],
      entries: version.entries,
      from: reader.from(),
      comment: "Written once. A higher version writes a new password.",
    },
  ];
}

const passwordArguments = {
  PasswordLength: "password_length",
  ExcludeCharacters: "exclude_characters",
  ExcludeLowercase: "exclude_lowercase",
  ExcludeNumbers: "exclude_numbers",
  ExcludePunctuation: "exclude_punctuation",
  ExcludeUppercase: "exclude_uppercase",
  IncludeSpace: "include_space",
  RequireEachIncludedType: "require_each_included_type",
} as const;

/** The password by itself, or as one key of a JSON text. */
function inTemplate(template: Value | undefined, key: Value | undefined, password: Hcl): Hcl {
  if (typeof template !== "string" || typeof key !== "string") return password;
  return call("jsonencode", call("merge", call("jsondecode", text(template)), object({ [key]: password })));
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret and its neighbours */
export const secrets = {
  "AWS::SecretsManager::Secret": cell(
    "aws_secretsmanager_secret",
    { ref: "arn", attributes: { Id: "arn" } },
    (body, _writing, resource) => {
      body.set("name", "Name").set("description", "Description");
      keep(body, resource);
    },
    generated,
  ),
  "AWS::SSM::Parameter": cell(
    "aws_ssm_parameter",
    { ref: "name", attributes: { Type: "type", Value: "insecure_value" } },
    (body, _writing, { id, properties }) => {
      if (properties.Name === undefined) body.put("name", named(kebab(id)));
      body
        .set("name", "Name")
        .set("type", "Type")
        .set("tier", "Tier")
        .set("description", "Description")
        .set(properties.Type === "String" ? "insecure_value" : "value", "Value");
    },
  ),
  "AWS::Logs::LogGroup": {
    ...cell("aws_cloudwatch_log_group", { ref: "name", attributes: { Arn: "arn" } }, (body) => {
      body.set("name", "LogGroupName").set("retention_in_days", "RetentionInDays").set("kms_key_id", "KmsKeyId");
    }),
    // The ARN of all its streams. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    endings: { Arn: ":*" },
  },
} satisfies Partial<TypeTable>;
