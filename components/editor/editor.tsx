"use client";

import { useEffect } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { isDesignLink } from "@/lib/share/link";
import { Canvas } from "../canvas/canvas";
import { startAutosave } from "../designs/autosave";
import { DropZone } from "../designs/drop-zone";
import { BrokenLink, EmptyCanvas } from "../designs/empty-canvas";
import { openLink, start } from "../designs/open";
import { Inspector } from "../inspector/inspector";
import { TooltipProvider } from "../ui/tooltip";
import { Bar } from "./bar";
import { Blocked, TraceHint } from "./blocked";
import { CommandIcon } from "./command-button";
import { ContextMenu } from "./context-menu";
import { Dock } from "./dock";
import { useKeyboard } from "./keyboard";
import { ModeSwitch } from "./mode-switch";
import { Announcer, Banner, Notices } from "./notices";
import { usePanel, useRememberedLayout, useRememberedPanels } from "./panels";
import {
  CommandPalette,
  DesignsDialog,
  EnvironmentsDialog,
  ExportDialog,
  HelpDialog,
  prepareParts,
  ShareDialog,
  StartersDialog,
} from "./parts";
import { Rail } from "./rail";
import { useEditor } from "./store";
import { usePrices } from "./use-prices";

/** The designer: the whole screen. */
export function Editor() {
  useStart();
  useKeyboard();
  usePrices();
  useRememberedPanels();
  return (
    <TooltipProvider>
      <div className="flex h-dvh flex-col">
        <Bar />
        <Banner />
        <main aria-label="Designer" className="flex min-h-0 flex-1 flex-col">
          <Workspace />
        </main>
      </div>
      <Dialogs />
      <ContextMenu />
      <DropZone />
      <Announcer />
    </TooltipProvider>
  );
}

function useStart(): void {
  useEffect(() => {
    const stop = startAutosave();
    void start().then(prepareParts);
    const follow = (): void => {
      if (isDesignLink(window.location.hash)) void openLink(window.location.hash);
    };
    window.addEventListener("hashchange", follow);
    return () => {
      stop();
      window.removeEventListener("hashchange", follow);
    };
  }, []);
}

const across =
  "relative w-px bg-line outline-offset-0 data-[separator=hover]:bg-accent data-[separator=active]:bg-accent";
const down =
  "relative h-px bg-line outline-offset-0 data-[separator=hover]:bg-accent data-[separator=active]:bg-accent";

function Workspace() {
  const rows = useRememberedLayout("rows");
  const columns = useRememberedLayout("columns");
  const rail = usePanel("rail");
  const inspector = usePanel("inspector");
  const dock = usePanel("dock");
  return (
    <Group id="rows" orientation="vertical" className="min-h-0 flex-1" {...rows}>
      <Panel id="middle" minSize={160}>
        <Group id="columns" orientation="horizontal" {...columns}>
          <Panel
            id="rail"
            panelRef={rail.panelRef}
            onResize={rail.onResize}
            collapsible
            collapsedSize={0}
            defaultSize={232}
            minSize={180}
            maxSize={420}
            groupResizeBehavior="preserve-pixel-size"
          >
            {rail.open && (
              <nav aria-label="Add and outline" className="h-full">
                <Rail />
              </nav>
            )}
          </Panel>
          <Separator id="rail-edge" aria-label="Width of the left panel" className={across} />
          <Panel id="canvas" minSize={240}>
            <section data-region="canvas" aria-label="Canvas" className="relative h-full overflow-hidden bg-canvas">
              <Canvas />
              <Corner rail={rail.open} inspector={inspector.open} dock={dock.open} />
              <EmptyCanvas />
              <BrokenLink />
              <Notices />
            </section>
          </Panel>
          <Separator id="inspector-edge" aria-label="Width of the inspector" className={across} />
          <Panel
            id="inspector"
            panelRef={inspector.panelRef}
            onResize={inspector.onResize}
            collapsible
            collapsedSize={0}
            defaultSize={320}
            minSize={240}
            maxSize={560}
            groupResizeBehavior="preserve-pixel-size"
          >
            {inspector.open && (
              <section aria-label="Inspector" className="h-full overflow-hidden bg-surface">
                <Inspector />
              </section>
            )}
          </Panel>
        </Group>
      </Panel>
      <Separator id="dock-edge" aria-label="Height of the bottom panel" className={down} />
      <Panel
        id="dock"
        panelRef={dock.panelRef}
        onResize={dock.onResize}
        collapsible
        collapsedSize={0}
        defaultSize={208}
        minSize={96}
        maxSize="70%"
        groupResizeBehavior="preserve-pixel-size"
      >
        {dock.open && (
          <section aria-label="Bottom panel" className="h-full">
            <Dock />
          </section>
        )}
      </Panel>
    </Group>
  );
}

/** Over the canvas: the mode, and the way back to panels that are closed. */
function Corner({ rail, inspector, dock }: { rail: boolean; inspector: boolean; dock: boolean }) {
  const shell = "flex h-8 items-center rounded-lg border border-line bg-surface px-0.5 shadow-card";
  return (
    <div className="pointer-events-none absolute top-3 right-3 left-3 z-10 flex flex-wrap gap-2 *:pointer-events-auto">
      {!rail && (
        <div className={shell}>
          <CommandIcon id="toggleRail" />
        </div>
      )}
      <ModeSwitch />
      <div className={shell}>
        <CommandIcon id="autoLayout" />
      </div>
      <Blocked />
      <TraceHint />
      {!(dock && inspector) && (
        <div className={shell}>
          {!dock && <CommandIcon id="toggleDock" />}
          {!inspector && <CommandIcon id="toggleInspector" />}
        </div>
      )}
    </div>
  );
}

function Dialogs() {
  const dialog = useEditor((store) => store.dialog);
  if (dialog === "commands") return <CommandPalette />;
  if (dialog === "share") return <ShareDialog />;
  if (dialog === "export") return <ExportDialog />;
  if (dialog === "designs") return <DesignsDialog />;
  if (dialog === "starters") return <StartersDialog />;
  if (dialog === "environments") return <EnvironmentsDialog />;
  if (dialog === "help") return <HelpDialog />;
  return null;
}
