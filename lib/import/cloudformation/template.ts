import type { Pointer } from "../../core/pointer";
import type { Stack } from "../../stack/stack";
import type { Value } from "../../stack/value";
import type { TemplateProblem } from "./tree";

/** A template that was read. */
export interface Template {
  /** What it creates. The origin of everything is a node whose id is the logical id. */
  stack: Stack;
  /**
   * What a stack has no place for, where it stood in the template: Metadata, Rules, Hooks, Export of outputs, lengths of
   * parameters. Stack and rest together are the whole template.
   */
  rest: { [key: string]: Value };
  /** Names of the macros that rewrite it before anything is created. */
  transforms: readonly Transform[];
  /** What was read, but does not say all of what will be created. */
  notes: readonly TemplateProblem[];
}

/** A macro. `opaque`: it may change anything, so that the template does not say what is created. */
export interface Transform {
  name: string;
  opaque: boolean;
  path: Pointer;
}

export type ReadTemplate = { ok: true; template: Template } | { ok: false; problems: readonly TemplateProblem[] };
