import { kindOf, type NodeKind, nodeKinds } from "../catalog";
import { pairsFrom } from "../catalog/pairs";
import type { ModelNode } from "../model/model";
import type { RuleId } from "./rule";

/** Why a connection cannot be made. Sentences without their full stop, so that they can be put together. */
export interface Refused {
  rule: RuleId;
  reason: string;
  /** What to do instead. */
  instead: string;
  /** The nearest allowed way, through one more node, where there is one. */
  path?: readonly [NodeKind, NodeKind, NodeKind];
}

/** "Front door cannot be connected to Web: … . …" */
export const refusalMessage = (from: ModelNode, to: ModelNode, { reason, instead }: Refused): string =>
  from === to
    ? `${from.name} cannot be connected to itself: ${reason}. ${instead}.`
    : `${from.name} cannot be connected to ${to.name}: ${reason}. ${instead}.`;

/** "an ECS service", "a task definition": a kind in the middle of a sentence. */
export function aKind(kind: NodeKind): string {
  const { label } = kindOf(kind);
  const noun = /^[A-Z][a-z]*( [a-z]+)*$/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  return `${/^([AEIOUaeiou]|S[QN]S|SSM|[FLMNRSX][A-Z0-9])/.test(noun) ? "an" : "a"} ${noun}`;
}

const joined = (a: NodeKind, b: NodeKind): boolean => pairsFrom(a, b).length > 0;

const paths = new Map<string, Refused["path"]>();

/** The first kind in catalog order that can stand between two others, along the arrows if possible. */
export function pathBetween(from: NodeKind, to: NodeKind): Refused["path"] {
  const key = `${from} ${to}`;
  if (!paths.has(key)) {
    const via =
      nodeKinds.find((kind) => joined(from, kind) && joined(kind, to)) ??
      nodeKinds.find((kind) => (joined(from, kind) || joined(kind, from)) && (joined(kind, to) || joined(to, kind)));
    paths.set(key, via && [from, via, to]);
  }
  return paths.get(key);
}

/** The refusal of a pair that nothing in AWS joins. */
export function noRelation(from: ModelNode, to: ModelNode): Refused {
  const path = pathBetween(from.kind, to.kind);
  return {
    rule: "ECS-GR-001",
    reason: `${kindOf(from.kind).label} and ${kindOf(to.kind).label} have no direct relation in AWS`,
    instead: path
      ? `Put ${aKind(path[1])} between them`
      : "Leave them apart, or describe what joins them as a generic resource",
    ...(path ? { path } : {}),
  };
}
