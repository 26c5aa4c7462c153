import type { Document } from "../../document/document";
import type { Analysis } from "../../editor/analysis";
import type { RuleId } from "../../rules/rule";
import type { CheckId } from "../../start/checks";
import { type Draft, draw } from "../draw";
import { fargateWeb, type Web } from "../presets";

/** A question that somebody asked in public, drawn as a design, and what names its cause. */
export interface Question {
  /** The thread. */
  url: `https://github.com/${string}`;
  /** What the person saw, in our words. */
  seen: string;
  /** The published root cause, in our words. */
  cause: string;
  design: Document;
  /** The first finding above an info, and what its sentence must name. */
  finding?: { rule: RuleId; severity: "error" | "warning"; names: readonly RegExp[] };
  /** The first line of the start checklist that does not pass. */
  start?: { check: CheckId; verdict: "fails" | "unknowable"; names: RegExp };
  /** Nobody sees the cause in a design: the line of the checklist that passes on this condition says it. */
  reminder?: { check: CheckId; names: RegExp };
  /** The first hop that is blocked, by the security group that lacks a rule. */
  hop?: { group: string; direction: "ingress" | "egress"; port: number };
  /** Nothing drawn can have this fault: what the stack has instead. Exactly what is expected, and what is found. */
  prevented?: { expected: unknown; found(analysis: Analysis): unknown };
}

/** A design of a preset, changed and added to. */
export const drawn = <W = Web>(
  build: (draft: Draft, web: W) => void,
  preset: (draft: Draft) => W = fargateWeb as never,
): Document => draw((draft) => build(draft, preset(draft)));

/** Changes settings of a node or an edge. */
export function put(draft: Draft, id: string, props: object): void {
  const item = draft.document.nodes[id] ?? draft.document.edges[id];
  if (!item) throw new Error(`There is no ${id}`);
  Object.assign(item.props, props);
}
