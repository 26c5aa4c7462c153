"use client";

import { count } from "@/lib/core/text";
import { CommandButton } from "../editor/command-button";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { type Alignment, alignEdits, distributeEdits } from "./arrange";

const words: { [A in Alignment]: string } = {
  left: "Left",
  center: "Centre",
  right: "Right",
  top: "Top",
  middle: "Middle",
  bottom: "Bottom",
};

/** Several things selected: what can be done to all of them. */
export function Many({ ids }: { ids: readonly string[] }) {
  const document = useEditor((store) => store.state.document);
  const readOnly = useEditor((store) => store.state.readOnly);
  const nodes = ids.filter((id) => Object.hasOwn(document.nodes, id));
  const edges = ids.length - nodes.length;
  const what = [
    ...(nodes.length > 0 ? [count(nodes.length, "node")] : []),
    ...(edges > 0 ? [count(edges, "connection")] : []),
  ].join(" and ");
  const align = (alignment: Alignment) =>
    useEditor.getState().dispatch(alignEdits(document, nodes, alignment), { says: "Aligned." });
  const distribute = (axis: "x" | "y") =>
    useEditor.getState().dispatch(distributeEdits(document, nodes, axis), { says: "Distributed." });
  return (
    <div className="space-y-4 p-3">
      <h2 className="font-semibold text-base">{what} selected</h2>
      {!readOnly && (
        <>
          {nodes.length > 1 && (
            <section aria-label="Align" className="space-y-1.5">
              <h3 className="text-ink-3 text-xs">Align</h3>
              <div className="grid grid-cols-3 gap-1">
                {(Object.keys(words) as Alignment[]).map((alignment) => (
                  <Button key={alignment} size="small" onClick={() => align(alignment)}>
                    {words[alignment]}
                  </Button>
                ))}
              </div>
            </section>
          )}
          {nodes.length > 2 && (
            <section aria-label="Distribute" className="space-y-1.5">
              <h3 className="text-ink-3 text-xs">Same space between</h3>
              <div className="grid grid-cols-2 gap-1">
                <Button size="small" onClick={() => distribute("x")}>
                  Across
                </Button>
                <Button size="small" onClick={() => distribute("y")}>
                  Down
                </Button>
              </div>
            </section>
          )}
          <div className="flex flex-wrap gap-1.5">
            <CommandButton id="duplicate" />
            {nodes.length === 2 && <CommandButton id="connect" />}
            <CommandButton id="remove" />
          </div>
        </>
      )}
      {nodes.length === 2 && <CommandButton id="trace" />}
    </div>
  );
}
