"use client";

import { EdgeInspector, Many, NodeInspector } from "../editor/parts";
import { useEditor } from "../editor/store";
import { DesignSettings } from "./design-settings";

/** What is selected, as a form; with nothing selected, the design itself. */
export function Inspector() {
  const selection = useEditor((store) => store.state.selection);
  const [id = "", ...others] = selection;
  const isNode = useEditor((store) => Object.hasOwn(store.state.document.nodes, id));
  const isEdge = useEditor((store) => Object.hasOwn(store.state.document.edges, id));
  if (others.length > 0) return <Many ids={selection} />;
  if (isNode) return <NodeInspector key={id} id={id} />;
  if (isEdge) return <EdgeInspector key={id} id={id} />;
  return <DesignSettings />;
}
