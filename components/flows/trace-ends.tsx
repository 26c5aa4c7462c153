"use client";

import { useMemo } from "react";
import { kindOf } from "@/lib/catalog";
import { compareKeys } from "@/lib/core/json";
import { useEditor } from "../editor/store";
import { IconButton } from "../ui/button";
import { Select } from "../ui/field";
import { useFlowsPanel } from "./panel-state";

const nobody = { value: "", label: "Choose a node" };

/** From and to: chosen here, or by picking two nodes on the canvas. */
export function TraceEnds() {
  const model = useEditor(({ analysis }) => analysis.model);
  const { from = "", to = "" } = useFlowsPanel();
  const options = useMemo(() => {
    const nodes = model.nodes.filter((node) => node.in.length + node.out.length > 0);
    const called = (name: string): number => counts.get(name) ?? 0;
    const counts = new Map<string, number>();
    for (const { name } of nodes) counts.set(name, called(name) + 1);
    return [
      nobody,
      ...nodes
        .map(({ id, name, kind }) => ({
          value: id,
          label: called(name) > 1 ? `${name} (${kindOf(kind).short})` : name,
        }))
        .sort((a, b) => compareKeys(a.label.toLowerCase(), b.label.toLowerCase()) || compareKeys(a.value, b.value)),
    ];
  }, [model]);
  const known = (id: string): string => (options.some(({ value }) => value === id) ? id : "");
  const choose = (end: "from" | "to") => (id: string) =>
    useFlowsPanel.setState({ view: "connections", [end]: id === "" ? undefined : id });
  return (
    <fieldset aria-label="Trace" className="flex min-w-0 items-center gap-1.5">
      <Select label="Trace from" value={known(from)} options={options} onChange={choose("from")} className="max-w-64" />
      <Select
        before="Trace"
        label="to"
        value={known(to)}
        options={options}
        onChange={choose("to")}
        className="max-w-56"
      />
      <IconButton
        icon="swap"
        label="Trace the other way"
        blocked={from === "" || to === "" ? "Choose both ends first." : undefined}
        onClick={() => useFlowsPanel.setState({ from: to, to: from })}
      />
      <IconButton
        icon="close"
        label="Clear the trace"
        blocked={from === "" && to === "" ? "No end is chosen." : undefined}
        onClick={() => useFlowsPanel.setState({ from: undefined, to: undefined })}
      />
    </fieldset>
  );
}
