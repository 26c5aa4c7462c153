import { limits } from "../aws/limits";
import { logDriverAllowed, requiredOptionsFor } from "../aws/log-drivers";
import { isObject } from "../core/json";
import { directHops } from "../network/direct";
import { at, booleanOf, isOpen, itemsOf, keyOf, textOf } from "../network/lookup";
import { forwardersOf } from "../network/walks/listeners";
import type { Ground } from "../network/walks/walk";
import { isDigest, isRepository, isTag, partsOf, nameOf as repositoryOf } from "../rules/container/images";
import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import { type About, type Against, againstIn, type Check, each, fails, nameOf, unsure, written } from "./about";
import { outside } from "./template-containers";

/** Docker's grammar of references. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export const image: Check = ({ containers }) =>
  containers.flatMap((container) => {
    const value = at(container, "Image");
    const name = nameOf(container);
    if (value === undefined || value === null) return [fails(`${name} has no image. Give it one.`)];
    if (typeof value !== "string") return [];
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
    return fault === undefined ? [] : [fails(`The image “${value}” of ${name} ${fault}.`)];
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

/** The ways of health checks: from every load balancer that forwards to the service. */
export const health: Check = ({ ground, place, shared }) => {
  const { LoadBalancers } = place.resource.properties;
  if (place.resource.type !== "AWS::ECS::Service" || LoadBalancers === undefined) return [];
  if (isOpen(LoadBalancers))
    return [unsure(`The load balancers of ${place.name} are known only when the template is deployed.`)];
  const named = (itemsOf(LoadBalancers) ?? []).map((item) => {
    const target = at(item, "TargetGroupArn") ?? at(item, "LoadBalancerName");
    return target === undefined ? [] : (shared.balancers.get(keyOf(target)) ?? []);
  });
  const groups = (itemsOf(LoadBalancers) ?? []).flatMap((item) => targetOf(at(item, "TargetGroupArn")) ?? []);
  const strange = named.some((balancers) => balancers.length === 0);
  return [
    ...(strange ? [unsure(`The load balancer that checks ${place.name} is not part of this template.`)] : []),
    ...early(ground, place.resource, groups),
    ...[...new Set(named.flat())].flatMap(({ id }) => againstIn(directHops(ground, id, place.resource.id, {}))),
  ];
};

/**
 * Target groups that no listener may forward to yet when the service is made, as nothing says that it waits: ECS refuses
 * a service whose target group has no load balancer.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
function early({ network }: Ground, service: Resource, groups: readonly string[]): Against[] {
  const before = new Set<string>();
  const next = [service];
  for (let here = next.pop(); here; here = next.pop()) {
    for (const id of [...referredBy(here.properties), ...(here.dependsOn ?? [])]) {
      const resource = network.lookup.resource(id);
      if (!resource || before.has(id)) continue;
      before.add(id);
      next.push(resource);
    }
  }
  return groups.flatMap((group) => {
    const forwarders = forwardersOf(network, group);
    if (forwarders.length === 0 || forwarders.some(({ id }) => before.has(id))) return [];
    const [{ id }] = forwarders as [Resource];
    return [
      unsure(
        `${service.id} may be made before ${id} forwards to ${group}, and ECS refuses it then. Let it wait: DependsOn ${id}.`,
      ),
    ];
  });
}
