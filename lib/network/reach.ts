import { type Dependency, dependencyEndpoints, endpointsFor } from "../aws/endpoints";
import type { Tier } from "../catalog/fields/network";
import { isRelationEdge } from "../model/build";
import type { Resource } from "../stack/stack";
import { type Asked, answerFor, combine, exitOfSubnet, remembered, type Source, unknown } from "./answers";
import type { Exit, Hop, Reach, TaskPlace } from "./flow";
import { plainHop } from "./hops";
import type { Interfaces, Network } from "./interfaces";
import { nodeOf } from "./lookup";
import { codeNeeds, connectNeeds, instanceNeeds, type Need, startNeeds } from "./needs";
import { hasPublicAddress, type Place } from "./places";
import type { Trip } from "./walks/walk";

const sourcesOf = (place: Place, by: Need["by"]): Source[] => {
  const own = place.own && (by === "code" || place.compute === "FARGATE");
  if (own && place.own) {
    return [{ end: place.own, publicAddress: hasPublicAddress(place) }];
  }
  return place.instances.map((end) => ({ end, publicAddress: end.publicAddress }));
};

/** Where each task definition runs, and how its code gets out. */
export function taskPlacesOf({ network, places }: Trip): TaskPlace[] {
  return places.all.flatMap((place) => {
    const taskDefinition = nodeOf(place.taskDefinition);
    if (place.node === undefined || taskDefinition === undefined) return [];
    return [
      {
        node: place.node,
        ...(place.edge === undefined ? {} : { edge: place.edge }),
        taskDefinition,
        compute: place.compute,
        ownInterface: place.own !== undefined,
        assignPublicIp: place.assignPublicIp === true,
        exit: exitOf(network, sourcesOf(place, "code")),
      },
    ];
  });
}

/** The less certain and the less open first. */
const exits: readonly Exit[] = ["unknown", "none", "gateway-without-address", "nat", "public-address"];

function exitOf(network: Network, sources: readonly Source[]): Exit {
  const found = sources.flatMap(({ end, publicAddress }) =>
    (end.subnets ?? [""]).map((key): Exit => {
      const routes = network.routes.subnet(key);
      return routes ? exitOfSubnet(routes, publicAddress) : "unknown";
    }),
  );
  return exits.find((exit) => found.includes(exit)) ?? "unknown";
}

/** What every task must reach: to start, and for what its code is drawn to call. */
export function reachesOf(trip: Trip): Reach[] {
  const { network, places, model } = trip;
  const starts = new Map<string, Need[]>();
  const asked: Asked = { answers: new Map(), egress: new Map() };
  return places.all.flatMap((place) => {
    const definition = model.node(nodeOf(place.taskDefinition) ?? "");
    if (place.node === undefined || !definition) return [];
    const id = place.taskDefinition.id;
    const start = starts.get(id) ?? startNeeds(network.lookup, place.taskDefinition, model.region);
    starts.set(id, start);
    const needs = [
      ...start,
      ...(place.compute === "EC2" ? instanceNeeds : []),
      ...connectNeeds(place.resource),
      ...codeNeeds(definition, model.node(place.node)),
    ];
    return needs.map((need) => reachOf(trip, asked, place, definition.id, need));
  });
}

function reachOf({ network, model }: Trip, asked: Asked, place: Place, taskDefinition: string, need: Need): Reach {
  const sources = sourcesOf(place, need.by);
  const onTask = sources.some(({ end }) => end === place.own);
  const from = onTask || !sources[0]?.end.node ? (place.node as string) : sources[0].end.node;
  const edge = place.edge === undefined ? undefined : model.edge(place.edge);
  const holder = onTask && edge ? edge.props : model.node(from)?.props;
  const answer = combine(sources.map((source) => remembered(network, asked, source, need)));
  const { verdict, why, obstacle, resource, missing } =
    sources.length === 0 ? unknown(`The instances that run ${place.name} are not part of this design.`) : answer;
  return {
    node: place.node as string,
    ...(place.edge === undefined ? {} : { edge: place.edge }),
    taskDefinition,
    dependency: need.dependency,
    by: need.by,
    what: need.what,
    from,
    tier:
      (holder as { tier?: Tier } | undefined)?.tier ??
      (edge && isRelationEdge(edge, "runTask") ? edge.props.tier : "private"),
    verdict,
    why,
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(resource === undefined ? {} : { resource }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** What ECS must reach before a task starts in a place, from the stack alone. */
export function startReaches(network: Network, place: Place): Pick<Reach, "dependency" | "what" | "verdict" | "why">[] {
  const asked: Asked = { answers: new Map(), egress: new Map() };
  const needs = [
    ...startNeeds(network.lookup, place.taskDefinition, undefined),
    ...(place.compute === "EC2" ? instanceNeeds : []),
    ...connectNeeds(place.resource),
  ];
  return needs.map((need) => {
    const sources = sourcesOf(place, need.by);
    const nobody = place.unknown ?? `The instances that run ${place.name} are not part of this template.`;
    const { verdict, why, obstacle } =
      sources.length === 0
        ? unknown(nobody)
        : combine(sources.map((source) => remembered(network, asked, source, need)));
    const todo = obstacle === "no-public-address" ? ` ${addressed(place, sources)}` : "";
    return { dependency: need.dependency, what: need.what, verdict, why: `${why}${todo}` };
  });
}

/** What to do where a public address is missing. */
const addressed = (place: Place, sources: readonly Source[]): string =>
  sources.some(({ end }) => end === place.own)
    ? `Set AssignPublicIp of ${place.name} to ENABLED, or use subnets with a route to a NAT gateway.`
    : "Give the instances public addresses, or use subnets with a route to a NAT gateway.";

/** From interfaces to a service of AWS that answers for a resource of the template. */
export function serviceHops(
  network: Network,
  ends: readonly (Interfaces & { publicAddress?: boolean | undefined })[],
  dependency: Dependency,
  target: Resource,
): Hop[] {
  const asked: Asked = { answers: new Map(), egress: new Map() };
  const need: Need = {
    dependency,
    by: "code",
    what: dependencyEndpoints.rows[dependency].label,
    endpoints: endpointsFor(dependency),
  };
  return ends.map((end) => {
    const { verdict, why, resource } = answerFor({ network, asked }, { end, publicAddress: end.publicAddress }, need);
    return plainHop("route", { at: `${end.name} → ${target.id}`, resource, port: "tcp/443", verdict, why });
  });
}
