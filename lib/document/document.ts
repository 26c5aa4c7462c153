import type * as z from "zod";
import type { InputOf, NodeKind } from "../catalog";
import type { RelationId, relations } from "../catalog/relations";
import type { Json, JsonObject } from "../core/json";

/** The version this build reads and writes. Older ones are migrated, newer ones refused. */
export const DOCUMENT_VERSION = 1;

export interface NodeOf<K extends NodeKind> {
  kind: K;
  /** Free text that people read. */
  name: string;
  /** Fixed at creation; never follows a rename, because CloudFormation would replace the resource. */
  logicalId: string;
  /** The box it stands in. Membership is this and nothing else. */
  parent?: string;
  /** Only what a person set; defaults are filled in by the model. */
  props: InputOf<K>;
}
export type DocumentNode = { [K in NodeKind]: NodeOf<K> }[NodeKind];

export interface EdgeOf<R extends RelationId> {
  /** `NODE` or `NODE/CONTAINER`. */
  from: string;
  to: string;
  relation: R;
  props: z.input<(typeof relations)[R]["props"]>;
}
export type DocumentEdge = { [R in RelationId]: EdgeOf<R> }[RelationId];

/** Position and, for boxes, size in canvas units; relative to the parent box. */
export interface Layout {
  x: number;
  y: number;
  w?: number;
  h?: number;
}

export type Scenario = "low" | "typical" | "high";
export const scenarios = ["low", "typical", "high"] as const satisfies readonly Scenario[];

/** Quantities per month or per run that only the person knows, by node or edge id and usage key. */
export type Usage = Record<string, Record<string, number>>;

export interface Environment {
  /** JSON merge patches (RFC 7396) on the props of nodes and edges, by id. */
  props: Record<string, JsonObject>;
  usage: Partial<Record<Scenario, Usage>>;
}

/** A place in a design: a node or an edge, and a JSON Pointer into its props. */
export interface Place {
  node?: string;
  edge?: string;
  field?: string;
}

export interface Suppression {
  rule: string;
  at: Place;
  reason: string;
}

/** What a person drew, and nothing derived. Never mutated: edits make new documents that share what did not change. */
export interface Document {
  version: typeof DOCUMENT_VERSION;
  name: string;
  settings: { region: string; production: boolean };
  nodes: Record<string, DocumentNode>;
  edges: Record<string, DocumentEdge>;
  layout: Record<string, Layout>;
  usage: { scenarios: Record<Scenario, Usage> };
  environments: Record<string, Environment>;
  suppressions: Suppression[];
}

/** A design with nothing in it. */
export const emptyDocument = (name = "Untitled design"): Document => ({
  version: DOCUMENT_VERSION,
  name,
  settings: { region: "us-east-1", production: false },
  nodes: {},
  edges: {},
  layout: {},
  usage: { scenarios: { low: {}, typical: {}, high: {} } },
  environments: {},
  suppressions: [],
});

/** Splits `NODE/CONTAINER`. */
export function endpoint(end: string): { node: string; container?: string } {
  const slash = end.indexOf("/");
  return slash < 0 ? { node: end } : { node: end.slice(0, slash), container: end.slice(slash + 1) };
}

/** Applies a JSON merge patch (RFC 7396): null removes, objects merge, all else replaces. */
export function mergePatch(target: unknown, patch: Json): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (key !== "__proto__") result[key] = mergePatch(result[key], value);
  }
  return result;
}
