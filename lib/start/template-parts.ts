import { logDriverAllowed, requiredOptionsFor } from "../aws/log-drivers";
import { isObject } from "../core/json";
import { directHops } from "../network/direct";
import { at, booleanOf, isOpen, itemsOf, keyOf } from "../network/lookup";
import { forwardersOf } from "../network/walks/listeners";
import type { Ground } from "../network/walks/walk";
import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import { type About, type Against, againstIn, type Check, each, fails, nameOf, twice, unsure, written } from "./about";

export const image: Check = ({ containers }) =>
  containers.flatMap((container) => {
    const value = at(container, "Image");
    if (value === undefined || value === null) return [fails(`${nameOf(container)} has no image.`)];
    if (typeof value === "string" && !/^[^\s]+$/.test(value)) return [fails(`“${value}” is no reference to an image.`)];
    return [];
  });

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html */
export const secrets: Check = (about) => [
  ...each(about, "Secrets", (item, container) =>
    at(item, "ValueFrom") === undefined ? [fails(`A secret of ${nameOf(container)} has no ValueFrom.`)] : [],
  ),
  ...about.containers.flatMap((container) => {
    const names = ["Secrets", "Environment"].flatMap((property) =>
      (itemsOf(at(container, property)) ?? []).flatMap((item) => written(at(item, "Name")) ?? []),
    );
    const again = twice(names);
    return again === undefined ? [] : [fails(`${nameOf(container)} is given ${again} twice.`)];
  }),
];

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
export const environmentFiles: Check = (about) =>
  each(about, "EnvironmentFiles", (item, container) => {
    const value = written(at(item, "Value"));
    return value === undefined || value.endsWith(".env")
      ? []
      : [fails(`The environment file of ${nameOf(container)} has to end in .env.`)];
  });

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
