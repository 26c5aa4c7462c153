import { isObject } from "../core/json";
import type { Resource } from "../stack/stack";
import { Intrinsic, targetOf, type Value } from "../stack/value";
import { INTERNET, isBalancer } from "./asked";
import { namedServices } from "./aws-services";
import { fromBalancer, registeredWith, targetIds } from "./balanced";
import { callsByName } from "./connected";
import { listens } from "./databases";
import { directHops } from "./direct";
import type { Hop } from "./flow";
import { fileSystemOfVolume } from "./interfaces";
import { at, itemsOf, keyOf, numberOf } from "./lookup";
import { membersOf } from "./needed";
import { taskPorts } from "./places";
import { groupsBehind } from "./walks/listeners";
import { mountHops } from "./walks/mount";
import type { Ground } from "./walks/walk";

/** A connection that a template implies without drawing it. */
export interface Arc {
  /** "FrontDoor → Web". */
  id: string;
  from: string;
  to: string;
  /** Undefined where no packet travels: a service and its task definition share one interface. */
  hops: readonly Hop[] | undefined;
  /** True for a call that nothing in the template says is made: who is in a namespace may call what it offers. */
  may?: true;
}

/**
 * The connections that a resolved stack implies: clients to internet-facing load balancers, load balancers to what their
 * target groups register, tasks to the file systems that they mount and to the endpoints that their environment names,
 * whom they call by the names of Service Connect and Cloud Map, and whom the security groups let in by name on a port that
 * is answered. Calls that only may be made are listed where nothing stands against them.
 */
export function impliedArcs(ground: Ground): Arc[] {
  const arcs = new Map<string, Arc>();
  const add = (from: string, to: string, hops: () => readonly Hop[] | undefined): void => {
    const id = `${from} → ${to}`;
    if (from !== to && !arcs.has(id)) arcs.set(id, { id, from, to, hops: hops() });
  };
  const { lookup } = ground.network;
  const all = Object.values(lookup.stack.resources);
  for (const balancer of all.filter(isBalancer)) {
    if (balancer.properties.Scheme !== "internal") {
      add(INTERNET, balancer.id, () => directHops(ground, INTERNET, balancer.id, {}));
    }
    for (const target of behind(ground, balancer)) {
      add(balancer.id, target.id, () => fromBalancer(ground, balancer, target, {}));
    }
  }
  for (const place of ground.places.all) add(place.resource.id, place.taskDefinition.id, () => undefined);
  for (const definition of lookup.of("AWS::ECS::TaskDefinition")) {
    const running = ground.places.of(definition.id);
    for (const files of mounted(ground, definition)) {
      add(definition.id, files.id, () => mountHops(ground.network, running, files, [definition.id, files.id]));
    }
    for (const target of called(ground, definition.properties.ContainerDefinitions)) {
      add(definition.id, target, () => directHops(ground, definition.id, target, {}));
    }
    for (const target of namedServices(lookup, definition)) {
      add(definition.id, target, () => directHops(ground, definition.id, target, {}));
    }
  }
  for (const { id, properties } of lookup.of("AWS::Lambda::Function")) {
    if (properties.VpcConfig === undefined) continue;
    for (const target of called(ground, properties.Environment))
      add(id, target, () => directHops(ground, id, target, {}));
  }
  for (const { id, properties } of lookup.of("AWS::CloudFront::Distribution")) {
    for (const target of called(ground, properties)) add(id, target, () => directHops(ground, id, target, {}));
  }
  for (const { from, to, port } of linked(ground)) add(from, to, () => directHops(ground, from, to, { port }));
  const callers = new Map<string, number>();
  for (const { from, to, port, named } of callsByName(ground)) {
    const definition = ground.places.ofService(from)?.taskDefinition.id;
    const id = `${from} → ${to}`;
    if (arcs.has(id) || arcs.has(`${definition} → ${to}`)) continue;
    // In a large namespace everybody may call everybody; the first callers stand for the others.
    const asked = callers.get(to) ?? 0;
    if (!named && asked >= MAX_CALLERS) continue;
    if (!named) callers.set(to, asked + 1);
    const hops = directHops(ground, from, to, { port });
    if (named) arcs.set(id, { id, from, to, hops });
    else if (hops.every(({ verdict }) => verdict !== "blocked")) arcs.set(id, { id, from, to, hops, may: true });
  }
  for (const { from, to, port } of openedByName(ground)) {
    // What a task definition is known to call, its service need not be said to call as well.
    const definition = ground.places.ofService(from)?.taskDefinition.id;
    if (!arcs.has(`${from} → ${to}`) && !arcs.has(`${definition} → ${to}`))
      add(from, to, () => directHops(ground, from, to, { port }));
  }
  return [...arcs.values()];
}

