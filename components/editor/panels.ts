"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { GroupImperativeHandle, Layout, PanelImperativeHandle } from "react-resizable-panels";
import type { PanelId } from "@/lib/editor/commands/command";
import { useEditor } from "./store";

const KEY = "bayplan:panels";

interface Remembered {
  open?: Partial<Record<PanelId, boolean>>;
  layouts?: Record<string, Layout>;
}

function read(): Remembered {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Remembered;
  } catch {
    return {};
  }
}

function write(change: (before: Remembered) => Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(change(read())));
  } catch {
    // A browser that keeps nothing starts with the usual sizes.
  }
}

/** Sizes of a group of panels, remembered between visits. */
export function useRememberedLayout(name: string): {
  groupRef: RefObject<GroupImperativeHandle | null>;
  onLayoutChanged(layout: Layout): void;
} {
  const groupRef = useRef<GroupImperativeHandle>(null);
  useEffect(() => {
    const layout = read().layouts?.[name];
    const now = groupRef.current?.getLayout() ?? {};
    const same = layout && Object.keys(layout).sort().join() === Object.keys(now).sort().join();
    if (same) groupRef.current?.setLayout(layout);
  }, [name]);
  return {
    groupRef,
    onLayoutChanged: (layout) => write((before) => ({ ...before, layouts: { ...before.layouts, [name]: layout } })),
  };
}

/** Ties a panel to its switch in the store: the key collapses it, dragging it shut turns the switch. */
export function usePanel(id: PanelId): {
  open: boolean;
  panelRef: RefObject<PanelImperativeHandle | null>;
  onResize(size: { inPixels: number }): void;
} {
  const open = useEditor((store) => store.panels[id]);
  const panelRef = useRef<PanelImperativeHandle>(null);
  const ready = useRef(false);
  const known = useRef(false);
  useEffect(() => {
    const panel = panelRef.current;
    if (!panel) return;
    if (open && panel.isCollapsed()) panel.expand();
    if (!open && !panel.isCollapsed()) panel.collapse();
    ready.current = true;
  }, [open]);
  return {
    open,
    panelRef,
    onResize({ inPixels }) {
      // The first size told is the one it came with.
      const first = !known.current;
      known.current = true;
      if (first || !ready.current) return;
      const { panels } = useEditor.getState();
      const shown = inPixels > 1;
      if (panels[id] !== shown) useEditor.setState({ panels: { ...panels, [id]: shown } });
    },
  };
}

/** In a narrow window, or at twice the size, the canvas starts without the panel on its left. */
const roomFor = (id: PanelId): boolean => id !== "rail" || window.innerWidth >= 1100;

/** Which panels are open is remembered too. */
export function useRememberedPanels(): void {
  useEffect(() => {
    const { open } = read();
    const { panels } = useEditor.getState();
    const known = { ...panels };
    for (const id of Object.keys(panels) as PanelId[]) known[id] = open?.[id] ?? (panels[id] && roomFor(id));
    useEditor.setState({ panels: known });
    return useEditor.subscribe((now, before) => {
      if (now.panels !== before.panels) write((remembered) => ({ ...remembered, open: now.panels }));
    });
  }, []);
}
