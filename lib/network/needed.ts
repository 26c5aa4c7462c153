import type { Resource } from "../stack/stack";
import { referredBy } from "../stack/value";
import { isPrivateRange, type Ports } from "./addresses";
import { isBalancer } from "./asked";
import { listens } from "./databases";
import type { GroupRule, GroupRules } from "./groups";
import { nodeOf } from "./lookup";
import { isParty, type PublicEnd, partyOf } from "./parties";
import { taskPorts } from "./places";
import { listenersOf, unsureListener } from "./walks/request";
import type { Ground } from "./walks/walk";

/** A resource whose interfaces have a security group. */
export interface Member {
  resource: Resource;
  end: PublicEnd;
}

/** Types that others speak for: definitions what runs them, mount targets and access points their file system. */
const silent = new Set([
  "AWS::ECS::TaskDefinition",
  "AWS::ECS::CapacityProvider",
  "AWS::EFS::AccessPoint",
  "AWS::EFS::MountTarget",
  "AWS::S3Files::AccessPoint",
  "AWS::S3Files::MountTarget",
]);

/** Who has each security group, by its key. Instances that run tasks speak for these alone. */
export function membersOf(ground: Ground): ReadonlyMap<string, readonly Member[]> {
  const members = new Map<string, Member[]>();
  const busy = new Set(ground.places.all.flatMap(({ instances }) => instances.map(({ node }) => node)));
  for (const resource of Object.values(ground.network.lookup.stack.resources)) {
    if (!isParty(resource.type) || busy.has(nodeOf(resource) ?? resource.id) || silent.has(resource.type)) continue;
    const party = partyOf(ground, resource);
    if ("why" in party) continue;
    for (const end of party.ends) {
      for (const key of new Set(end.groups)) {
        const list = members.get(key);
        if (!list) members.set(key, [{ resource, end }]);
        else if (list.at(-1)?.resource !== resource) list.push({ resource, end });
      }
    }
  }
  return members;
}

const anyPort: Ports = { from: 0, to: 65535 };
/** Machines on which anything may answer. */
const machines = new Set([
  "AWS::EC2::Instance",
  "AWS::EC2::NetworkInterface",
  "AWS::AutoScaling::AutoScalingGroup",
  "AWS::MSK::Cluster",
]);

/** On what a resource answers, as far as anybody can say: on anything where nobody can. */
function answersOn(ground: Ground, resource: Resource): { protocol?: string; ports: Ports }[] {
  const { network, places } = ground;
  const place = places.ofService(resource.id);
  if (place) return taskPorts(place);
  if (isBalancer(resource)) {
    const all = listenersOf(network, resource).map(({ packet }) => packet);
    return unsureListener(network, resource) ? [{ ports: anyPort }] : all;
  }
  const known = listens[resource.type]?.(network.lookup, resource);
  if (known) return [{ protocol: "tcp", ports: "port" in known ? { from: known.port, to: known.port } : anyPort }];
  return machines.has(resource.type) ? [{ ports: anyPort }] : [];
}

/**
 * Whether somebody whom a template does not show may need an opening: something answers behind it, and its rule speaks of
 * addresses within networks, of groups that exist elsewhere or are given away, or of anybody where the internet gets
 * there. A load balancer is there to be called.
 */
export function neededElsewhere(ground: Ground): (group: GroupRules, rule: GroupRule) => boolean {
  const members = membersOf(ground);
  const { groups, lookup } = ground.network;
  const given = new Set(Object.values(lookup.stack.outputs).flatMap(({ value }) => [...referredBy(value)]));
  // Whoever stands on a machine of the template may administer those that run its tasks, and these may talk to each other.
  const hosts = new Set(
    ground.places.all.flatMap(({ instances }) => instances.flatMap(({ groups: own }) => own ?? [])),
  );
  const administers = ({ id }: GroupRules, { peer }: GroupRule): boolean =>
    hosts.has(id) &&
    peer !== undefined &&
    "group" in peer &&
    (peer.group === id || (members.get(peer.group) ?? []).some(({ resource }) => machines.has(resource.type)));
  const answers = new Map<Resource, ReturnType<typeof answersOn>>();
  const answersTo = (resource: Resource, { protocol, ports }: GroupRule): boolean => {
    const known = answers.get(resource) ?? answersOn(ground, resource);
    answers.set(resource, known);
    return known.some(
      (one) =>
        (protocol === "-1" || one.protocol === undefined || one.protocol === protocol) &&
        one.ports.from <= ports.to &&
        one.ports.to >= ports.from,
    );
  };
  return (group, rule) => {
    const behind = members.get(group.id) ?? [];
    if (administers(group, rule)) return true;
    // Who else has a group that is given away, and answers on what, nobody here knows; a load balancer's own is none of these.
    if (given.has(group.id) && !behind.some(({ resource }) => isBalancer(resource))) return true;
    return behind.some(({ resource, end }) => {
      if (!answersTo(resource, rule)) return false;
      const { peer } = rule;
      if (!peer || isBalancer(resource)) return true;
      if ("group" in peer) {
        const elsewhere = !groups.has(peer.group) || given.has(peer.group);
        const callers = members.get(peer.group) ?? [];
        // Tasks of one service may call each other, too.
        return elsewhere || callers.some((one) => mayCall(one.resource));
      }
      return isPrivateRange(peer.range) || isOutside(ground, end);
    });
  };
}

/** True where the internet may find an interface: a public address, and a subnet that leads to an internet gateway. */
const isOutside = ({ network }: Ground, { publicAddress, subnets }: PublicEnd): boolean =>
  publicAddress !== false &&
  (subnets?.some((key) => {
    const routes = network.routes.subnet(key);
    const six = routes?.ipv6 === "both" || routes?.ipv6 === "unknown";
    return !routes || six || routes.defaultRoute === "internet-gateway" || routes.defaultRoute === "other";
  }) ??
    true);

/** Databases, caches and load balancers open no connections that a rule would be for. */
const mayCall = (resource: Resource): boolean =>
  !isBalancer(resource) && (!Object.hasOwn(listens, resource.type) || resource.type === "AWS::RDS::DBProxy");
