import type { Document } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import { type ElkNode, layoutEdits, layoutGraphs } from "@/lib/editor/layout";
import { useEditor } from "./store";

const PATIENCE_MS = 30_000;
/** What takes longer is said to be under way. */
const QUICK_MS = 250;

/** Arranges the drawing in a worker that is loaded on first use; the result is one undo step. */
export async function layoutInWorker(): Promise<void> {
  const { state, announce, notify } = useEditor.getState();
  try {
    const graphs = await ask(layoutGraphs(state.document));
    const now = useEditor.getState();
    if (now.state.document !== state.document) {
      notify("The drawing changed while it was being arranged, so it was left as it is. Arrange it again.");
      return;
    }
    const edits = layoutEdits(state.document, graphs);
    if (edits.length === 0) return announce("The drawing is arranged already.");
    const result = now.dispatch(edits, { says: "Arranged the drawing." });
    if (result.ok) requestAnimationFrame(() => useEditor.getState().canvas?.fit());
  } catch {
    notify("The drawing could not be arranged. It was left as it is.", "refusal");
  }
}

/** A design that says nowhere where its nodes stand (written by hand or by a tool), arranged; others as they are. */
export async function laidOut(document: Document): Promise<Document> {
  if (Object.keys(document.layout).length > 0 || Object.keys(document.nodes).length < 2) return document;
  try {
    const applied = applyAll(document, layoutEdits(document, await ask(layoutGraphs(document))));
    return applied.ok ? applied.value.document : document;
  } catch {
    return document;
  }
}

/** Says what is under way while it lasts; undone, it says nothing more. */
function underWay(text: string): () => void {
  let mine: number | undefined;
  const soon = setTimeout(() => {
    useEditor.getState().notify(text, "busy");
    mine = useEditor.getState().notice?.id;
  }, QUICK_MS);
  return () => {
    clearTimeout(soon);
    if (mine !== undefined && useEditor.getState().notice?.id === mine) useEditor.setState({ notice: undefined });
  };
}

function ask(graphs: ElkNode[]): Promise<ElkNode[]> {
  const done = underWay("Arranging the drawing…");
  const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  return new Promise<ElkNode[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The layout took too long.")), PATIENCE_MS);
    worker.onmessage = ({ data }: MessageEvent<{ graphs?: ElkNode[]; problem?: string }>) => {
      clearTimeout(timer);
      if (data.graphs) resolve(data.graphs);
      else reject(new Error(data.problem));
    };
    worker.onerror = (event) => {
      clearTimeout(timer);
      reject(new Error(event.message));
    };
    worker.postMessage({ graphs });
  }).finally(() => {
    worker.terminate();
    done();
  });
}
