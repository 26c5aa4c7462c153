import { create } from "zustand";
import type { NodeKind } from "@/lib/catalog";
import type { Problem, Result } from "@/lib/core/result";
import type { PriceBook } from "@/lib/cost/prices";
import type { Document, Place, Scenario } from "@/lib/document/document";
import type { Edit } from "@/lib/document/edits/edit";
import type { Analysis, AnalysisOptions } from "@/lib/editor/analysis";
import { type CommandId, commands } from "@/lib/editor/commands";
import type { CommandArgs, DialogId, DockTab, Effect, PanelId, Point, RailTab } from "@/lib/editor/commands/command";
import { inPatch } from "@/lib/editor/environments";
import { place as placeNode } from "@/lib/editor/place";
import type { EditOptions, EditorState, Mode } from "@/lib/editor/state";
import * as history from "@/lib/editor/state";
import type { StoredDesign } from "../designs/database";
import { analyseLater, analyseSafely, analysisLoaded } from "./analyse-safely";
import { carryOut } from "./effects";
import { judgeSoon, judgingDone } from "./judging";

/** What the canvas offers to the rest of the screen while it is mounted; it registers itself with `setCanvas`. */
export interface CanvasApi {
  /** Brings all nodes, or these nodes and edges, into view. */
  fit(ids?: readonly string[]): void;
  zoom(by: "in" | "out"): void;
  /** Pans just enough to show these nodes and edges; the zoom stays, unless nothing can be made out at it. */
  reveal(ids: readonly string[]): void;
  /** Middle of what is visible, in canvas units. */
  center(): Point;
}

/** A short message at the edge of the screen; also read aloud. */
export interface Notice {
  /** Grows with every notice, so that the same words twice are two notices. */
  id: number;
  /** What is under way stays until it is over. */
  tone: "plain" | "refusal" | "busy";
  text: string;
  /** Everything that is wrong, for files that could not be opened. */
  details?: readonly Problem[];
}

/** Honest words about where the work is kept. */
export type Saved = "loading" | "saved" | "saving" | "failed" | "elsewhere" | "readOnly";

export type Prices = { status: "loading" } | { status: "ready"; book: PriceBook } | { status: "missing"; why: string };

export interface EditorStore {
  state: EditorState;
  /**
   * Of the design as it is now. After an edit of a large one only its model is there at first: asking for more makes
   * the rest at once, which exports do. What is always on the screen shows `judged`.
   */
  analysis: Analysis;
  /** The last analysis that is complete: that of now, or for a frame or two that of before the last edit. */
  judged: Analysis;
  /** Why the analysis is that of an earlier drawing; undefined normally. */
  analysisProblem: string | undefined;
  scenario: Scenario;
  /** What everything on the screen is shown and edited in; null is the design as drawn. Always one that exists. */
  environment: string | null;
  prices: Prices;

  /** Key of the open design in the browser's store; undefined until it is there, and for shared links. */
  designId: string | undefined;
  saved: Saved;
  /** Another tab's version of this design, while the person has to choose. */
  theirs: StoredDesign | "deleted" | undefined;
  /** What is wrong with the link the page was opened with. */
  brokenLink: readonly Problem[] | undefined;
  /** The person chose an empty canvas without the starters over it. */
  startBlank: boolean;
  panels: Record<PanelId, boolean>;
  railTab: RailTab;
  /** Grows when a command asks for the rail: its search or its tree takes the keyboard's focus. */
  railFocus: number;
  dockTab: DockTab;
  dialog: DialogId | undefined;
  /** The node whose name is being typed in the outline or on the canvas. */
  renaming: string | undefined;
  notice: Notice | undefined;
  /** Last words for screen readers. */
  announcement: string;
  canvas: CanvasApi | undefined;

