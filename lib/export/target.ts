import type * as z from "zod";
import type { Document } from "../document/document";
import type { Model } from "../model/model";
import type { Stack } from "../stack/stack";

/** A file to write: relative path, text, and where each line comes from. */
export interface OutFile {
  path: string;
  text: string;
  /** Nodes and edges per line (0-based), for click → node and selection → lines. */
  lines: readonly LineOrigin[];
}

export interface LineOrigin {
  line: number;
  node?: string;
  edge?: string;
  /** The line says what was drawn; without it, what follows from that. */
  drawn?: true;
}

/** Something the person should know about an export: a mapped name, a value known only after deployment. */
export interface ExportNote {
  message: string;
  node?: string;
  edge?: string;
}

/** A finding as an export shows it. */
export interface ExportFinding {
  rule: string;
  severity: "error" | "warning" | "info";
  message: string;
}

/** Monthly cost as an export shows it: amounts in USD, unrounded. */
export interface ExportCost {
  total: number;
  /** Why the total is not everything: one sentence for each thing without a price. */
  unknown: readonly string[];
  /** Date of the price list. */
  priceDate: string;
  lines: readonly { node: string | null; edge: string | null; item: string; amount: number }[];
}

/** One environment of the design, analysed as if it were the design. */
export interface ExportEnvironment {
  name: string;
  stack: Stack;
  findings: readonly ExportFinding[];
  cost: ExportCost | null;
}

/** What an export is told beside the stack, as plain data: readers do not import one another. */
export interface ExportContext {
  /** Error findings, when the person exports anyway; written as comments. */
  findings: readonly Pick<ExportFinding, "rule" | "message">[];
  /** Names of nodes by id, for comments. */
  names: Readonly<Record<string, string>>;
  designName: string;
  /** The drawing, in the environment if there is one: pictures show it. */
  model: Model;
  /** The design as drawn, with all its environments: pictures and repositories carry it. */
  design: Document;
  /** The one environment that the stack is of; null when it is the design as drawn, or all environments in one. */
  environment: string | null;
  /** The stack of the design as drawn, or of the one environment: what formats get that take one at a time. */
  single: Stack;
  /** Null while there are no prices. */
  cost: ExportCost | null;
  /** All environments of the design in rollout order, made when first asked for; empty when it has none. */
  readonly environments: readonly ExportEnvironment[];
}

export type TargetId =
  | "cdk"
  | "cloudformation"
  | "compose"
  | "mermaid"
  | "repository"
  | "svg"
  | "task-definition"
  | "terraform";

export interface Emission {
  files: OutFile[];
  notes: ExportNote[];
}

/** One output format. Pure, deterministic order. */
export interface Target<O = unknown> {
  id: TargetId;
  label: string;
  about: string;
  options: z.ZodType<O>;
  /** What it gets of a design with environments when none is chosen: one stack for all, or the design as drawn. */
  environments: "merged" | "single";
  emit(stack: Stack, options: O, context: ExportContext): Emission;
}
