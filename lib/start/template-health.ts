import { rangeText, within } from "../aws/docs";
import { limits } from "../aws/limits";
import { balancerProtocols } from "../aws/listener-protocols";
import { list } from "../core/text";
import { directHops } from "../network/direct";
import { at, isName, isOpen, itemsOf, keyOf, keyText, numberOf } from "../network/lookup";
import { forwardersOf } from "../network/walks/listeners";
import type { Ground } from "../network/walks/walk";
import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import { type About, type Against, againstIn, type Check, fails, nameOf, unsure, written } from "./about";
import { outside } from "./template-containers";
import { waitsFor } from "./template-place";

const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

/** What registers the tasks, and the ways of health checks: from every load balancer that forwards to the service. */
export const health: Check = (about) => {
  const { ground, place, shared } = about;
  const { LoadBalancers } = place.resource.properties;
  if (place.resource.type !== "AWS::ECS::Service" || LoadBalancers === undefined) return [];
  if (isOpen(LoadBalancers))
    return [unsure(`The load balancers of ${place.name} are known only when the template is deployed.`)];
  const items = itemsOf(LoadBalancers) ?? [];
  const refused = [...items.flatMap((item) => registered(about, item)), ...tooMany(about, items)];
  const groups = items.flatMap((item) => ground.network.lookup.resource(targetOf(at(item, "TargetGroupArn"))) ?? []);
  const settings = [...new Set(groups)].flatMap((group) => [
    ...timings(group),
    ...fitting(group, shared.balancers.get(group.id) ?? []),
    ...elsewhere(about, group),
  ]);
  const named = items.map((item) => {
    const target = at(item, "TargetGroupArn") ?? at(item, "LoadBalancerName");
    return target === undefined ? [] : (shared.balancers.get(keyOf(target)) ?? []);
  });
  const balancers = [...new Set(named.flat())];
  const strange = items.flatMap((item, index) => (named[index]?.length === 0 ? alone(about, item) : []));
  const ways =
    refused.length > 0 ? [] : balancers.flatMap(({ id }) => againstIn(directHops(ground, id, place.resource.id, {})));
  return [
    ...refused,
    ...settings,
    ...balancers.flatMap((balancer) =>
      balancer.type === "AWS::ElasticLoadBalancingV2::LoadBalancer" ? zones(ground, balancer) : [],
    ),
    ...strange,
    ...early(
      about,
      groups.map(({ id }) => id),
    ),
    ...ways,
  ];
};

/**
 * The container and the port that a load balancer is given must be those of the task definition.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
 */
