import type { Document } from "@/lib/document/document";
import { readDocument } from "@/lib/document/parse";
import { useEditor } from "../editor/store";
import { readDesign, type StoredDesign, writeDesign } from "./database";

/** What was not yet written when the page went away; read at the next start. */
const UNSAVED = "bayplan:unsaved";

interface Open {
  id: string;
  /** Revision that this tab's work stands on. */
  revision: number;
  /** The document that the stored revision holds. */
  stored: Document | undefined;
}

let open: Open | undefined;
/** Designs that left the screen before their last change was written. */
const left: { target: Open; document: Document }[] = [];
let writing = false;
let channel: BroadcastChannel | undefined;

/** Starts keeping a design: every change is written at once, in order, never two writes at a time. */
export function keep(id: string, revision: number, stored: Document | undefined): void {
  open = { id, revision, stored };
  useEditor.setState({ saved: stored === useEditor.getState().state.document ? "saved" : "saving", theirs: undefined });
  void write();
}

/**
 * Stops keeping the design on the screen, before another one or a shared link takes its place: otherwise that one would
 * be written over it. What is not yet written of it still will be.
 */
export function keepNothing(): void {
  const { state, theirs } = useEditor.getState();
  if (open && !theirs && !state.readOnly && open.stored !== state.document)
    left.push({ target: open, document: state.document });
  open = undefined;
}

function nextToWrite(): { target: Open; document: Document } | undefined {
  const { state, theirs } = useEditor.getState();
  if (left[0]) return left[0];
  return !open || open.stored === state.document || theirs ? undefined : { target: open, document: state.document };
}

async function write(): Promise<void> {
  const next = writing ? undefined : nextToWrite();
  if (!next) return;
  const { target, document } = next;
  writing = true;
  if (open === target) useEditor.setState({ saved: "saving" });
  try {
    const result = await writeDesign({ id: target.id, name: document.name, document }, target.revision);
    if (left[0] === next) left.shift();
    if (result.ok) {
      target.revision = result.revision;
      target.stored = document;
      channel?.postMessage({ id: target.id, revision: result.revision });
      if (open === target && useEditor.getState().state.document === document) useEditor.setState({ saved: "saved" });
    } else if (open === target) {
      useEditor.setState({ saved: "elsewhere", theirs: result.theirs ?? "deleted" });
    }
  } catch (error) {
    console.error(error);
    if (open === target) useEditor.setState({ saved: "failed" });
    writing = false;
    return;
  }
  writing = false;
  // What changed meanwhile is next; after a failure the next change tries again.
  void write();
}

/** The person's answer when another tab has written the same design. */
export async function settleConflict(answer: "mine" | "theirs"): Promise<void> {
  const { theirs, load } = useEditor.getState();
  if (!open || !theirs) return;
  useEditor.setState({ theirs: undefined });
  if (answer === "mine" || theirs === "deleted") {
    const current = await readDesign(open.id);
    open.revision = current?.revision ?? 0;
    open.stored = undefined;
    void write();
    return;
  }
  take(theirs, load);
}

function take(design: StoredDesign, load: ReturnType<typeof useEditor.getState>["load"]): void {
  const document = readDocument(design.document);
  if (!document.ok || !open) return;
  open = undefined;
  load(document.value, { designId: design.id, keepView: true });
  keep(design.id, design.revision, document.value);
}

/** Follows the store from now on; returns what stops it. */
export function startAutosave(): () => void {
  const unsubscribe = useEditor.subscribe((now, before) => {
    if (now.state.document !== before.state.document && !now.state.readOnly) void write();
  });
  channel = new BroadcastChannel("bayplan:designs");
  channel.onmessage = ({ data }: MessageEvent<{ id?: string; revision?: number }>) => void follow(data);
  window.addEventListener("pagehide", rescue);
  return () => {
    unsubscribe();
    channel?.close();
    channel = undefined;
    window.removeEventListener("pagehide", rescue);
  };
}

/** Another tab wrote: with nothing unsaved here, its version is shown; else the next write asks the person. */
async function follow(message: { id?: string; revision?: number }): Promise<void> {
  const target = open;
  if (!target || message.id !== target.id || (message.revision ?? 0) <= target.revision) return;
  if (writing || target.stored !== useEditor.getState().state.document) return;
  const theirs = await readDesign(target.id);
  if (open !== target || !theirs || target.stored !== useEditor.getState().state.document) return;
  take(theirs, useEditor.getState().load);
  useEditor.getState().announce("Showing the version from another tab.");
}

/** The page goes away in the middle of a write: the document waits in local storage, which is written at once. */
function rescue(): void {
  const { document, readOnly } = useEditor.getState().state;
  if (!open || readOnly || open.stored === document) return;
  try {
    localStorage.setItem(UNSAVED, JSON.stringify({ id: open.id, revision: open.revision, document }));
  } catch {
    // Too large for local storage: the write that is under way remains.
  }
}

/** Brings what `rescue` left behind into the store, unless the store is newer. */
export async function recover(): Promise<void> {
  const text = localStorage.getItem(UNSAVED);
  if (text === null) return;
  localStorage.removeItem(UNSAVED);
  try {
    const left = JSON.parse(text) as { id: string; revision: number; document: unknown };
    const document = readDocument(left.document);
    if (!document.ok || typeof left.id !== "string") return;
    await writeDesign({ id: left.id, name: document.value.name, document: document.value }, left.revision);
  } catch {
    // Not what we wrote: nothing to recover.
  }
}