  /** Applies edits as one undo step. A refusal is shown as a notice too, unless `quiet`. */
  dispatch(edits: readonly Edit[], options?: EditOptions & { says?: string; quiet?: boolean }): Result<EditorState>;
  /** Like `dispatch`, but in an environment fields and figures of use change there only. */
  dispatchHere(edits: readonly Edit[], options?: Parameters<EditorStore["dispatch"]>[1]): Result<unknown>;
  /** Selects nodes and edges; `focus` shows a field in the inspector. */
  select(ids: readonly string[], focus?: Place): void;
  /** Runs a command by name, from a button, a key, a menu or the palette. */
  run(id: CommandId, args?: CommandArgs): void;
  /** Places a new node: at a point of the canvas (absolute units) or, without one, next to the selection. */
  place(kind: NodeKind, at?: Point): void;
  setMode(mode: Mode): void;
  setScenario(scenario: Scenario): void;
  setEnvironment(environment: string | null): void;
  /** Opens another design; history starts anew. */
  load(document: Document, options?: LoadOptions): void;
  setCanvas(canvas: CanvasApi | undefined): void;
  perform(effects: readonly Effect[]): void;
  announce(text: string): void;
  notify(text: string, tone?: Notice["tone"], details?: readonly Problem[]): void;
}

export interface LoadOptions {
  readOnly?: boolean;
  designId?: string;
  /** Another version of the same design: the view and what still exists of the selection stay. */
  keepView?: boolean;
}

/** True when two designs differ in positions at most, which change no finding, no flow, no cost and no export. */
export const sameMeaning = (a: Document, b: Document): boolean =>
  a.name === b.name &&
  a.nodes === b.nodes &&
  a.edges === b.edges &&
  a.settings === b.settings &&
  a.usage === b.usage &&
  a.environments === b.environments &&
  a.suppressions === b.suppressions;

const start = history.initialState();
const first = analyseSafely(start.document, { environment: null, scenario: "typical", prices: null });

/** Designs of so many nodes are judged in less than half a frame: in the task of the edit itself. */
const AT_ONCE = 100;
let notices = 0;

/** The one store of the editor. Components read from it and change the design through `dispatch`, `place` and `run`. */
export const useEditor = create<EditorStore>()((set, get) => {
  /** Shows another state; the analysis follows when the document is another one. */
  const show = (state: EditorState): void => {
    if (state !== get().state) applyState(state);
  };

  const derive = (document: Document) => analyseNow(document, get());

  return {
    state: start,
    ...first,
    judged: first.analysis,
    scenario: "typical",
    environment: null,
    prices: { status: "loading" },
    designId: undefined,
    saved: "loading",
    theirs: undefined,
    brokenLink: undefined,
    startBlank: false,
    panels: { rail: true, inspector: true, dock: true },
    railTab: "add",
    railFocus: 0,
    dockTab: "problems",
    dialog: undefined,
    renaming: undefined,
    notice: undefined,
    announcement: "",
    canvas: undefined,

    dispatch(edits, options = {}) {
      const result = history.edit(get().state, edits, options);
      if (result.ok) {
        show(result.value);
        if (options.says) get().announce(options.says);
      } else if (!options.quiet) {
        get().notify(result.problems[0]?.message ?? "This change is not possible.", "refusal");
      }
      return result;
    },

    dispatchHere(edits, options = {}) {
      const { state, environment, dispatch, notify } = get();
      if (environment === null) return dispatch(edits, options);
      const meant = inPatch(state.document, environment, edits);
      if (meant.ok) return dispatch(meant.value, options);
      if (!options.quiet) notify(meant.problems[0]?.message ?? "This change is not possible.", "refusal");
      return meant;
    },

    select(ids, focus) {
      show(history.select(get().state, ids, focus));
    },

    run(id, args = {}) {
      const command = commands[id];
      const { state, dispatch, select, perform, notify, announce } = get();
      const enabled = command.enabled(state);
      if (enabled !== true) return notify(enabled, "refusal");
      const outcome = command.run(state, { at: get().canvas?.center(), ...args });
      if ("refusal" in outcome) return notify(outcome.refusal, "refusal");
      if (outcome.edits && outcome.edits.length > 0) {
        const merge = command.undo === "merge" ? { merge: id } : {};
        const result = dispatch(outcome.edits, { ...merge, ...(outcome.select ? { select: outcome.select } : {}) });
        if (!result.ok) return;
      } else if (outcome.select) {
        select(outcome.select);
      }
      if (outcome.says) announce(outcome.says);
      perform(outcome.effects ?? []);
    },

    place(kind, at) {
      const { state, dispatch, canvas } = get();
      const outcome = placeNode(state, kind, at ? { at } : { near: canvas?.center() });
      if (!outcome.ok) return get().notify(outcome.problems[0]?.message ?? "", "refusal");
      const { edits, select, says } = outcome.value;
      if (!dispatch(edits, { select, says }).ok || at) return;
      // Boxes that came along may reach far; a single card only has to be in view.
      const added = edits.filter((item) => item.edit === "addNode").length;
      get().perform([added > 1 ? { effect: "fit" } : { effect: "reveal", ids: select }]);
    },

    setMode(mode) {
      show(history.setMode(get().state, mode));
    },

    setScenario(scenario) {
      set({ scenario });
      set(derive(get().state.document));
    },

    setEnvironment(environment) {
      if (environment === get().environment) return;
      set({ environment });
      set(derive(get().state.document));
      get().announce(environment === null ? "Showing the design as drawn." : `Showing ${environment}.`);
    },

    load(document, options = {}) {
      const { mode, selection } = get().state;
      const state = { ...history.initialState(document, options.readOnly), mode };
      const cleared = {
        renaming: undefined,
        dialog: undefined,
        brokenLink: undefined,
        theirs: undefined,
        startBlank: false,
      };
      const rail = options.readOnly ? { railTab: "outline" as const } : {};
      set({ designId: options.designId, ...cleared, ...rail });
      const next = options.keepView ? history.select(state, selection) : state;
      // Nothing of another design is shown of this one.
      set({ state: next, ...derive(next.document) });
      if (!options.keepView) get().setEnvironment(null);
      if (!options.keepView) requestAnimationFrame(() => get().canvas?.fit());
    },

    setCanvas(canvas) {
      set({ canvas });
    },

    perform(effects) {
      for (const effect of effects) carryOut(effect);
    },

    announce(text) {
      // A trailing space makes the same words a new message for screen readers.
      set({ announcement: get().announcement === text ? `${text}\u00a0` : text });
    },

    notify(text, tone = "plain", details) {
      notices += 1;
      set({ notice: { id: notices, tone, text, ...(details ? { details } : {}) } });
    },
  };
});

