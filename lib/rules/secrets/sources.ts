import { nearestWithin, type Range, rangeText, within } from "../../aws/docs";
import { isObject } from "../../core/json";
import { clip } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { review, safe, set } from "../repairs";
import type { Report } from "../rule";

export const SECRET_ARN = /^arn:[a-z-]+:secretsmanager:([a-z0-9-]+):\d{12}:secret:[^:\s]+(:[^:\s]*){0,3}$/;
export const PARAMETER_ARN = /^arn:[a-z-]+:ssm:([a-z0-9-]+):\d{12}:parameter\/?\S+$/;
export const PARAMETER_NAME = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

/** Lengths that Secrets Manager and Parameter Store take. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html, https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
const longestPassword = 4096;
const longestDescription = 2048;
const longestValue = { Standard: 4096, Advanced: 8192 } as const;

/** What secrets and parameters of the design hold or name, where it is nothing that ECS or AWS can use. */
export function checkSources(model: Model, report: Report): void {
  for (const secret of model.of("secret")) checkSecret(model, secret, report);
  for (const parameter of model.of("ssmParameter")) {
    const { source, tier } = parameter.props;
    if (source.from === "existing") {
      if (PARAMETER_NAME.test(source.name)) continue;
      report({
        at: { node: parameter.id, field: "/source/name" },
        message: `${parameter.name} points to “${clip(source.name, 80)}”, which is not the name of a parameter, so ECS cannot resolve it from ${model.region}. Use a name such as /app/api-key.`,
      });
    } else if (source.value === "" || source.value.length > longestValue[tier]) {
      report({
        at: { node: parameter.id, field: "/source/value" },
        message: `${parameter.name} ${source.value === "" ? "has an empty value" : `has a value of ${source.value.length} characters`}; a ${tier} parameter holds 1 to ${longestValue[tier]}, and AWS refuses it otherwise. Give it a value of that length.`,
      });
    }
  }
}

function checkSecret(model: Model, secret: ModelNode<"secret">, report: Report): void {
  const { source, description = "" } = secret.props;
  const say = (field: string, message: string, fix?: ReturnType<typeof safe>) =>
    report({ at: { node: secret.id, field }, message, ...(fix ? { fix } : {}) });
  if (source.from === "existing") {
    if (SECRET_ARN.test(source.arn)) return;
    say(
      "/source/arn",
      `${secret.name} points to “${clip(source.arn, 80)}”, which is not the ARN of a secret, so ECS cannot resolve it from ${model.region}. Use the full ARN, or let the template generate the secret.`,
    );
    return;
  }
  // Each kind of character occurs at least once: small and capital letters, digits, punctuation unless excluded.
  const range: Range = { min: source.excludePunctuation ? 3 : 4, max: longestPassword, unit: "characters" };
  if (!within(range, source.length)) {
    const nearest = source.length < range.min ? 32 : nearestWithin(range, source.length);
    say(
      "/source/length",
      `${secret.name} asks for a password of ${source.length} characters; Secrets Manager makes ${rangeText(range)}. Use ${nearest}.`,
      safe(`Use ${nearest}`, set(secret.id, "/source/length", nearest)),
    );
  }
  if (source.template !== undefined && !objectIn(source.template)) {
    say(
      "/source/template",
      `${secret.name} has the JSON template “${clip(source.template, 60)}”, which is not a JSON object, so Secrets Manager refuses it. Write something like {"username":"app"}.`,
    );
  }
  if (source.key === "") {
    say(
      "/source/key",
      `${secret.name} puts its password under a key without a name, so Secrets Manager refuses it. Name the key, such as password.`,
      safe("Clear the key", set(secret.id, "/source/key")),
    );
  }
  if (description.length > longestDescription) {
    say(
      "/description",
      `${secret.name} has a description of ${description.length} characters; Secrets Manager takes ${longestDescription}. Shorten it.`,
    );
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A key that the secret of the template does not have. What an existing secret holds, nobody can see. */
export function checkKey(edge: ModelEdge<"inject">, report: Report): void {
  const { jsonKey, name } = edge.props;
  if (!jsonKey || !isKind(edge.to, "secret")) return;
  const { source } = edge.to.props;
  if (source.from === "existing") return;
  const plain = source.template === undefined && source.key === undefined;
  const fields = source.template === undefined ? {} : objectIn(source.template);
  // A template that is no object says so itself.
  if (!fields || (!plain && (jsonKey === (source.key ?? "password") || Object.hasOwn(fields, jsonKey)))) return;
  report({
    at: { edge: edge.id, field: "/jsonKey" },
    also: [{ node: edge.to.id, field: "/source" }],
    message: `${name} asks for the JSON key “${clip(jsonKey, 60)}” of ${edge.to.name}, but ${edge.to.name} is generated ${plain ? "as a plain password without keys" : "without that key"}, so the task stops before it starts. ${plain ? "Clear the key, or have the password stored under it" : "Choose a key that it has"}.`,
    ...(plain
      ? { fix: review(`Store the password under ${clip(jsonKey, 40)}`, set(edge.to.id, "/source/key", jsonKey)) }
      : {}),
  });
}
