import type { Properties } from "../../../stack/value";
import { type Expr, obj, unlessEmpty } from "../code";
import { json, str } from "../values";
import { isPlain } from "../writing";
import { only, removalPolicy } from "./shared";
import type { Single } from "./single";

export const secret: Single = {
  type: "secretsmanager.Secret",
  ref: "secretArn",
  attributes: {},
  retains: true,
  says(_writing, resource) {
    const generate = resource.properties.GenerateSecretString;
    return (
      only(resource, "Description", "GenerateSecretString") &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      isPlain(resource.properties.Description) &&
      isPlain(generate) &&
      Object.keys((generate ?? {}) as object).every((key) => key in generated)
    );
  },
  props(writing, resource) {
    const { Description, GenerateSecretString } = resource.properties;
    const given = Object.entries((GenerateSecretString ?? {}) as Properties);
    const entries = given.map(([key, value]): [string, Expr] => [
      generated[key as keyof typeof generated],
      json(writing, value),
    ]);
    return obj({
      description: Description === undefined ? undefined : str(writing, Description),
      generateSecretString: unlessEmpty(obj(Object.fromEntries(entries))),
      removalPolicy: removalPolicy(resource),
    });
  },
};
/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_secretsmanager.SecretStringGenerator.html */
const generated = {
  ExcludePunctuation: "excludePunctuation",
  GenerateStringKey: "generateStringKey",
  PasswordLength: "passwordLength",
  SecretStringTemplate: "secretStringTemplate",
} as const;