void analysisLoaded.then(() => {
  const store = useEditor.getState();
  useEditor.setState(analyseNow(store.state.document, store));
});

/** Undoes or redoes one step and says so. */
export function travel(direction: "undo" | "redo"): void {
  const { state, announce } = useEditor.getState();
  const next = direction === "undo" ? history.undo(state) : history.redo(state);
  if (next === state) return;
  applyState(next);
  announce(direction === "undo" ? "Undid the last change." : "Redid the change.");
}

/** Takes over a state computed by the history functions and derives what follows from it. */
function applyState(state: EditorState): void {
  const store = useEditor.getState();
  if (sameMeaning(store.state.document, state.document)) useEditor.setState({ state });
  else useEditor.setState({ state, ...analyseSoon(state.document, store) });
}

/** Gives the store a price book, or the reason why there is none, and prices the design anew. */
export function setPrices(prices: Prices): void {
  const store = useEditor.getState();
  useEditor.setState({ prices, ...analyseNow(store.state.document, { ...store, prices }) });
}

type Given = Pick<EditorStore, "prices" | "scenario" | "judged" | "environment">;

/** Prices of another Region are no prices, until the right ones are loaded; an environment that is gone is none. */
function optionsFor(document: Document, { prices, scenario, environment: chosen }: Given): AnalysisOptions {
  const book = prices.status === "ready" && prices.book.region === document.settings.region ? prices.book : null;
  const environment = chosen !== null && Object.hasOwn(document.environments, chosen) ? chosen : null;
  return { environment, scenario, prices: book };
}

function analyseNow(document: Document, store: Given) {
  const options = optionsFor(document, store);
  const made = analyseSafely(document, options, store.judged);
  judgingDone();
  return { environment: options.environment, ...made, judged: made.analysis };
}

/** In the task of the edit where that is short, else in tasks of their own behind the frame that shows the edit. */
function analyseSoon(document: Document, store: Given): Partial<EditorStore> {
  const options = optionsFor(document, store);
  const isLarge = Object.keys(document.nodes).length > AT_ONCE;
  // What was said of another environment is not said of this one.
  const pending =
    isLarge && store.judged.environment === options.environment
      ? analyseLater(document, options, store.judged)
      : undefined;
  if (!pending) return analyseNow(document, store);
  judgeSoon(pending, (made) => useEditor.setState({ ...made, judged: made.analysis }));
  return { environment: options.environment, analysis: pending.analysis };
}
