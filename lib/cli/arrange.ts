import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { type ElkNode, layoutEdits, layoutGraphs } from "../editor/layout";

/** A design that says nowhere where its nodes stand (written by hand or by a tool), arranged; others as they are. */
export async function arranged(document: Document): Promise<Document> {
  if (Object.keys(document.layout).length > 0 || Object.keys(document.nodes).length < 2) return document;
  const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
  const elk = new Elk();
  const graphs: ElkNode[] = [];
  for (const graph of layoutGraphs(document)) graphs.push((await elk.layout(graph as never)) as unknown as ElkNode);
  const applied = applyAll(document, layoutEdits(document, graphs));
  return applied.ok ? applied.value.document : document;
}
