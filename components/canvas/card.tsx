"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { type KeyboardEvent, memo, useState } from "react";
import { rowHeight } from "@/lib/catalog/kind";
import { tierSigns } from "@/lib/model/drawing/faces";
import { useEditor } from "../editor/store";
import { AwsIcon } from "../ui/kind-icon";
import { SeverityBadge } from "../ui/severity";
import type { Money } from "./money";
import { Port } from "./port";
import type { CardView } from "./projection";
import { receptionOf, useTransient } from "./transient";

export type CardNode = Node<{ view: CardView }, "card" | "box">;

const sides = ["left", "right", "top", "bottom"] as const;

/** A name that a double click turns into a field. */
export function Name({ id, name }: { id: string; name: string }) {
  const [typed, setTyped] = useState<string>();
  const start = () => {
    if (!useEditor.getState().state.readOnly) setTyped(name);
  };
  const commit = () => {
    if (typed !== undefined && typed !== name) useEditor.getState().dispatch([{ edit: "rename", id, name: typed }]);
    setTyped(undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setTyped(undefined);
  };
  if (typed === undefined) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the same is F2
      <span className="card-name" title={name} onDoubleClick={start}>
        {name}
      </span>
    );
  }
  return (
    <input
      className="card-name-input nodrag nopan"
      aria-label="Name"
      value={typed}
      ref={(field) => field?.focus()}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={onKey}
    />
  );
}

/**
 * Where React Flow finds a card when it measures: its top left corner. Lines find their own places (routing/), and only
 * ask where the card is.
 */
export const Corner = () => <span className="corner source target" data-handlepos="top" aria-hidden="true" />;

/** Ports appear on the card under the pointer and on the selected one; without them nothing can be dragged. */
function usePorts(id: string, selected: boolean | undefined): boolean {
  const hovered = useTransient((state) => state.hovered === id && state.gesture === undefined);
  const readOnly = useEditor((store) => store.state.readOnly);
  return (hovered || selected === true) && !readOnly;
}

export const Card = memo(function Card({ data: { view }, selected }: NodeProps<CardNode>) {
  const ports = usePorts(view.id, selected);
  const reception = useTransient((state) => {
    const own = receptionOf(state.gesture, view.id);
    const rows = view.rows.some((row) => receptionOf(state.gesture, `${view.id}/${row.id}`) === "may");
    return own === "mayNot" && rows ? "may" : own;
  });
  const over = useTransient((state) => state.gesture?.over === view.id);
  return (
    <>
      <Corner />
      <div
        className="card"
        data-reception={reception}
        data-over={over || undefined}
        data-kind={view.kind}
        data-note={!view.deployable || undefined}
      >
        <div className="card-head" style={{ height: view.h - view.rows.length * rowHeight }}>
          <span className="card-icon">
            <AwsIcon name={view.icon} size={32} />
          </span>
          <div className="card-text">
            <Name id={view.id} name={view.name} />
            <span className="card-kind">
              {view.kindName}
              {view.tier ? (
                <span className="card-tier" data-tier={view.tier}>
                  {tierSigns[view.tier] ?? view.tier}
                </span>
              ) : null}
            </span>
            {view.lines.length > 0 ? <span className="card-facts">{view.lines.join(" · ")}</span> : null}
          </div>
          {ports
            ? sides.map((side) =>
                side === "bottom" && view.rows.length > 0 ? null : <Port key={side} end={view.id} side={side} />,
              )
            : null}
        </div>
        {view.rows.map((row) => (
          <CardRowView key={row.id} view={view} row={row} ports={ports} />
        ))}
        {view.badge ? (
          <span className="card-badge">
            <SeverityBadge severity={view.badge.severity} count={view.badge.count} />
          </span>
        ) : null}
        {view.money ? <CardMoney money={view.money} /> : null}
      </div>
    </>
  );
});

/** In Cost mode: what it pays a month. */
export const CardMoney = ({ money }: { money: Money }) => (
  <span className="card-money" data-unknown={money.unknown || undefined} title={money.lines}>
    {money.text}
  </span>
);

function CardRowView({ view, row, ports }: { view: CardView; row: CardView["rows"][number]; ports: boolean }) {
  const end = `${view.id}/${row.id}`;
  const reception = useTransient((state) => receptionOf(state.gesture, end));
  const over = useTransient((state) => state.gesture?.over === end);
  return (
    <div className="card-row" data-container={row.id} data-reception={reception} data-over={over || undefined}>
      <span className="card-row-sign" aria-hidden="true" />
      <span className="card-row-title">{row.title}</span>
      <span className="card-row-lines">{row.lines.join(" ")}</span>
      {ports ? (
        <>
          <Port end={end} side="left" />
          <Port end={end} side="right" />
        </>
      ) : null}
    </div>
  );
}
