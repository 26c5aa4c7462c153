"use client";

import { useDeferredValue, useMemo } from "react";
import { kindOf } from "@/lib/catalog";
import { relationOf } from "@/lib/catalog/relations";
import { compareKeys } from "@/lib/core/json";
import { type Document, type DocumentEdge, type DocumentNode, endpoint } from "@/lib/document/document";
import type { Severity } from "@/lib/rules/rule";
import { useEditor } from "../editor/store";
import { placeId } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { CommitInput } from "../ui/field";
import { KindIcon } from "../ui/kind-icon";
import { SeverityMark, severities } from "../ui/severity";
import { Tree, type TreeItem } from "../ui/tree";

/** The drawing as a tree: boxes hold what stands in them, nodes hold the connections that start at them. */
export function Outline() {
  // The canvas is drawn first; in a large design the tree follows a moment later.
  const document = useDeferredValue(useEditor(({ state }) => state.document));
  const selection = useEditor(({ state }) => state.selection);
  const findings = useDeferredValue(useEditor(({ judged }) => judged.findings));
  const renaming = useEditor((store) => store.renaming);
  const focus = useEditor((store) => (store.railTab === "outline" && !store.renaming ? store.railFocus : 0));
  const worst = useMemo(() => {
    const found = new Map<string, Severity>();
    for (const { at, severity } of findings) {
      const id = placeId(at);
      if (id === undefined) continue;
      const known = found.get(id);
      if (!known || severities.indexOf(severity) < severities.indexOf(known)) found.set(id, severity);
    }
    return found;
  }, [findings]);
  const items = useMemo(() => treeOf(document, worst, renaming), [document, worst, renaming]);
  const selected = useMemo(() => new Set(selection), [selection]);

  if (items.length === 0) {
    return (
      <Empty icon="panel-left" title="Nothing is drawn yet">
        What you add appears here as a tree, and everything on the canvas can be done from it.
      </Empty>
    );
  }
  return (
    <div className="h-full overflow-auto">
      <Tree
        label="Outline"
        items={items}
        selected={selected}
        focus={focus}
        onSelect={(id, add) => {
          const { select, canvas, state } = useEditor.getState();
          const others = state.selection.filter((other) => other !== id);
          select(add ? (others.length < state.selection.length ? others : [...others, id]) : [id]);
          canvas?.reveal([id]);
        }}
        onOpen={(id) => {
          if (Object.hasOwn(useEditor.getState().state.document.nodes, id)) useEditor.setState({ renaming: id });
          else useEditor.getState().canvas?.fit([id]);
        }}
        onKey={(event, id) => {
          if (event.key !== "Delete" && event.key !== "Backspace") return;
          event.stopPropagation();
          const { state, select, run } = useEditor.getState();
          if (!state.selection.includes(id)) select([id]);
          run("remove");
        }}
      />
    </div>
  );
}

function treeOf(document: Document, worst: ReadonlyMap<string, Severity>, renaming: string | undefined): TreeItem[] {
  const children = new Map<string | undefined, [string, DocumentNode][]>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const list = children.get(node.parent);
    if (list) list.push([id, node]);
    else children.set(node.parent, [[id, node]]);
  }
  const edges = new Map<string, [string, DocumentEdge][]>();
  for (const [id, edge] of Object.entries(document.edges)) {
    const { node } = endpoint(edge.from);
    const list = edges.get(node);
    if (list) list.push([id, edge]);
    else edges.set(node, [[id, edge]]);
  }
  const byPlace = ([a]: [string, DocumentNode], [b]: [string, DocumentNode]): number => {
    const left = document.layout[a];
    const right = document.layout[b];
    return (left?.y ?? 0) - (right?.y ?? 0) || (left?.x ?? 0) - (right?.x ?? 0) || compareKeys(a, b);
  };
  const branch = (parent: string | undefined): TreeItem[] =>
    (children.get(parent) ?? []).sort(byPlace).map(([id, node]) => ({
      id,
      name: `${node.name}, ${kindOf(node.kind).label}`,
      look: `${worst.get(id) ?? ""} ${renaming === id}`,
      content: <NodeRow id={id} node={node} severity={worst.get(id)} renaming={renaming === id} />,
      children: [
        ...branch(id),
        ...(edges.get(id) ?? []).map(([edgeId, edge]): TreeItem => {
          const { verb } = relationOf(edge.relation);
          const target = document.nodes[endpoint(edge.to).node]?.name ?? edge.to;
          return {
            id: edgeId,
            name: `${verb} ${target}`,
            look: worst.get(edgeId) ?? "",
            content: <EdgeRow verb={verb} target={target} severity={worst.get(edgeId)} />,
            children: [],
          };
        }),
      ],
    }));
  return branch(undefined);
}

function NodeRow({
  id,
  node,
  severity,
  renaming,
}: {
  id: string;
  node: DocumentNode;
  severity: Severity | undefined;
  renaming: boolean;
}) {
  return (
    <>
      <KindIcon kind={node.kind} size={16} />
      {renaming ? (
        <CommitInput
          label={`Name of ${node.name}`}
          value={node.name}
          startFocused
          onCommit={(name) => {
            const { dispatch } = useEditor.getState();
            return dispatch([{ edit: "rename", id, name }], { says: `Renamed to ${name}.` }).ok;
          }}
          onDone={() => useEditor.setState({ renaming: undefined })}
          className="h-6 min-w-0 flex-1 rounded-sm border border-accent bg-surface px-1"
        />
      ) : (
        <span className="min-w-0 flex-1 truncate pl-1">{node.name}</span>
      )}
      {severity && <SeverityMark severity={severity} />}
    </>
  );
}

function EdgeRow({ verb, target, severity }: { verb: string; target: string; severity: Severity | undefined }) {
  return (
    <>
      <span aria-hidden="true" className="text-ink-3">
        →
      </span>
      <span className="min-w-0 flex-1 truncate pl-1 text-ink-2">
        {verb} {target}
      </span>
      {severity && <SeverityMark severity={severity} />}
    </>
  );
}
