import { portOf } from "../../aws/ports";
import type { Resource } from "../../stack/stack";
import { vpcHop } from "../crossing";
import type { Hop } from "../flow";
import { type Packet, portText } from "../groups";
import { between, plainHop } from "../hops";
import { type Interfaces, mountTargets, type Network } from "../interfaces";
import { keyText } from "../lookup";
import { endsOf, type Place } from "../places";
import { unknownHop } from "./request";
import type { Walk } from "./walk";

const nfs: Packet = { protocol: "tcp", ports: { from: portOf("efs"), to: portOf("efs") } };

/** Tasks → file system, from every place where the task definition runs, to the mount targets in its zones. */
export const walkMount: Walk = ({ network, places }, edge) => {
  const fileSystem = network.lookup.ofNode("AWS::EFS::FileSystem", edge.to.id)[0];
  const definition = network.lookup.ofNode("AWS::ECS::TaskDefinition", edge.from.id)[0];
  const names = [edge.from.name, edge.to.name] as const;
  if (!fileSystem || !definition) {
    return [unknownHop(...names, `${edge.to.name} is no file system that the design creates.`, portText(nfs))];
  }
  return mountHops(network, places.of(definition.id), fileSystem, names);
};

/** From every place where a task definition runs to the mount targets of a file system in its zones. */
export function mountHops(
  network: Network,
  running: readonly Place[],
  fileSystem: Resource,
  names: readonly [from: string, to: string],
): Hop[] {
  const say = (why: string): Hop[] => [unknownHop(...names, why, portText(nfs))];
  if (running.length === 0) return say(`Nothing runs ${names[0]} yet.`);
  const targets = mountTargets(network, fileSystem.id);
  const oneZone = fileSystem.properties.AvailabilityZoneName !== undefined;
  const hops = running.flatMap((place) => {
    const ends = endsOf(place);
    if (place.unknown !== undefined) return say(place.unknown);
    if (ends.length === 0) return say(`The instances that run ${place.name} are not part of this design.`);
    return ends.flatMap((from) => {
      const arrives = targetHop(network, from, fileSystem.id, targets, oneZone);
      return [arrives, ...distinct(targets.map(({ end }) => end)).flatMap((to) => toTarget(network, from, to))];
    });
  });
  return unique(hops);
}

function toTarget(network: Network, from: Interfaces, to: Interfaces): Hop[] {
  const apart = vpcHop(network, from, to, portText(nfs));
  return [...(apart ? [apart] : []), ...between(network, from, to, nfs)];
}

/** Mount targets that differ in nothing but their zone meet the same rules. */
function distinct(ends: readonly Interfaces[]): Interfaces[] {
  const seen = new Map<string, Interfaces>();
  for (const end of ends) {
    const key = JSON.stringify([end.groups ?? null, end.vpc]);
    const known = seen.get(key);
    const addresses = known?.addresses && end.addresses ? [...known.addresses, ...end.addresses] : end.addresses;
    seen.set(key, { ...end, addresses: known && !known.addresses ? undefined : addresses });
  }
  return [...seen.values()];
}

/** A task finds a file system by a name that leads to the mount target of its own zone. */
function targetHop(
  network: Network,
  from: Interfaces,
  fileSystem: string,
  targets: readonly { end: Interfaces }[],
  oneZone: boolean,
): Hop {
  const hop = (verdict: Hop["verdict"], why: string): Hop =>
    plainHop("target", { at: `${from.name} → ${fileSystem}`, resource: fileSystem, port: portText(nfs), verdict, why });
  if (targets.length === 0) return hop("blocked", `${fileSystem} has no mount target, so nothing can mount it.`);
  const zonesOf = (end: Interfaces) => end.subnets?.map((key) => network.routes.subnet(key)?.zone);
  const mine = zonesOf(from);
  const theirs = targets.flatMap(({ end }) => zonesOf(end) ?? [undefined]);
  if (!mine || mine.includes(undefined) || theirs.includes(undefined)) {
    const named = targets.flatMap(({ end }) => end.subnets ?? []);
    const apart = from.subnets?.find((key) => !named.some((other) => mayBeSame(key, other)));
    return apart === undefined
      ? hop("open", `${fileSystem} has mount targets in the subnets that the parameters name.`)
      : hop(
          "unknowable",
          `Whether ${keyText(apart)} shares a zone with a mount target of ${fileSystem}, nothing here says.`,
        );
  }
  const without = from.subnets?.find((_, index) => !theirs.includes(mine[index]));
  if (without !== undefined && new Set([...mine, ...theirs].map((zone) => zone?.startsWith("{"))).size > 1) {
    return hop(
      "unknowable",
      `Whether ${without} shares a zone with a mount target of ${fileSystem}, the template does not say: it names zones in two ways.`,
    );
  }
  if (without === undefined) return hop("open", `${fileSystem} has a mount target in every zone of ${from.name}.`);
  return oneZone
    ? hop("unknowable", `${fileSystem} is kept in one zone, and ${without} is in another.`)
    : hop("blocked", `${fileSystem} has no mount target in the zone of ${without}.`);
}

/** The same subnet, or one that a template takes out of a list. */
const mayBeSame = (a: string, b: string): boolean =>
  a === b || [a, b].some((key) => /^\{"name":"Fn::Select"/.test(key));

const unique = (hops: readonly Hop[]): Hop[] => [...new Map(hops.map((hop) => [JSON.stringify(hop), hop])).values()];
