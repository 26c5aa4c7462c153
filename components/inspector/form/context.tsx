"use client";

import { createContext, useContext } from "react";
import type { Json } from "@/lib/core/json";
import { type Pointer, readAt } from "@/lib/core/pointer";
import { BASE, resetEdits, seenIn } from "@/lib/editor/environments";
import type { Finding } from "@/lib/rules/rule";
import { useEditor } from "../../editor/store";
import type { Hints } from "./hints";
import { fieldEdits } from "./write";

/** What the fields of one node or edge share. */
export interface Form {
  id: string;
  /** What a person set. */
  props: unknown;
  /** The same with defaults filled in. */
  effective: unknown;
  findings: readonly Finding[];
  /** The field that a finding points at. */
  focus: string | undefined;
  hints: Hints;
  readOnly: boolean;
  /** The environment on the screen, and the fields that it changes here. */
  environment: string | null;
  changed: readonly Pointer[];
}

export const FormContext = createContext<Form | undefined>(undefined);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error("A field stands outside a form.");
  return form;
}

/** A field's stored value, its value in effect, and a way to set it; undefined goes back to the default. */
export function useFieldValue(at: string): {
  stored: unknown;
  shown: unknown;
  readOnly: boolean;
  /** The sentence of a refusal, or undefined when the design took it. */
  set(value: Json | undefined): string | undefined;
} {
  const { id, props, effective, readOnly } = useForm();
  const stored = readAt(props, at);
  return {
    stored,
    shown: stored === undefined ? readAt(effective, at) : stored,
    readOnly,
    set(value) {
      const { state, environment, dispatchHere } = useEditor.getState();
      const edits = fieldEdits(seenIn(state.document, environment), id, effective, at, value);
      if (!edits.ok) return edits.problems[0]?.message ?? "The design does not take this.";
      const result = dispatchHere(edits.value, { quiet: true });
      return result.ok ? undefined : (result.problems[0]?.message ?? "The design does not take this.");
    },
  };
}

/** Whether the environment changes a field, and a way to take that back; undefined in the design as drawn. */
export function useDifference(at: string, inside: boolean): { environment: string; reset(): void } | undefined {
  const { id, environment, changed } = useForm();
  if (environment === null || !changed.some((field) => field === at || (inside && field.startsWith(`${at}/`)))) {
    return undefined;
  }
  return {
    environment,
    reset() {
      const { state, dispatch } = useEditor.getState();
      dispatch(resetEdits(state.document, environment, id, at), { says: `As in ${BASE} again.` });
    },
  };
}

/** Findings at a field, or inside it when its widget has no fields of its own to show them at. */
export function findingsAt(findings: readonly Finding[], at: string, inside: boolean): Finding[] {
  return findings.filter(({ at: { field } }) => field === at || (inside && field?.startsWith(`${at}/`)));
}
