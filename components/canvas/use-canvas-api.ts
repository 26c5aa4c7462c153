"use client";

import { getViewportForBounds, useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { endpoint } from "@/lib/document/document";
import { around, type Rect } from "@/lib/editor/geometry";
import { type CanvasApi, useEditor } from "../editor/store";
import { FAR } from "./crowd";
import { absoluteRects } from "./hits";
import type { Drawing } from "./projection";

const PADDING = 0.08;
const QUICK = 140;

const duration = (): number => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : QUICK);

/** Offers the canvas to the rest of the screen, fits a design that was just opened, and brings into view what others point at. */
export function useCanvasApi(frame: RefObject<HTMLElement | null>, drawing: Drawing): void {
  const flow = useReactFlow();
  const latest = useRef(drawing);
  useLayoutEffect(() => {
    latest.current = drawing;
  }, [drawing]);

  const { api, fitNow } = useMemo(() => {
    const size = (): Rect => {
      const box = frame.current?.getBoundingClientRect();
      return { x: box?.left ?? 0, y: box?.top ?? 0, w: box?.width ?? 0, h: box?.height ?? 0 };
    };
    const rectsOf = (ids?: readonly string[]): Rect[] => {
      const rects = absoluteRects(latest.current.cards);
      if (!ids) return [...rects.values()];
      const { edges } = useEditor.getState().state.document;
      const nodes = ids.flatMap((id) => {
        const edge = edges[id];
        return edge ? [endpoint(edge.from).node, endpoint(edge.to).node] : [id];
      });
      return nodes.flatMap((id) => rects.get(id) ?? []);
    };
    const fitNow = (ids?: readonly string[], time = 0): void => {
      const { w, h } = size();
      const bounds = around(rectsOf(ids));
      if (w === 0 || h === 0) return;
      if (!bounds) {
        void flow.setViewport({ x: w / 2, y: h / 2, zoom: 1 }, { duration: time });
        return;
      }
      const rect = { x: bounds.x, y: bounds.y, width: bounds.w, height: bounds.h };
      void flow.setViewport(getViewportForBounds(rect, w, h, 0.05, ids ? 1 : 1.1, PADDING), { duration: time });
    };
    const reveal = (ids: readonly string[]): void => {
      const { x, y, w, h } = size();
      const target = around(rectsOf(ids));
      if (!target || w === 0) return;
      const [start, end] = [
        flow.flowToScreenPosition({ x: target.x, y: target.y }),
        flow.flowToScreenPosition({ x: target.x + target.w, y: target.y + target.h }),
      ];
      const zoom = flow.getZoom();
      // Too far away to see what it is.
      if (zoom < FAR) {
        fitNow(ids, duration());
        return;
      }
      const visible = end.x > x && start.x < x + w && end.y > y && start.y < y + h;
      if (visible) return;
      void flow.setCenter(target.x + target.w / 2, target.y + target.h / 2, { zoom, duration: duration() });
    };
    // After the drawing that a command has just changed is on the screen.
    const soon = (act: () => void): void => void requestAnimationFrame(act);
    const api: CanvasApi = {
      fit: (ids) => soon(() => fitNow(ids, duration())),
      zoom: (by) => void (by === "in" ? flow.zoomIn({ duration: duration() }) : flow.zoomOut({ duration: duration() })),
      center: () => {
        const { x, y, w, h } = size();
        return flow.screenToFlowPosition({ x: x + w / 2, y: y + h / 2 }, { snapToGrid: false });
      },
      reveal: (ids) => soon(() => reveal(ids)),
    };
    return { api, fitNow };
  }, [flow, frame]);

  const setCanvas = useEditor((store) => store.setCanvas);
  useEffect(() => {
    setCanvas(api);
    return () => setCanvas(undefined);
  }, [api, setCanvas]);

  const design = useEditor((store) => store.state.document);
  const opened = useEditor((store) => store.state.past.length === 0 && store.state.future.length === 0);
  const shown = useRef<typeof design>(undefined);
  useLayoutEffect(() => {
    if (shown.current === design) return;
    shown.current = design;
    if (opened) fitNow();
  }, [design, opened, fitNow]);
}
