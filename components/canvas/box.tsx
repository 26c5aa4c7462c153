"use client";

import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo } from "react";
import type { Rect } from "@/lib/editor/geometry";
import { resizeEdits } from "@/lib/editor/move";
import { useEditor } from "../editor/store";
import { AwsIcon } from "../ui/kind-icon";
import { SeverityBadge } from "../ui/severity";
import { CardMoney, type CardNode, Corner, Name } from "./card";
import { Port } from "./port";
import { receptionOf, useTransient } from "./transient";

const LEAST = { w: 160, h: 96 };

function resize(id: string, rect: Rect): void {
  const { state, dispatch } = useEditor.getState();
  const edits = resizeEdits(state.document, id, rect);
  if (edits.length > 0) dispatch(edits, { says: "Resized." });
}

/** A VPC or cluster: a quiet frame with a title tab by which it is picked up. Its inside belongs to what it holds. */
export const Box = memo(function Box({ data: { view }, selected }: NodeProps<CardNode>) {
  const readOnly = useEditor((store) => store.state.readOnly);
  const target = useTransient((state) => state.dropBox === view.id);
  const reception = useTransient((state) => receptionOf(state.gesture, view.id));
  const hovered = useTransient((state) => state.hovered === view.id && state.gesture === undefined);
  return (
    <>
      <Corner />
      <div
        className="box"
        data-kind-box={view.kind}
        data-target={target || undefined}
        data-selected={selected || undefined}
      >
        {selected && !readOnly ? (
          <NodeResizer
            minWidth={LEAST.w}
            minHeight={LEAST.h}
            onResizeEnd={(_, { x, y, width, height }) => resize(view.id, { x, y, w: width, h: height })}
          />
        ) : null}
        <div className="box-title" data-reception={reception}>
          <AwsIcon name={view.icon} size={20} />
          <Name id={view.id} name={view.name} />
          <span className="card-kind">{view.kindName}</span>
          {view.lines.length > 0 ? <span className="card-facts">{view.lines.join(" · ")}</span> : null}
          {view.money ? <CardMoney money={view.money} /> : null}
          {view.badge ? (
            <span className="card-badge">
              <SeverityBadge severity={view.badge.severity} count={view.badge.count} />
            </span>
          ) : null}
          {(hovered || selected) && !readOnly ? <Port end={view.id} side="right" /> : null}
        </div>
      </div>
    </>
  );
});