/**
 * What an HTTP API calls through a VPC link: the listener of a load balancer, or services by AWS Cloud Map.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function linked({ network: { lookup }, places }: Ground): { from: string; to: string; port: number | undefined }[] {
  return lookup.of("AWS::ApiGatewayV2::Integration").flatMap(({ properties: { ConnectionId, IntegrationUri } }) => {
    const [link, target] = [ConnectionId, IntegrationUri].map((value) => lookup.resource(targetOf(value)));
    if (link?.type !== "AWS::ApiGatewayV2::VpcLink" || !target) return [];
    const { LoadBalancerArn, Port } = target.properties;
    if (LoadBalancerArn !== undefined) return [{ from: link.id, to: keyOf(LoadBalancerArn), port: numberOf(Port) }];
    return places.all.flatMap(({ resource }) =>
      (itemsOf(resource.properties.ServiceRegistries) ?? []).flatMap((item) =>
        targetOf(at(item, "RegistryArn")) === target.id
          ? [{ from: link.id, to: resource.id, port: numberOf(at(item, "ContainerPort") ?? at(item, "Port")) }]
          : [],
      ),
    );
  });
}

/** Services of a namespace, or of one group, that are looked at as callers of each of the others. */
const MAX_CALLERS = 20;

/** What a load balancer's target groups register: services, Auto Scaling groups, instances, other load balancers. */
function behind(ground: Ground, balancer: Resource): Resource[] {
  const { lookup } = ground.network;
  const services = lookup.of("AWS::ECS::Service");
  if (balancer.type === "AWS::ElasticLoadBalancing::LoadBalancer") {
    return [
      ...services.filter(({ properties }) =>
        (itemsOf(properties.LoadBalancers) ?? []).some((item) => {
          const name = at(item, "LoadBalancerName");
          return name !== undefined && keyOf(name) === balancer.id;
        }),
      ),
      ...lookup
        .of("AWS::AutoScaling::AutoScalingGroup")
        .filter(({ properties }) => itemsOf(properties.LoadBalancerNames)?.map(keyOf).includes(balancer.id)),
      ...(itemsOf(balancer.properties.Instances) ?? []).flatMap((item) => lookup.resource(keyOf(item)) ?? []),
    ];
  }
  return groupsBehind(ground.network, balancer).flatMap((group) => [
    ...registeredWith(lookup, group.id),
    ...lookup
      .of("AWS::AutoScaling::AutoScalingGroup")
      .filter(({ properties }) => itemsOf(properties.TargetGroupARNs)?.map(keyOf).includes(group.id)),
    ...targetIds(group).flatMap((id) => lookup.resource(id) ?? []),
  ]);
}

/** The file systems of the template that a task definition mounts. */
const mounted = ({ network }: Ground, definition: Resource): Resource[] =>
  (itemsOf(definition.properties.Volumes) ?? []).flatMap((volume) => fileSystemOfVolume(network, volume) ?? []);

/** Attributes by which code finds something to talk to. */
const ADDRESS = /endpoint|dnsname|address/i;

/** Resources whose address stands in a value. */
function called(ground: Ground, value: Value | undefined): string[] {
  const found = new Set<string>();
  const see = (id: string | undefined, attribute: string | undefined): void => {
    const resource = ground.network.lookup.resource(id);
    if (!resource || attribute === undefined || !ADDRESS.test(attribute)) return;
    if (isBalancer(resource) || Object.hasOwn(listens, resource.type)) found.add(resource.id);
  };
  const visit = (item: unknown): void => {
    if (item instanceof Intrinsic) {
      const { name, argument } = item;
      if (name === "Fn::GetAtt" && Array.isArray(argument)) see(String(argument[0]), String(argument[1]));
      else if (name === "Fn::Sub") {
        const text = Array.isArray(argument) ? argument[0] : argument;
        for (const match of String(text).matchAll(/\$\{([^!}.]+)\.([^}]+)\}/g)) see(match[1], match[2]);
        if (Array.isArray(argument)) visit(argument[1]);
      } else visit(argument);
    } else if (Array.isArray(item)) for (const one of item) visit(one);
    else if (isObject(item)) for (const one of Object.values(item)) visit(one);
  };
  visit(value);
  return [...found];
}

/** Pairs that a rule joins by naming a group: whoever has it, and whoever answers behind the rule on one of its ports. */
function* openedByName(ground: Ground): Generator<{ from: string; to: string; port: number }> {
  const members = membersOf(ground);
  for (const group of ground.network.groups.values()) {
    for (const { peer, protocol, ports } of group.ingress.all) {
      if (!peer || !("group" in peer) || peer.group === group.id || (protocol !== "tcp" && protocol !== "udp"))
        continue;
      const callers = (members.get(peer.group) ?? []).filter(
        ({ resource }) => !isBalancer(resource) && !Object.hasOwn(listens, resource.type),
      );
      if (callers.length === 0) continue;
      // Of many who share a group, the first stand for the others.
      for (const { resource: target } of members.get(group.id) ?? []) {
        const port = portsOf(ground, target).find((number) => number >= ports.from && number <= ports.to);
        if (port === undefined) continue;
        for (const { resource } of callers.slice(0, MAX_CALLERS)) yield { from: resource.id, to: target.id, port };
      }
    }
  }
}

/** The ports that a resource surely answers on. */
function portsOf(ground: Ground, resource: Resource): number[] {
  const place = ground.places.ofService(resource.id);
  if (place) return taskPorts(place).flatMap(({ ports }) => (ports.from === ports.to ? [ports.from] : []));
  const known = listens[resource.type]?.(ground.network.lookup, resource);
  return known && "port" in known ? [known.port] : [];
}
