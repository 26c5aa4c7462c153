import type { NodeKind } from "../catalog";
import type { BoxKind } from "../catalog/kind";
import type { RelationId } from "../catalog/relations";

/** What a kind cannot do without, and what is therefore placed with it in the same undo step. */
export interface Companions {
  /** Boxes it needs around it, outermost first. Those that the design has already are used. */
  around: readonly BoxKind[];
  /** Nodes it needs beside it, unless the selection is one; the edge leads from the new node to them. */
  beside: readonly { kind: NodeKind; relation: RelationId; name: (name: string) => string }[];
}

/** `design.md` §9.4: placing a service on an empty canvas also places VPC, cluster and task definition. */
export const companions: Readonly<Partial<Record<NodeKind, Companions>>> = {
  service: {
    around: ["vpc", "cluster"],
    beside: [{ kind: "taskDefinition", relation: "run", name: (name) => `${name} task` }],
  },
};

/** Kinds that bring EC2 instances into a cluster: what is placed beside them starts with EC2's settings. */
export const instanceKinds: ReadonlySet<NodeKind> = new Set<NodeKind>(["asgCapacityProvider"]);
