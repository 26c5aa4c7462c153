"use client";

import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { chooseFile } from "./files";
import { begin } from "./open";
import { StarterList } from "./starter-list";

/** Over a canvas with nothing on it: what to begin with. It goes with the first node, or when it is closed. */
export function EmptyCanvas() {
  const empty = useEditor(({ state }) => Object.keys(state.document.nodes).length === 0);
  const readOnly = useEditor(({ state }) => state.readOnly);
  const saved = useEditor((store) => store.saved);
  const blank = useEditor((store) => store.startBlank);
  const brokenLink = useEditor((store) => store.brokenLink);
  if (!empty || saved === "loading" || blank || brokenLink) return null;
  if (readOnly) {
    return (
      <div className="absolute inset-0 grid place-content-center text-center text-ink-2">This design is empty.</div>
    );
  }
  return (
    <section
      aria-label="Start"
      className="pointer-events-none absolute inset-0 z-10 grid place-content-center overflow-auto p-6"
    >
      <div className="appear pointer-events-auto w-[min(780px,100%)]">
        <h2 className="mb-1 font-semibold text-lg">Start with a drawing that works</h2>
        <p className="mb-4 text-ink-2">Change it from there, or begin with nothing and add parts from the left.</p>
        <StarterList />
        <div className="mt-4 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong border-dashed px-4 py-3 text-ink-2">
          <Icon name="file" />
          <span className="flex-1">Drop a design file, or a picture exported from Bayplan, anywhere on the page.</span>
          <Button icon="open" onClick={chooseFile}>
            Open a design file
          </Button>
          <Button onClick={() => useEditor.setState({ startBlank: true })}>Start blank</Button>
        </div>
      </div>
    </section>
  );
}

/** In place of the drawing when the link it should come from is damaged. */
export function BrokenLink() {
  const problems = useEditor((store) => store.brokenLink);
  if (!problems) return null;
  const leave = (): void => {
    window.history.replaceState(null, "", window.location.pathname);
    useEditor.setState({ brokenLink: undefined, saved: "loading" });
    void begin();
  };
  return (
    <section aria-label="Damaged link" className="absolute inset-0 z-20 grid place-content-center bg-canvas p-6">
      <div role="alert" className="max-w-lg">
        <h2 className="mb-2 font-semibold text-lg">This link does not open</h2>
        {problems.slice(0, 6).map(({ path, message }) => (
          <p key={`${path} ${message}`} className="mb-1 text-ink-2">
            {path !== "" && <code className="mr-2 font-mono text-ink text-xs">{path}</code>}
            {message}
          </p>
        ))}
        <div className="mt-4 flex gap-2">
          <Button look="primary" onClick={leave}>
            Open my designs
          </Button>
          <Button icon="open" onClick={chooseFile}>
            Open a design file
          </Button>
        </div>
      </div>
    </section>
  );
}