function registered({ place, definition: task, containers }: About, item: Value): Against[] {
  const [name, port] = [written(at(item, "ContainerName")), numberOf(at(item, "ContainerPort"))];
  if (isOpen(task.properties.ContainerDefinitions) || containers.some((one) => isOpen(at(one, "Name")))) return [];
  const meant = containers.find((one) => at(one, "Name") === name);
  if (name === undefined || port === undefined) return [];
  if (!meant)
    return [
      fails(
        `${place.name} registers the container ${name}, and ${task.id} has ${list(containers.map(nameOf))}. Name one of these in LoadBalancers.`,
      ),
    ];
  const mappings = at(meant, "PortMappings");
  const items = itemsOf(mappings) ?? [];
  const ranges = items.some((one) => at(one, "ContainerPortRange") !== undefined || isOpen(at(one, "ContainerPort")));
  if (isOpen(mappings) || ranges || items.some((one) => numberOf(at(one, "ContainerPort")) === port)) return [];
  const has = items.flatMap((one) => numberOf(at(one, "ContainerPort")) ?? []).map(String);
  return [
    fails(
      `${place.name} registers port ${port} of ${name}, which maps ${has.length === 0 ? "no port" : list(has)}. Map it, or name another port in LoadBalancers.`,
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html */
function tooMany({ place }: About, items: readonly Value[]): Against[] {
  const groups = items.filter((item) => at(item, "TargetGroupArn") !== undefined);
  return outside(`The number of target groups of ${place.name}`, groups.length, limits.targetGroupsPerService);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
function timings({ id, properties }: Resource): Against[] {
  const { HealthCheckIntervalSeconds, HealthCheckTimeoutSeconds, HealthCheckPath, HealthCheckProtocol } = properties;
  const [interval, timeout] = [numberOf(HealthCheckIntervalSeconds), numberOf(HealthCheckTimeoutSeconds)];
  const found: Against[] = [];
  for (const [name, value, range] of [
    ["HealthCheckIntervalSeconds", interval, limits.targetHealthCheckInterval],
    ["HealthCheckTimeoutSeconds", timeout, limits.targetHealthCheckTimeout],
    ["HealthyThresholdCount", numberOf(properties.HealthyThresholdCount), limits.healthyThreshold],
    ["UnhealthyThresholdCount", numberOf(properties.UnhealthyThresholdCount), limits.unhealthyThreshold],
  ] as const) {
    if (value !== undefined && !within(range, value))
      found.push(fails(`${name} of ${id} is ${value}; AWS takes ${rangeText(range)}.`));
  }
  const http = /^HTTP/.test(written(HealthCheckProtocol ?? properties.Protocol) ?? "");
  const every = interval ?? limits.targetHealthCheckInterval.default;
  const open = isOpen(HealthCheckIntervalSeconds) || isOpen(HealthCheckTimeoutSeconds);
  // Groups of Network Load Balancers have other defaults.
  const most =
    timeout ??
    (/^HTTPS?$/.test(written(properties.Protocol) ?? "") ? limits.targetHealthCheckTimeout.default : undefined);
  if (http && most !== undefined && every !== undefined && most >= every && !open)
    found.push(
      fails(
        `The health check of ${id} may take ${most} seconds and comes every ${every}; AWS wants HealthCheckTimeoutSeconds to be less than HealthCheckIntervalSeconds.`,
      ),
    );
  const path = written(HealthCheckPath);
  if (path !== undefined && !path.startsWith("/") && properties.ProtocolVersion !== "GRPC")
    found.push(fails(`HealthCheckPath of ${id} is ${path}; a path begins with a slash.`));
  return found;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-target-group.html */
function fitting({ id, properties }: Resource, balancers: readonly Resource[]): Against[] {
  const protocol = written(properties.Protocol);
  return balancers.flatMap((balancer) => {
    const type = balancer.properties.Type === undefined ? "application" : written(balancer.properties.Type);
    if (protocol === undefined || (type !== "application" && type !== "network")) return [];
    const { targets } = balancerProtocols.rows[type];
    return targets.includes(protocol)
      ? []
      : [
          fails(
            `${id} speaks ${protocol}, and ${balancer.id} forwards to ${list(targets, "or")} only. Change the Protocol of ${id}.`,
          ),
        ];
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html */
function zones({ network: { routes } }: Ground, { id, properties }: Resource): Against[] {
  const { Type, Subnets, SubnetMappings } = properties;
  const listed = itemsOf(Subnets) ?? itemsOf(SubnetMappings)?.flatMap((one) => at(one, "SubnetId") ?? []);
  if ((Type !== undefined && Type !== "application") || !listed || listed.length === 0) return [];
  // One entry may be a list that only the deployment knows.
  if (listed.some((one) => isOpen(one) && !routes.subnet(keyOf(one)))) return [];
  const known = listed.map((one) => routes.subnet(keyOf(one))?.zone);
  const few = listed.length < 2 || (known.every((zone) => zone !== undefined) && new Set(known).size < 2);
  return few
    ? [fails(`${id} is an Application Load Balancer and stands in one zone. Give it subnets in two zones or more.`)]
    : [];
}

/** Targets by address are of the VPC of their group. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html */
function elsewhere({ place, ground }: About, { id, properties: { VpcId } }: Resource): Against[] {
  const { lookup } = ground.network;
  const homes = place.own ? [place.own] : place.instances;
  const theirs = VpcId === undefined ? undefined : keyOf(VpcId);
  const other = homes.map(({ vpc }) => vpc).find((vpc) => vpc !== undefined && vpc !== theirs);
  if (theirs === undefined || other === undefined || ![theirs, other].every(isName)) return [];
  // Two that exist already may be the same; one that the template makes is no other.
  const made = [theirs, other].some((key) => lookup.resource(key)?.type === "AWS::EC2::VPC");
  const why = `of ${keyText(theirs)}, and the tasks of ${place.name} are in ${keyText(other)}`;
  return [
    made
      ? fails(`${id} takes targets ${why}. Give it the VPC of the tasks.`)
      : unsure(`${id} takes targets ${why}, which may be another VPC.`),
  ];
}

/**
 * A target group that no listener forwards to: ECS refuses the service. Of one that exists already nobody knows.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-create-loadbalancer-rolling.html
 */
function alone({ ground, place }: About, item: Value): Against[] {
  const { resources } = ground.network.lookup.stack;
  const target = at(item, "TargetGroupArn");
  const group = ground.network.lookup.resource(targetOf(target));
  const users = Object.values(resources).filter(
    (one) => one.type !== "AWS::ECS::Service" && group !== undefined && referredBy(one.properties).has(group.id),
  );
  if (group?.type === TARGETS && users.length === 0)
    return [
      fails(
        `No listener forwards to ${group.id}, and ECS refuses ${place.name} then. Forward to it from a listener or a rule.`,
      ),
    ];
  return [unsure(`The load balancer that checks ${place.name} is not part of this template.`)];
}

/**
 * Target groups that no listener may forward to yet when the service is made, as nothing says that it waits: ECS refuses
 * a service whose target group has no load balancer.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
function early({ ground, place }: { ground: Ground; place: About["place"] }, groups: readonly string[]): Against[] {
  return [...new Set(groups)].flatMap((group) => {
    const forwarders = forwardersOf(ground.network, group);
    const [first] = forwarders;
    if (!first || forwarders.some(({ id }) => waitsFor(place, id, ground))) return [];
    return [
      unsure(
        `${place.resource.id} may be made before ${first.id} forwards to ${group}, and ECS refuses it then. Let it wait: DependsOn ${first.id}.`,
      ),
    ];
  });
}
