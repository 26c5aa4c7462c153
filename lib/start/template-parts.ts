import { limits } from "../aws/limits";
import { logDriverAllowed, requiredOptionsFor } from "../aws/log-drivers";
import { isObject } from "../core/json";
import { at, booleanOf, isOpen, itemsOf, keyOf, textOf } from "../network/lookup";
import {
  accountOf,
  foreignImage,
  isDigest,
  isRepository,
  isTag,
  partsOf,
  nameOf as repositoryOf,
} from "../rules/container/images";
import type { Value } from "../stack/value";
import { type About, type Against, type Check, each, fails, nameOf, unsure, written } from "./about";
import { outside } from "./template-containers";

/** Docker's grammar of references. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export const image: Check = ({ containers }) =>
  containers.flatMap((container) => {
    const value = at(container, "Image");
    const name = nameOf(container);
    if (value === undefined || value === null) return [fails(`${name} has no image. Give it one.`)];
    const account = accountOf(textOf(value) ?? "");
    const foreign = account === undefined ? [] : [unsure(foreignImage(name, account))];
    if (typeof value !== "string") return foreign;
    const { tag, digest } = partsOf(value);
    const fault =
      value === "" || /\s/.test(value)
        ? "is no reference to an image"
        : digest !== undefined && !isDigest(digest)
          ? "has a digest that is not sha256: and 64 hexadecimal digits"
          : !isRepository(repositoryOf(value))
            ? "has a name that Docker does not accept: lower-case letters, digits, . _ - and /, without https://"
            : tag !== undefined && !isTag(tag)
              ? `has the tag “${tag}”, which is none that Docker accepts`
              : undefined;
    return fault === undefined ? foreign : [fails(`The image “${value}” of ${name} ${fault}.`)];
  });

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
export const environmentFiles: Check = (about) => [
  ...about.containers.flatMap((container) =>
    outside(
      `The number of environment files of ${nameOf(container)}`,
      itemsOf(at(container, "EnvironmentFiles"))?.length,
      limits.environmentFilesPerContainer,
    ),
  ),
  ...each(about, "EnvironmentFiles", (item, container) => {
    const name = nameOf(container);
    const type = written(at(item, "Type"));
    const text = textOf(at(item, "Value"));
    if (type !== undefined && type !== "s3")
      return [fails(`An environment file of ${name} is of type ${type}; ECS takes s3.`)];
    // A reference may be the ARN of a bucket or of an object.
    if (text === undefined || /^\$\{[^}]*\}$/.test(text)) return [];
    const [, id] = /^\$\{([^}]*)\}\//.exec(text) ?? [];
    const named = about.ground.network.lookup.resource(id)?.type === "AWS::S3::Bucket";
    if (named || !/^(arn:|\$\{[^}]*\})/.test(text))
      return [
        fails(
          `The environment file ${text} of ${name} is not the ARN of an object in S3. Write arn:aws:s3:::BUCKET/KEY.`,
        ),
      ];
    return text.endsWith(".env") || text.endsWith("}")
      ? []
      : [fails(`The environment file of ${name} has to end in .env, and ${text} does not.`)];
  }),
];

export const logs: Check = (about) => about.containers.flatMap((container) => logsOf(about, container));

function logsOf({ containers, fargate, shared }: About, container: Value): Against[] {
  const config = at(container, "LogConfiguration");
  const name = nameOf(container);
  if (config === undefined) return [];
  const [driver, options] = [at(config, "LogDriver"), at(config, "Options")];
  if (isOpen(config) || isOpen(driver) || isOpen(options))
    return [unsure(`The log driver of ${name} is known only when the template is deployed.`)];
  const on = fargate ? "fargate" : "ec2";
  const text = written(driver) ?? "";
  if (!logDriverAllowed(text, on))
    return [fails(`The log driver ${text} of ${name} is not available on ${fargate ? "Fargate" : "EC2"}.`)];
  const given = isObject(options) ? Object.keys(options) : [];
  const lacking = requiredOptionsFor(text, on).filter(
    (option) => !given.includes(option) && !sentAsSecret(config, option),
  );
  if (lacking.length > 0) return [fails(`The log driver ${text} of ${name} lacks ${lacking.join(", ")}.`)];
  if (text === "awsfirelens" && !containers.some((one) => at(one, "FirelensConfiguration") !== undefined)) {
    return [fails(`${name} logs through FireLens, and no container of the task is its router.`)];
  }
  if (text !== "awslogs" || booleanOf(at(options, "awslogs-create-group")) === true) return [];
  const group = at(options, "awslogs-group");
  const made = group !== undefined && shared.logGroups.has(keyOf(group));
  return made ? [] : [unsure(`Whether the log group of ${name} exists, this template does not say.`)];
}

const sentAsSecret = (config: Value, option: string): boolean =>
  (itemsOf(at(config, "SecretOptions")) ?? []).some((item) => at(item, "Name") === option);
