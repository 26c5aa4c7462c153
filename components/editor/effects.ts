import type { Effect } from "@/lib/editor/commands/command";
import { chooseFile, saveFile } from "../designs/files";
import { makeCopy, newDesign } from "../designs/open";
import { goToBlocked } from "../flows/go-to-blocked";
import { useFlowsPanel } from "../flows/panel-state";
import { layoutInWorker } from "./auto-layout";
import { clipboard } from "./clipboard";
import { travel, useEditor } from "./store";
import { switchTheme } from "./theme";

type Carry<E extends Effect["effect"]> = (effect: Extract<Effect, { effect: E }>) => void;

/** How each effect of a command is carried out in the browser. */
const table: { [E in Effect["effect"]]: Carry<E> } = {
  undo: () => travel("undo"),
  redo: () => travel("redo"),
  fit: ({ ids }) => useEditor.getState().canvas?.fit(ids),
  zoom: ({ by }) => useEditor.getState().canvas?.zoom(by),
  reveal: ({ ids }) => void requestAnimationFrame(() => useEditor.getState().canvas?.reveal(ids)),
  toggle: ({ panel }) => {
    const { panels } = useEditor.getState();
    useEditor.setState({ panels: { ...panels, [panel]: !panels[panel] } });
  },
  rail: ({ tab }) => {
    const { panels, railFocus } = useEditor.getState();
    useEditor.setState({ panels: { ...panels, rail: true }, railTab: tab, railFocus: railFocus + 1 });
  },
  dock: ({ tab }) => {
    const { panels } = useEditor.getState();
    useEditor.setState({ panels: { ...panels, dock: true }, dockTab: tab });
  },
  trace: ({ from, to }) => {
    const { panels, setMode } = useEditor.getState();
    setMode("flows");
    useEditor.setState({ panels: { ...panels, dock: true }, dockTab: "flows" });
    useFlowsPanel.setState({ view: "connections", from, to });
  },
  blocked: ({ go }) => goToBlocked(go),
  dialog: ({ dialog }) => useEditor.setState({ dialog }),
  copy: ({ text }) => void clipboard.write(text),
  paste: async () => {
    const text = await clipboard.read();
    const { run, notify } = useEditor.getState();
    if (text === undefined) notify("The browser did not give access to the clipboard. Press the paste key instead.");
    else run("paste", { text });
  },
  rename: ({ id }) => {
    const { panels } = useEditor.getState();
    useEditor.setState({ renaming: id, panels: { ...panels, rail: true }, railTab: "outline" });
  },
  layout: () => void layoutInWorker(),
  saveFile: () => saveFile(),
  openFile: () => chooseFile(),
  newDesign: () => void newDesign(),
  makeCopy: () => void makeCopy(),
  theme: () => switchTheme(),
};

/** Carries out one effect. */
export function carryOut(effect: Effect): void {
  (table[effect.effect] as (effect: Effect) => void)(effect);
}
