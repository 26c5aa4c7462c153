import type * as z from "zod";
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
}

/** Something the person should know about an export: a mapped name, a value known only after deployment. */
export interface ExportNote {
  message: string;
  node?: string;
  edge?: string;
}

/** What an export is told beside the stack, as plain data: readers do not import one another. */
export interface ExportContext {
  /** Error findings, when the person exports anyway; written as comments. */
  findings: readonly { rule: string; message: string }[];
  /** Names of nodes by id, for comments. */
  names: Readonly<Record<string, string>>;
  designName: string;
}

export type TargetId = "cloudformation" | "task-definition";

/** One output format. Pure, deterministic order. */
export interface Target<O = unknown> {
  id: TargetId;
  label: string;
  about: string;
  /** highlight.js language of the preview. */
  language: "yaml" | "json" | "typescript" | "hcl";
  options: z.ZodType<O>;
  emit(stack: Stack, options: O, context: ExportContext): { files: OutFile[]; notes: ExportNote[] };
}
