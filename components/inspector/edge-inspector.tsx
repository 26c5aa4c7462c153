"use client";

import { useMemo } from "react";
import { kindOf } from "@/lib/catalog";
import { pairsFrom } from "@/lib/catalog/pairs";
import { type RelationId, relationOf } from "@/lib/catalog/relations";
import { type DocumentEdge, endpoint } from "@/lib/document/document";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { KindIcon } from "../ui/kind-icon";
import { CostTab } from "./cost-tab";
import { Findings } from "./findings";
import { FlowTab, useLeg } from "./flow-tab";
import { verbOf } from "./form/hints";
import { fieldsOf } from "./form/shape";
import { control } from "./form/simple";
import { JsonTab } from "./json-tab";
import { SettingsForm } from "./settings-form";
import { Tabs } from "./tabs";
import { usePropsHere } from "./use-props-here";

const none = new Map();

/** One connection: what it means, its ends and its fields. */
export function EdgeInspector({ id }: { id: string }) {
  const edge = useEditor((store) => store.state.document.edges[id]);
  const resolved = useEditor((store) => store.analysis.model.edge(id));
  const all = useEditor((store) => store.judged.findings);
  const readOnly = useEditor((store) => store.state.readOnly);
  const findings = useMemo(() => all.filter(({ at }) => at.edge === id), [all, id]);
  const props = usePropsHere(id);
  const leg = useLeg(id);
  if (!edge || !props) return null;
  const relation = relationOf(edge.relation);
  return (
    <div className="flex h-full flex-col">
      <header className="shrink-0 space-y-1 px-3 pt-3 pb-2">
        <p className="flex items-center gap-1.5 text-ink-3 text-xs">
          <Icon name="connect" size={14} /> Connection
        </p>
        <End edge={edge} id={id} side="from" />
        <Meaning edge={edge} id={id} />
        <End edge={edge} id={id} side="to" />
        <p className="pt-1 text-ink-2 text-xs leading-4">{relation.about}</p>
      </header>
      <Tabs
        tabs={[
          {
            id: "settings",
            label: "Settings",
            content: (
              <div className="space-y-3">
                <SettingsForm
                  id={id}
                  props={props}
                  effective={resolved?.props ?? props}
                  fields={fieldsOf(relation.props)}
                  findings={findings}
                  hints={none}
                />
                {!readOnly && (
                  <Button look="danger" icon="trash" onClick={() => useEditor.getState().run("remove")}>
                    Delete connection
                  </Button>
                )}
              </div>
            ),
          },
          ...(leg ? [{ id: "flow", label: "Flow", content: <FlowTab leg={leg} /> }] : []),
          {
            id: "findings",
            label: "Findings",
            count: findings.length,
            content: <Findings id={id} findings={findings} />,
          },
          { id: "cost", label: "Cost", content: <CostTab id={id} /> },
          { id: "json", label: "JSON", content: <JsonTab id={id} props={props} /> },
        ]}
      />
    </div>
  );
}

/** One end: the node, and where it has containers, which of them. */
function End({ edge, id, side }: { edge: DocumentEdge; id: string; side: "from" | "to" }) {
  const end = endpoint(edge[side]);
  const node = useEditor((store) => store.state.document.nodes[end.node]);
  const resolved = useEditor((store) => store.analysis.model.node(end.node));
  const readOnly = useEditor((store) => store.state.readOnly);
  if (!node) return null;
  const kind = kindOf(node.kind);
  const rows = (end.container !== undefined && resolved && kind.rows?.(resolved.props)) || [];
  const move = (container: string) =>
    useEditor.getState().dispatch([{ edit: "reconnect", id, edge: { ...edge, [side]: `${end.node}/${container}` } }]);
  return (
    <div className="flex items-center gap-2">
      <button
        type="button"
        onClick={() => useEditor.getState().select([end.node])}
        className="-mx-1 flex h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-1 text-left hover:bg-hover"
      >
        <KindIcon kind={node.kind} size={18} />
        <span className="truncate font-medium" title={node.name}>
          {node.name}
        </span>
        {/* The first to give way to a long name. */}
        <span className="min-w-0 shrink-[99] truncate text-ink-3 text-xs">{kind.short}</span>
      </button>
      {rows.length > 0 && (
        <select
          aria-label={`Container of ${node.name}`}
          value={end.container}
          disabled={readOnly}
          onChange={(event) => move(event.target.value)}
          className={`${control} w-24!`}
        >
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {row.title}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** What the connection means, where the two ends allow more than one reading. */
function Meaning({ edge, id }: { edge: DocumentEdge; id: string }) {
  const nodes = useEditor((store) => store.state.document.nodes);
  const readOnly = useEditor((store) => store.state.readOnly);
  const [from, to] = [nodes[endpoint(edge.from).node], nodes[endpoint(edge.to).node]];
  const options: RelationId[] = [...new Set([edge.relation, ...(from && to ? pairsFrom(from.kind, to.kind) : [])])];
  const choose = (relation: RelationId) =>
    useEditor.getState().dispatch([{ edit: "reconnect", id, edge: { ...edge, relation, props: {} } as DocumentEdge }]);
  return (
    <div className="ml-[7px] flex h-7 items-center border-line-strong border-l pl-4 text-ink-2">
      {options.length === 1 ? (
        relationOf(edge.relation).verb
      ) : (
        <select
          aria-label="Meaning"
          value={edge.relation}
          disabled={readOnly}
          onChange={(event) => choose(event.target.value as RelationId)}
          className={control}
        >
          {options.map((relation) => (
            <option key={relation} value={relation}>
              {verbOf(relation)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
