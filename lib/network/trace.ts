import type { RelationId } from "../catalog/relations";
import type { Model } from "../model/model";
import type { Stack } from "../stack/stack";
import { aclsOf } from "./acls";
import { type Flow, type Flows, together } from "./flow";
import { groupsOf } from "./groups";
import type { Network } from "./interfaces";
import { lookupOf } from "./lookup";
import { placesOf } from "./places";
import { reachesOf, taskPlacesOf } from "./reach";
import { routesOf } from "./routes";
import { walkCall } from "./walks/call";
import { walkForward } from "./walks/forward";
import { walkMount } from "./walks/mount";
import { walkRequest } from "./walks/request";
import type { Trip, Walk } from "./walks/walk";

/** How a packet travels along each relation; null where none does between two interfaces of the design. */
const walks: { readonly [R in RelationId]: Walk | null } = {
  request: walkRequest,
  forward: walkForward,
  call: walkCall,
  mount: walkMount,
  run: null,
  useCapacity: null,
  // What tasks ask of AWS's services is in `reach.ts`.
  pull: null,
  access: null,
  environmentFile: null,
  inject: null,
  read: null,
  credentials: null,
  send: null,
  publish: null,
  poll: null,
  // These travel inside AWS.
  deadLetter: null,
  subscribe: null,
  subscribeHttps: null,
  runTask: null,
  deliver: null,
  intercept: null,
  notify: null,
  accessLogs: null,
  dependsOn: null,
  reference: null,
};

/** The stack as a network: groups, routes and indexes, read once. */
export function networkOf(stack: Stack, nameOf: Network["nameOf"] = () => undefined): Network {
  const lookup = lookupOf(stack);
  return { lookup, groups: groupsOf(lookup), routes: routesOf(lookup), acls: aclsOf(lookup), nameOf };
}

/**
 * Walks every drawn traffic, call and mount edge hop by hop, and finds what each task can reach. All answers come from
 * the stack; the model only says which edges were drawn and what things are called. Never throws.
 */
export function traceFlows(model: Model, stack: Stack): Flows {
  const network = networkOf(stack, (node) => model.node(node)?.name);
  const places = placesOf(network);
  const trip: Trip = { network, places, model };
  const byEdge = new Map<string, Flow>();
  for (const edge of model.edges) {
    const hops = walks[edge.relation]?.(trip, edge);
    if (hops) byEdge.set(edge.id, { edge: edge.id, verdict: together(hops), hops });
  }
  return {
    flows: [...byEdge.values()],
    places: taskPlacesOf(trip),
    reaches: reachesOf(trip),
    flow: (edge) => byEdge.get(edge),
  };
}
