import type { Place } from "../document/document";
import type { Model } from "../model/model";
import { type Origin, originsAt, type Stack } from "../stack/stack";
import type { Hop, Reach } from "./flow";
import type { RulePlace } from "./groups";

/** What the places below are read from. */
export interface Said {
  model: Model;
  stack: Stack;
}

/**
 * Where on the drawing a rule of a security group is said: the field of a rule that a person wrote, the edge or the node
 * that a derived one is for. Undefined for what no node and no edge made.
 */
export function placeOfRule(said: Said, rule: RulePlace): Place | undefined {
  return placeIn(said, rule.resource, rule.pointer);
}

/**
 * Where on the drawing a hop is said: the rules that admit it, else the field that lacks one, else whatever its resource
 * comes from. A hop that no resource decides is said by the edge itself.
 */
export function placeOfHop(said: Said, edge: string, hop: Hop): Place {
  for (const rule of hop.rules ?? []) {
    const place = placeOfRule(said, rule);
    if (place) return place;
  }
  return (
    (hop.origin && placeOf(said, hop.origin, hop.resource)) ??
    (hop.resource === undefined ? undefined : placeIn(said, hop.resource, "")) ?? { edge }
  );
}

/** Where on the drawing it is said how a task gets to what it needs: the group or endpoint in the way, else its subnets. */
export function placeOfReach(said: Said, { node, edge, from, obstacle, resource }: Reach): Place {
  const inTheWay = obstacle === "egress" || obstacle === "endpoint";
  const place = inTheWay && resource !== undefined ? placeIn(said, resource, "") : undefined;
  if (place) return place;
  const onEdge = edge !== undefined && from === node;
  return { ...(onEdge ? { edge } : { node: from }), field: "/tier" };
}

function placeIn(said: Said, id: string, pointer: string): Place | undefined {
  const resource = Object.hasOwn(said.stack.resources, id) ? said.stack.resources[id] : undefined;
  const [origin] = resource ? originsAt(resource, pointer) : [];
  return origin && placeOf(said, origin, id);
}

const groupType = "AWS::EC2::SecurityGroup";

/** The field that says it; of a derived group the field in which a person takes it over. */
function placeOf({ model, stack }: Said, { node, edge, field }: Origin, id: string | undefined): Place | undefined {
  if (edge !== undefined) return { edge, ...(field === undefined ? {} : { field }) };
  if (node === undefined) return undefined;
  if (field !== undefined) return { node, field };
  const group = id !== undefined && stack.resources[id]?.type === groupType;
  const taken = group && Object.hasOwn(model.node(node)?.props ?? {}, "securityGroups");
  return { node, ...(taken ? { field: "/securityGroups" } : {}) };
}
