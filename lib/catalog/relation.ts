import type * as z from "zod";
import type { NodeKind } from "./index";

/** How an edge is drawn: traffic solid, data dashed, event dotted, runs and pulls thin. */
export type EdgeStyle = "traffic" | "data" | "event" | "thin";

/** Where an end is anchored: at the node, or at one container of a task definition. */
export type Anchor = "node" | "container";

/** What an edge means. Each relation has one stored direction (`design.md` §9.3). */
export interface RelationDef<P extends z.ZodObject = z.ZodObject> {
  /** "forwards to", read between the names of source and target. */
  verb: string;
  /** One sentence: what it means and what is derived from it. */
  about: string;
  style: EdgeStyle;
  fromAnchor: Anchor;
  toAnchor: Anchor;
  /** Strict object, like a kind's props. */
  props: P;
  /** Few words on the edge: "HTTP 80 /api/*". */
  label(props: z.output<P>): string;
}

export const defineRelation = <P extends z.ZodObject>(definition: RelationDef<P>): RelationDef<P> => definition;

/** A pair of kinds that may be connected. */
export interface Pair<R extends string = string> {
  from: NodeKind;
  to: NodeKind;
  /** The first one is what a plain drag makes; the others are offered beside it. */
  relations: readonly [R, ...R[]];
}

/** A pair that is refused whatever its settings, with the reason a person reads while dragging. */
export interface Refusal<R extends string = string> {
  from: NodeKind | readonly NodeKind[];
  to: NodeKind | readonly NodeKind[];
  /** Only this relation is refused; the pair may have others. */
  relation?: R;
  /** The rule that says so, by its catalogue id. */
  rule: string;
  reason: string;
  instead: string;
  /** The kind to put between them, where the first one that fits is not the usual one. */
  via?: NodeKind;
}
