import { fail, ok, type Result } from "../core/result";
import { type Document, emptyDocument, type Place } from "../document/document";
import { applyAll } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";

/** What the canvas emphasises. */
export const modes = ["design", "flows", "cost", "deploy"] as const;
export type Mode = (typeof modes)[number];

/** One step of history. Documents share everything that did not change, so keeping both ends is cheap and exact. */
export interface Step {
  before: Document;
  after: Document;
  selectionBefore: readonly string[];
  selectionAfter: readonly string[];
  /** Steps with the same key in one burst become one. */
  merge: string | undefined;
}

/** Everything the editor knows that is not derived. Plain data; all functions here return a new one. */
export interface EditorState {
  document: Document;
  /** Ids of nodes and edges, in the order they were picked. */
  selection: readonly string[];
  /** The place a finding points at: the inspector shows the field. Gone with the next selection. */
  focus: Place | undefined;
  /** A shared link: everything can be looked at, nothing changed. */
  readOnly: boolean;
  mode: Mode;
  past: readonly Step[];
  future: readonly Step[];
  /** False once something else happened, so that the next edit with the same merge key is its own step. */
  bursting: boolean;
}

export interface EditOptions {
  /** Key of the burst, such as "nudge": the edits of one burst are undone together. */
  merge?: string;
  /** The selection afterwards; what was selected and still exists otherwise. */
  select?: readonly string[];
}

/** Steps that can be undone; older ones are forgotten. */
export const MAX_STEPS = 500;

export const READ_ONLY = "This design is open read-only. Make a copy to change it.";

export const initialState = (document: Document = emptyDocument(), readOnly = false): EditorState => ({
  document,
  selection: [],
  focus: undefined,
  readOnly,
  mode: "design",
  past: [],
  future: [],
  bursting: false,
});

const exists = (document: Document, id: string): boolean =>
  Object.hasOwn(document.nodes, id) || Object.hasOwn(document.edges, id);

const kept = (document: Document, ids: readonly string[]): readonly string[] => {
  const left = ids.filter((id) => exists(document, id));
  return left.length === ids.length ? ids : left;
};

/** Applies edits as one undo step: all or none. The problems say in sentences why the design cannot take them. */
export function edit(state: EditorState, edits: readonly Edit[], options: EditOptions = {}): Result<EditorState> {
  if (state.readOnly) return fail({ path: "", message: READ_ONLY });
  const result = applyAll(state.document, edits);
  if (!result.ok) return result;
  const after = result.value.document;
  const selection = kept(after, options.select ?? state.selection);
  if (edits.length === 0) return ok({ ...state, selection });
  const last = state.past.at(-1);
  const joins = state.bursting && options.merge !== undefined && last !== undefined && last.merge === options.merge;
  const step: Step = {
    before: joins ? last.before : state.document,
    after,
    selectionBefore: joins ? last.selectionBefore : state.selection,
    selectionAfter: selection,
    merge: options.merge,
  };
  const past = joins ? state.past.slice(0, -1) : state.past;
  return ok({
    ...state,
    document: after,
    selection,
    focus: undefined,
    past: [...past.slice(-(MAX_STEPS - 1)), step],
    future: [],
    bursting: true,
  });
}

/** The state before the last step; the same state when there is none. */
export function undo(state: EditorState): EditorState {
  const step = state.past.at(-1);
  if (!step || state.readOnly) return state;
  return {
    ...state,
    document: step.before,
    selection: kept(step.before, step.selectionBefore),
    focus: undefined,
    past: state.past.slice(0, -1),
    future: [...state.future, step],
    bursting: false,
  };
}

/** The state after the step undone last; the same state when there is none. */
export function redo(state: EditorState): EditorState {
  const step = state.future.at(-1);
  if (!step || state.readOnly) return state;
  return {
    ...state,
    document: step.after,
    selection: kept(step.after, step.selectionAfter),
    focus: undefined,
    past: [...state.past, step],
    future: state.future.slice(0, -1),
    bursting: false,
  };
}

/** Nodes of the selection, in the order they were picked. */
export const selectedNodes = ({ document, selection }: Pick<EditorState, "document" | "selection">): string[] =>
  selection.filter((id) => Object.hasOwn(document.nodes, id));

/** Selects what exists of `ids`; `focus` names the field to show. Not an undo step. */
export function select(state: EditorState, ids: readonly string[], focus?: Place): EditorState {
  const selection = kept(state.document, [...new Set(ids)]);
  const same = selection.length === state.selection.length && selection.every((id, at) => id === state.selection[at]);
  if (same && focus === state.focus) return state;
  return { ...state, selection: same ? state.selection : selection, focus, bursting: false };
}

/** Ends a burst: the next edit is its own undo step whatever its merge key. */
export const settle = (state: EditorState): EditorState => (state.bursting ? { ...state, bursting: false } : state);

/** Shows another mode of the canvas. Not an undo step. */
export const setMode = (state: EditorState, mode: Mode): EditorState => ({ ...state, mode, bursting: false });
