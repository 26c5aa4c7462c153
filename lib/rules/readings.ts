import { catalog, type NodeKind } from "../catalog";
import { pairsFrom } from "../catalog/pairs";
import { type RelationId, relationOf } from "../catalog/relations";
import { isKind } from "../model/build";
import type { ModelNode } from "../model/model";
import { containersOf, servicesOf, taskDefinitionOf } from "../model/queries";
import type { Refused } from "./refused";

/** The two ends of a gesture. */
export interface Ends {
  from: ModelNode;
  fromContainer?: string | undefined;
  to: ModelNode;
  toContainer?: string | undefined;
}

/** One way to understand a gesture as a stored edge. */
export interface Reading {
  ends: Ends;
  /** What it can mean, a plain drag's choice first. */
  relations: readonly RelationId[];
  /** Why the edge is not what was drawn, in a sentence. */
  turn?: string;
  /** The ends could be joined if this were not missing. */
  lacks?: Refused;
}

/** An end that cannot be joined but stands for exactly one thing that can. `rules.md`, cells marked T. */
interface StandIn {
  from: readonly NodeKind[];
  to: NodeKind;
  /** The end that is replaced. */
  side: "from" | "to";
  /** Only when that end is a container. */
  container?: true;
  find(node: ModelNode): ModelNode | undefined;
  turn(found: ModelNode, replaced: ModelNode): string;
}

const standIns: readonly StandIn[] = [
  {
    from: ["alb", "nlb", "clb"],
    to: "asgCapacityProvider",
    side: "to",
    find: (provider) => only(provider.in.flatMap((edge) => (edge.relation === "useCapacity" ? [edge.from] : []))),
    turn: (service, provider) =>
      `ECS registers tasks, not instances, so the connection goes to ${service.name}, which runs on ${provider.name}.`,
  },
  {
    from: ["sqsQueue"],
    to: "taskDefinition",
    side: "to",
    container: true,
    find: (definition) => only(servicesOf(definition)),
    turn: (service) =>
      `A queue starts no tasks, so the connection goes to ${service.name}, whose tasks poll the queue.`,
  },
  {
    from: ["taskDefinition"],
    to: "eventRule",
    side: "from",
    container: true,
    find: (definition) => only(servicesOf(definition)),
    turn: (service, definition) =>
      `Rules watch services and clusters, so the connection comes from ${service.name}, which runs ${definition.name}.`,
  },
];

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** The gesture with the end replaced by what it stands for; undefined when there is no need or not exactly one such thing. */
export function turned(ends: Ends): { ends: Ends; turn: string } | undefined {
  const { from, to } = ends;
  const row = standIns.find((item) => item.from.includes(from.kind) && item.to === to.kind);
  if (!row || (row.container && ends[`${row.side}Container`] === undefined)) return undefined;
  const replaced = ends[row.side];
  const found = row.find(replaced);
  return found && { ends: { from, to, [row.side]: found }, turn: row.turn(found, replaced) };
}

/** All ways to understand a gesture: as drawn, then the other way round; each between the ends or their containers. */
export function readingsOf(drawn: Ends): Reading[] {
  const flipped: Ends = {
    from: drawn.to,
    fromContainer: drawn.toContainer,
    to: drawn.from,
    toContainer: drawn.fromContainer,
  };
  const readings = readingsIn(drawn, false);
  return drawn.from.kind === drawn.to.kind ? readings : [...readings, ...readingsIn(flipped, true)];
}

function readingsIn(ends: Ends, flipped: boolean): Reading[] {
  const readings: Reading[] = [];
  const direct = pairsFrom(ends.from.kind, ends.to.kind);
  if (direct.length > 0) readings.push(...anchored(ends, direct, flipped));
  if (isKind(ends.from, "service")) {
    const relations = pairsFrom("taskDefinition", ends.to.kind).filter(
      (relation) => relationOf(relation).fromAnchor === "container" && relationOf(relation).toAnchor === "node",
    );
    if (relations.length === 0) return readings;
    const definition = taskDefinitionOf(ends.from);
    if (definition) readings.push(...anchored({ ...ends, from: definition }, relations, flipped, ends.from));
    else readings.push({ ends, relations, lacks: noDefinition(ends.from) });
  }
  return readings;
}

const noDefinition = (service: ModelNode): Refused => ({
  rule: "ECS-GR-002",
  reason: `It is the containers that do this, and ${service.name} runs no task definition yet`,
  instead: `Connect ${service.name} to a task definition first`,
});

/** Fills in the container that an end needs: the first essential one. Relations of one pair agree in their anchors. */
function anchored(ends: Ends, relations: readonly RelationId[], flipped: boolean, instead?: ModelNode): [Reading] {
  const [first] = relations;
  const turns: string[] = [];
  if (flipped) {
    turns.push(
      first ? `It is ${ends.from.name} that ${relationOf(first).verb} ${ends.to.name}, so the arrow is turned.` : "",
    );
  }
  const needed = first !== undefined && relationOf(first).fromAnchor === "container";
  if (!needed || ends.fromContainer !== undefined || !isKind(ends.from, "taskDefinition")) {
    return [{ ends, relations, ...turn(turns) }];
  }
  const containers = containersOf(ends.from);
  const container = containers.find((item) => item.essential) ?? containers[0];
  if (!container) {
    const lacks: Refused = {
      rule: "ECS-GR-002",
      reason: `It is a container that does this, and ${ends.from.name} has none yet`,
      instead: `Add a container to ${ends.from.name} first`,
    };
    return [{ ends, relations, lacks }];
  }
  if (containers.length > 1 || instead) {
    turns.push(`The connection starts at the container ${container.name} of ${ends.from.name}.`);
  }
  return [{ ends: { ...ends, fromContainer: container.id }, relations, ...turn(turns) }];
}

const turn = (sentences: readonly string[]): { turn?: string } =>
  sentences.length === 0 ? {} : { turn: sentences.join(" ") };

/** Boxes are joined to what they hold by containment, never by an edge. */
export function belongsInside({ from, to }: Ends): Refused | undefined {
  for (const [box, node] of [
    [from, to],
    [to, from],
  ] as const) {
    const { within } = catalog[node.kind];
    if (!(within as readonly string[]).includes(box.kind)) continue;
    return {
      rule: "ECS-GR-001",
      reason: `A ${catalog[box.kind].short === "VPC" ? "VPC" : "cluster"} holds what stands inside its box; no arrow says so`,
      instead: `Drag ${node.name} into ${box.name}`,
    };
  }
  return undefined;
}
