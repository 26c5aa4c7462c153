"use client";

import { useMemo } from "react";
import { kindOf } from "@/lib/catalog";
import { useEditor } from "../editor/store";
import { CommitInput } from "../ui/field";
import { KindIcon } from "../ui/kind-icon";
import { Connections } from "./connections";
import { CostTab } from "./cost-tab";
import { Findings } from "./findings";
import { hintsFor } from "./form/hints";
import { fieldsOf } from "./form/shape";
import { JsonTab } from "./json-tab";
import { SettingsForm } from "./settings-form";
import { Tabs } from "./tabs";
import { usePropsHere } from "./use-props-here";

/** One node: its name, and everything about it under tabs. */
export function NodeInspector({ id }: { id: string }) {
  const node = useEditor((store) => store.state.document.nodes[id]);
  const model = useEditor((store) => store.analysis.model);
  const all = useEditor((store) => store.judged.findings);
  const readOnly = useEditor((store) => store.state.readOnly);
  const resolved = model.node(id);
  const findings = useMemo(() => all.filter(({ at }) => at.node === id), [all, id]);
  const hints = useMemo(() => (resolved ? hintsFor(model, resolved) : new Map()), [model, resolved]);
  const props = usePropsHere(id);
  if (!node || !props) return null;
  const kind = kindOf(node.kind);
  const edges = resolved ? resolved.out.length + resolved.in.length : 0;
  const rename = (name: string): boolean =>
    useEditor.getState().dispatch([{ edit: "rename", id, name }], { says: `Renamed to ${name}.` }).ok;
  return (
    <div className="flex h-full flex-col">
      <header className="flex shrink-0 items-center gap-2.5 px-3 pt-3 pb-2">
        <KindIcon kind={node.kind} size={28} />
        <div className="min-w-0 flex-1">
          <CommitInput
            value={node.name}
            label="Name"
            readOnly={readOnly}
            onCommit={rename}
            className="-ml-1.5 h-6 w-full truncate rounded-md border border-transparent bg-transparent px-1.5 font-semibold text-base hover:border-line focus:border-accent"
          />
          <p className="flex gap-1.5 truncate text-ink-3 text-xs">
            <a
              href={kind.docs}
              target="_blank"
              rel="noreferrer"
              title={kind.about}
              className="hover:text-ink hover:underline"
            >
              {kind.label}
            </a>
            <span aria-hidden="true">·</span>
            <code
              title="Logical id: fixed, so that CloudFormation never replaces it because of a new name"
              className="truncate font-mono text-xs"
            >
              {node.logicalId}
            </code>
          </p>
        </div>
      </header>
      <Tabs
        tabs={[
          {
            id: "settings",
            label: "Settings",
            content: (
              <SettingsForm
                id={id}
                props={props}
                effective={resolved?.props ?? props}
                fields={fieldsOf(kind.props)}
                findings={findings}
                hints={hints}
              />
            ),
          },
          { id: "connections", label: "Connections", count: edges, content: <Connections id={id} /> },
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
