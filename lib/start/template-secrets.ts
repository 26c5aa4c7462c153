import { isObject } from "../core/json";
import { list } from "../core/text";
import { at, isOpen, itemsOf, keyOf, textOf } from "../network/lookup";
import { isManagedSecret } from "../network/needs";
import type { Ground } from "../network/walks/walk";
import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import { type Against, type Check, each, fails, nameOf, twice, unsure, written } from "./about";

const SECRET = "AWS::SecretsManager::Secret";
/** Parts of a secret's ARN, and of what follows it: a key, a stage and a version. */
const ARN_PARTS = 7;
const CHOICES = 3;

/**
 * References of secrets, and whether there is something behind them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
export const secrets: Check = (about) => [
  ...each(about, "Secrets", (item, container) => {
    const value = at(item, "ValueFrom");
    const what = `the secret ${written(at(item, "Name")) ?? "without a name"} of ${nameOf(container)}`;
    return value === undefined ? [fails(`${capital(what)} has no ValueFrom.`)] : referenceOf(about.ground, value, what);
  }),
  ...about.containers.flatMap((container) => {
    const name = nameOf(container);
    const options = (itemsOf(at(container, "LogConfiguration", "SecretOptions")) ?? []).flatMap((item) => {
      const value = at(item, "ValueFrom");
      return value === undefined ? [] : referenceOf(about.ground, value, `a log option of ${name}`);
    });
    const names = ["Secrets", "Environment"].flatMap((property) =>
      (itemsOf(at(container, property)) ?? []).flatMap((item) => written(at(item, "Name")) ?? []),
    );
    const again = twice(names);
    return [
      ...options,
      ...login(about.ground, container),
      ...(again === undefined ? [] : [fails(`${name} is given ${again} twice. Remove one.`)]),
    ];
  }),
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The secret of a template that a value begins with, and what follows its ARN. */
function secretIn(
  { network: { lookup } }: Ground,
  value: Value,
): { secret: Resource | undefined; after: string } | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const direct = targetOf(value);
  const [, id, after] = direct === undefined ? (/^\$\{([^}]+)\}(.*)$/s.exec(text) ?? []) : [text, direct, ""];
  if (id !== undefined) {
    const secret = lookup.resource(id.split(".")[0]);
    if (secret?.type === SECRET) return { secret, after: after ?? "" };
    return isManagedSecret(text) ? { secret: undefined, after: after ?? "" } : undefined;
  }
  if (!/^arn:[^:]*:secretsmanager:/.test(text)) return undefined;
  const rest = text
    .replace(/\$\{[^}]*\}/g, "x")
    .split(":")
    .slice(ARN_PARTS);
  return { secret: undefined, after: rest.length === 0 ? "" : `:${rest.join(":")}` };
}

/** What a reference says beyond the ARN, against what ECS reads and what the secret holds. */
function referenceOf(ground: Ground, value: Value, what: string): Against[] {
  const text = written(value);
  if (text !== undefined && !text.startsWith("arn:") && text.includes("/") && !text.startsWith("/"))
    return [
      fails(
        `${capital(what)} comes from ${text}, which is neither an ARN nor the name of a parameter. Write the full ARN of the secret, or a leading slash.`,
      ),
    ];
  const found = secretIn(ground, value);
  if (!found) return [];
  const { secret, after } = found;
  const parts = after === "" ? [] : after.slice(1).split(":");
  if (after !== "" && (!after.startsWith(":") || parts.length !== CHOICES))
    return [
      fails(
        `${capital(what)} ends in “${after}”; after the ARN come a key, a stage and a version, each with its colon. Write :KEY:: for a key alone.`,
      ),
    ];
  const [key = "", stage = "", version = ""] = parts;
  if (stage !== "" && version !== "")
    return [fails(`${capital(what)} names a stage and a version. Leave one of them empty.`)];
  if (!secret) return [];
  const empty = unfilled(ground, secret);
  if (empty) return [empty];
  if ((stage !== "" && stage !== "AWSCURRENT") || version !== "")
    return [
      unsure(
        `Whether ${secret.id} has the ${stage === "" ? "version" : "stage"} ${stage}${version}, nobody knows here.`,
      ),
    ];
  const keys = keysOf(ground, secret);
  if (key === "" || !keys || keys.includes(key)) return [];
  return [
    fails(
      `${capital(what)} is the key ${key} of ${secret.id}, which ${keys.length === 0 ? "is no JSON" : `has only ${list(keys)}`}.`,
    ),
  ];
}

/** What may give a secret its value, or more keys, beside its own properties. */
const quiet = /^AWS::(ECS|IAM|KMS)::|^AWS::SecretsManager::ResourcePolicy$/;

const others = ({ network: { lookup } }: Ground, secret: Resource): Resource[] =>
  Object.values(lookup.stack.resources).filter(
    (one) => one !== secret && !quiet.test(one.type) && referredBy(one.properties).has(secret.id),
  );

/** A secret without any value. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
function unfilled(ground: Ground, secret: Resource): Against | undefined {
  const { SecretString, GenerateSecretString } = secret.properties;
  if (SecretString !== undefined || GenerateSecretString !== undefined) return undefined;
  return others(ground, secret).length > 0
    ? unsure(`Whether ${secret.id} has a value when the tasks start, this template does not say.`)
    : fails(
        `${secret.id} is made without a value, and tasks that ask for it do not start. Give it GenerateSecretString, or run no tasks until it is filled.`,
      );
}

/** The keys of a secret's JSON; empty where it is none; undefined where that is not known. */
function keysOf(ground: Ground, secret: Resource): readonly string[] | undefined {
  const { SecretString, GenerateSecretString: made } = secret.properties;
  // Attachments and rotation write keys of their own.
  if (isOpen(SecretString) || isOpen(made) || others(ground, secret).length > 0) return undefined;
  const template = made === undefined ? SecretString : at(made, "SecretStringTemplate");
  const extra = made === undefined ? undefined : at(made, "GenerateStringKey");
  if (template === undefined) return made === undefined ? undefined : [];
  if (typeof template !== "string" || isOpen(extra)) return undefined;
  try {
    const json: unknown = JSON.parse(template);
    return isObject(json) ? [...Object.keys(json), ...(typeof extra === "string" ? [extra] : [])] : [];
  } catch {
    return [];
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html */
function login(ground: Ground, container: Value): Against[] {
  const value = at(container, "RepositoryCredentials", "CredentialsParameter");
  const secret = value === undefined ? undefined : secretIn(ground, value)?.secret;
  if (!secret) return [];
  const empty = unfilled(ground, secret);
  if (empty) return [empty];
  const keys = keysOf(ground, secret);
  const missing = keys ? ["username", "password"].filter((key) => !keys.includes(key)) : [];
  return missing.length === 0
    ? []
    : [
        fails(
          `${nameOf(container)} logs in to its registry with ${keyOf(value as Value)}, which has no ${list(missing)}. Give it both as JSON.`,
        ),
      ];
}
