"use client";

import { MiniMap, Panel, useReactFlow, useStore } from "@xyflow/react";
import { useState } from "react";
import { useEditor } from "../editor/store";
import { IconButton } from "../ui/button";
import type { CardNode } from "./card";

const KEY = "bayplan:minimap";

/** A smaller canvas has no room for the overview beside the controls and the drawing. */
const ROOMY = { width: 420, height: 300 };

const remembered = (): boolean => {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
};

/** Zoom, fit and the overview, at the lower left. */
export function Controls() {
  const [overview, setOverview] = useState(remembered);
  const run = useEditor((store) => store.run);
  const roomy = useStore(({ width, height }) => width >= ROOMY.width && height >= ROOMY.height);
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const { zoomTo } = useReactFlow();
  const toggle = () => {
    setOverview(!overview);
    try {
      localStorage.setItem(KEY, overview ? "off" : "on");
    } catch {
      // A browser that keeps nothing still shows and hides it.
    }
  };
  return (
    <>
      <Panel position="bottom-left" className="canvas-controls">
        <IconButton icon="zoom-out" label="Zoom out" side="top" onClick={() => run("zoomOut")} />
        <button type="button" className="canvas-zoom" title="Zoom to 100%" onClick={() => zoomTo(1)}>
          {zoom}%
        </button>
        <IconButton icon="zoom-in" label="Zoom in" side="top" onClick={() => run("zoomIn")} />
        <IconButton icon="fit" label="Zoom to fit" keys="f" side="top" onClick={() => run("fit")} />
        {roomy && <IconButton icon="target" label="Overview" side="top" pressed={overview} onClick={toggle} />}
      </Panel>
      {overview && roomy ? (
        <MiniMap<CardNode>
          position="bottom-right"
          pannable
          zoomable
          ariaLabel="Overview of the drawing"
          nodeColor={({ data }) =>
            data.view.box
              ? "transparent"
              : data.view.badge?.severity === "error"
                ? "var(--error)"
                : "var(--line-strong)"
          }
          nodeStrokeColor={({ data }) => (data.view.box ? "var(--line-strong)" : "transparent")}
          nodeStrokeWidth={4}
          nodeBorderRadius={8}
          style={{ width: 144, height: 96 }}
        />
      ) : null}
    </>
  );
}
