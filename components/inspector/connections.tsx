"use client";

import { relationOf } from "@/lib/catalog/relations";
import { removeEdits } from "@/lib/editor/remove";
import type { ModelEdge, ModelNode } from "@/lib/model/model";
import { useEditor } from "../editor/store";
import { IconButton } from "../ui/button";
import { KindIcon } from "../ui/kind-icon";
import { ConnectTo } from "./connect-to";

/** The edges of a node, and the way to make one without a pointer. */
export function Connections({ id }: { id: string }) {
  const node = useEditor((store) => store.analysis.model.node(id));
  const readOnly = useEditor((store) => store.state.readOnly);
  if (!node) return null;
  return (
    <div className="space-y-4">
      {!readOnly && <ConnectTo id={id} />}
      <Edges title="From here" edges={node.out} other="to" />
      <Edges title="To here" edges={node.in} other="from" />
      {node.out.length + node.in.length === 0 && <p className="text-ink-3">Nothing is connected yet.</p>}
    </div>
  );
}

function Edges({ title, edges, other }: { title: string; edges: readonly ModelEdge[]; other: "from" | "to" }) {
  const readOnly = useEditor((store) => store.state.readOnly);
  if (edges.length === 0) return null;
  const remove = (edge: ModelEdge) => {
    const { state, dispatch } = useEditor.getState();
    dispatch(removeEdits(state.document, [edge.id]), { says: "Removed the connection." });
  };
  return (
    <section aria-label={title}>
      <h2 className="pb-1 text-ink-3 text-xs">{title}</h2>
      <ul className="-mx-1.5">
        {edges.map((edge) => (
          <li key={edge.id} className="flex items-center rounded-md hover:bg-hover">
            <button
              type="button"
              onClick={() => useEditor.getState().select([edge.id])}
              className="flex min-h-8 min-w-0 flex-1 items-center gap-2 px-1.5 py-1 text-left"
            >
              <KindIcon kind={edge[other].kind} size={18} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{nameAt(edge, other)}</span>
                <span className="block truncate text-ink-3 text-xs leading-4">{wordsOf(edge, other)}</span>
              </span>
            </button>
            {!readOnly && (
              <IconButton
                icon="close"
                label={`Disconnect ${edge[other].name}`}
                className="size-6"
                onClick={() => remove(edge)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "forwards to it · 443 → 8080" read from the node whose tab this is. */
function wordsOf(edge: ModelEdge, other: "from" | "to"): string {
  const relation = relationOf(edge.relation);
  const label = relation.label(edge.props);
  const verb = other === "to" ? relation.verb : `${relation.verb} this`;
  const [first] = label.split(" ");
  if (label === "" || relation.verb.startsWith(label)) return verb;
  return relation.verb.startsWith(first ?? "") && other === "to" ? label : `${verb} · ${label}`;
}

function nameAt(edge: ModelEdge, side: "from" | "to"): string {
  const node: ModelNode = edge[side];
  const container = side === "from" ? edge.fromContainer : edge.toContainer;
  return container === undefined ? node.name : `${node.name} · ${containerName(node, container)}`;
}

function containerName(node: ModelNode, container: string): string {
  const definitions = (node.props as { containerDefinitions?: Record<string, { name: string }> }).containerDefinitions;
  return definitions?.[container]?.name ?? container;
}
