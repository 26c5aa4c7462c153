import type { InputOf, NodeKind } from "../../catalog";
import { type Document, emptyDocument, type Layout } from "../document";
import { type Drawing, drawInto } from "../drawing";

export interface StarterDraft {
  add<K extends NodeKind>(kind: K, name: string, props: InputOf<K>, layout: Layout, parent?: string): string;
  connect: Drawing["edge"];
}

/** Draws a starter: every node has its place. */
export function starter(name: string, build: (draft: StarterDraft) => void): Document {
  const document = emptyDocument(name);
  const drawing = drawInto(document);
  build({
    add(kind, nodeName, props, layout, parent) {
      const id = drawing.node(kind, nodeName, props, parent);
      document.layout[id] = layout;
      return id;
    },
    connect: drawing.edge,
  });
  return document;
}
