import { worldsOf } from "../stack/resolve/worlds";
import type { Stack } from "../stack/stack";
import { directHops } from "./direct";
import { type Hop, together, type Verdict } from "./flow";
import type { Packet } from "./groups";
import type { Network } from "./interfaces";
import { merged } from "./merge";
import { placesOf } from "./places";
import { networkOf } from "./trace";
import type { Ground } from "./walks/walk";

/** Whether a packet gets from one resource to another, and what it meets. */
export interface Reached {
  verdict: Verdict;
  hops: readonly Hop[];
}

/**
 * What a packet meets between two resources of a stack, named by their logical ids, or `internet`. Without a port it is
 * the one on which the target answers by its own properties: a listener, a port mapping, the port of a database. Values
 * are resolved as far as literals, defaults and mappings reach; where conditions are open, every way they may come out
 * is followed. Never throws: an unknown id is a hop that says so.
 */
export function reach(stack: Stack, from: string, to: string, protocol?: Packet["protocol"], port?: number): Reached {
  return inAllWorlds(stack, (ground) => directHops(ground, from, to, { protocol, port }));
}

/** What the hops of all worlds of a stack say together. */
export function inAllWorlds(
  stack: Stack,
  hopsIn: (ground: Ground) => readonly Hop[],
  nameOf?: Network["nameOf"],
): Reached {
  const { worlds, complete, conditions } = worldsOf(stack, isOfNetwork);
  const found = worlds.map((world) => {
    const hops = hopsIn(groundOf(world.stack, nameOf));
    return { world, hops, verdict: together(hops) };
  });
  return merged(found, complete, conditions);
}

/** Types that a packet may meet, or that decide where one stands. */
export const isOfNetwork = (type: string): boolean =>
  /^AWS::([A-Za-z0-9]+)::/.test(type) && families.has(type.split("::")[1] ?? "");

const families = new Set([
  ...["AutoScaling", "DocDB", "EC2", "ECS", "EFS", "ElastiCache", "ElasticLoadBalancing", "ElasticLoadBalancingV2"],
  ...["ApiGatewayV2", "AppRunner", "CloudFront", "CodeBuild", "Lambda", "MemoryDB", "Redshift"],
  ...[
    "Elasticsearch",
    "Events",
    "MSK",
    "Neptune",
    "NetworkManager",
    "OpenSearchService",
    "RDS",
    "S3Files",
    "Scheduler",
    "ServiceDiscovery",
  ],
]);

/** A stack as the walks read it. */
export function groundOf(stack: Stack, nameOf?: Network["nameOf"]): Ground {
  const network = networkOf(stack, nameOf);
  return { network, places: placesOf(network) };
}
