import { catalog, type InputOf, type NodeKind } from "../catalog";
import { nextId } from "../core/ids";
import { type Document, emptyDocument } from "../document/document";
import { type Drawing, drawInto } from "../document/drawing";

/** A design being drawn in a test or an example: short to write, ids as the editor would give them (n1, e1 …). */
export interface Draft {
  document: Document;
  /** Adds a node and returns its id. The name is the kind's short name unless given. */
  add<K extends NodeKind>(kind: K, props?: InputOf<K>, at?: { name?: string; parent?: string }): string;
  /** Adds an edge and returns its id. Ends are NODE or NODE/CONTAINER. */
  connect: Drawing["edge"];
}

/** Draws a design. `settings` changes region or the production flag. */
export function draw(build: (draft: Draft) => void, settings?: Partial<Document["settings"]>): Document {
  const document = emptyDocument("Example");
  Object.assign(document.settings, settings);
  const drawing = drawInto(document);
  build({
    document,
    add(kind, props, at) {
      const name = at?.name ?? `${catalog[kind].short} ${nextId("n", Object.keys(document.nodes))}`;
      return drawing.node(kind, name, props ?? ({} as InputOf<typeof kind>), at?.parent);
    },
    connect: drawing.edge,
  });
  return document;
}
