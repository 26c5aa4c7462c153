import type { NodeKind } from "../catalog";
import { pairs } from "../catalog/pairs";
import { compareKeys } from "../core/json";
import type { Document, DocumentNode } from "../document/document";
import { type Draft, draw } from "./draw";
import { type Random, random } from "./random";

const boxes: readonly NodeKind[] = ["vpc", "cluster"];
const inCluster: readonly NodeKind[] = ["service", "taskDefinition", "asgCapacityProvider"];
const inVpc: readonly NodeKind[] = ["alb", "nlb", "clb", "efs"];
/** Kinds that have a security group of their own. */
const withGroups: readonly NodeKind[] = ["alb", "nlb", "clb", "service", "efs", "asgCapacityProvider"];

/**
 * A small design in which everything is connected to everything that the grammar allows, several times, across two
 * networks and with groups taken over by hand. Nobody draws this; what holds here holds for what people draw.
 */
export function denseDesign(seed: number): Document {
  const dice = random(seed);
  return draw((draft) => {
    const byKind = new Map<NodeKind, string[]>();
    const note = (kind: NodeKind, id: string): void => {
      byKind.set(kind, [...(byKind.get(kind) ?? []), id]);
    };
    for (let number = 0; number < 2; number += 1) {
      const vpc = draft.add("vpc", {
        source: dice.chance(0.2) ? "existing" : "new",
        interfaceEndpoints: dice.chance(0.3) ? ["logs"] : [],
      });
      note("vpc", vpc);
      note("cluster", draft.add("cluster", {}, { parent: vpc }));
    }
    const kinds = new Set(pairs.flatMap(({ from, to }) => [from, to]));
    for (const kind of kinds) {
      if (boxes.includes(kind)) continue;
      const count = dice.chance(0.5) ? 3 : 2;
      for (let number = 0; number < count; number += 1) note(kind, add(draft, dice, kind, byKind));
    }
    for (const { from, to, relations } of pairs) {
      for (let number = 0; number < 3; number += 1) {
        connect(draft, dice, dice.pick(byKind.get(from) ?? []), dice.pick(relations), dice.pick(byKind.get(to) ?? []));
      }
    }
    takeOver(
      draft,
      dice,
      withGroups.flatMap((kind) => byKind.get(kind) ?? []),
    );
  });
}

function add(draft: Draft, dice: Random, kind: NodeKind, byKind: ReadonlyMap<NodeKind, string[]>): string {
  const box: NodeKind | undefined = inCluster.includes(kind) ? "cluster" : inVpc.includes(kind) ? "vpc" : undefined;
  const at = box ? { parent: dice.pick(byKind.get(box) ?? []) } : {};
  if (kind === "taskDefinition") {
    const networkMode = dice.pick(["awsvpc", "bridge", "host", "none"] as const);
    const containerDefinitions = {
      c1: { name: "app", image: "x:1", portMappings: [{ containerPort: 80 }] },
      c2: { name: "side", image: "y:1" },
    };
    return draft.add("taskDefinition", { networkMode, containerDefinitions }, at);
  }
  if (kind === "service") {
    const launchType = dice.pick(["FARGATE", "EC2", undefined] as const);
    return draft.add("service", { launchType, enableExecuteCommand: dice.chance(0.3) }, at);
  }
  if (kind === "nlb") {
    const protocol = dice.pick(["TCP", "UDP", "TCP_UDP", "TLS"] as const);
    return draft.add("nlb", { withSecurityGroup: dice.chance(0.5), listeners: [{ port: 80, protocol }] }, at);
  }
  return draft.add(kind, {}, at);
}

function connect(
  draft: Draft,
  dice: Random,
  from: string,
  relation: (typeof pairs)[number]["relations"][number],
  to: string,
): void {
  // Dead-letter queues in a circle are a circle in the template too.
  if (relation === "deadLetter" && compareKeys(from, to) >= 0) return;
  const whole = relation === "run" || relation === "runTask";
  const end = (id: string): string =>
    draft.document.nodes[id]?.kind === "taskDefinition" && !whole ? `${id}/${dice.pick(["c1", "c2"])}` : id;
  draft.connect(end(from), relation, end(to));
}

/** A third of the groups name each other by hand. */
function takeOver(draft: Draft, dice: Random, holders: readonly string[]): void {
  for (const id of holders) {
    if (!dice.chance(0.3)) continue;
    const node = draft.document.nodes[id] as DocumentNode;
    const egress = dice.chance(0.5) ? [{ fromPort: 443, peer: { node: dice.pick(holders) } }] : [];
    const securityGroups = { mode: "own", ingress: [{ fromPort: 80, peer: { node: dice.pick(holders) } }], egress };
    draft.document.nodes[id] = { ...node, props: { ...node.props, securityGroups } } as DocumentNode;
  }
}
