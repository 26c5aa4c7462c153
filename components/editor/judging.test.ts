import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Document } from "@/lib/document/document";
import { analyse } from "@/lib/editor/analysis";
import { sampleDesign } from "@/lib/testing/sample-design";

const large = sampleDesign(3, 120);
const small = sampleDesign(3, 20);
const cold = (document: Document) => analyse(document, { environment: null, scenario: "typical", prices: null });

it("is shown when it is complete: no hook asks an analysis under way for more than its model", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  const hasty = files.filter((path) =>
    [...readFileSync(`components/${path}`, "utf8").matchAll(/useEditor\(\s*\([^)]*\) =>([^;]*);/g)].some(([, body]) =>
      /\banalysis\b(?!\.model\b)/.test(body as string),
    ),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(hasty).toEqual([]);
});

describe("what follows from an edit", () => {
  let editor: typeof import("./store").useEditor;
  let judgeNow: typeof import("./judging").judgeNow;
  let frames: (() => void)[] = [];
  const store = () => editor.getState();
  /** Draws a frame and does everything that waits behind it. */
  const frame = (): void => {
    for (const run of frames.splice(0)) run();
    vi.runAllTimers();
  };
  const edit = (name: string): string => {
    const id = Object.keys(store().state.document.nodes)[0] as string;
    expect(store().dispatch([{ edit: "rename", id, name }]).ok).toBe(true);
    return id;
  };

  beforeAll(async () => {
    // The page fetches the stages beside itself; without a window there is no page.
    vi.stubGlobal("window", {});
    vi.resetModules();
    editor = (await import("./store")).useEditor;
    judgeNow = (await import("./judging")).judgeNow;
    await (await import("./analyse-safely")).analysisLoaded;
    vi.unstubAllGlobals();
  });
  beforeEach(() => {
    frames = [];
    vi.useFakeTimers();
    vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is there at once in a small design", () => {
    store().load(small);
    edit("Other");
    expect(store().judged).toBe(store().analysis);
    expect(store().judged.document).toBe(store().state.document);
  });

  it("comes behind the frame of the edit in a large one, and is that of a design that is opened", () => {
    store().load(large);
    const before = store().judged;
    expect(before.document).toBe(large);
    const id = edit("Other");
    expect(store().analysis.model.node(id)?.name).toBe("Other");
    expect(store().judged).toBe(before);
    frame();
    const { judged, analysis, state } = store();
    expect(judged).toBe(analysis);
    expect(judged.document).toBe(state.document);
    expect(judged.findings).toEqual(cold(state.document).findings);
    expect(judged.stack).toEqual(cold(state.document).stack);
  });

  it("comes also where no frame is drawn", () => {
    store().load(large);
    edit("Other");
    vi.runAllTimers();
    expect(store().judged.document).toBe(store().state.document);
  });

  it("is of the drawing as it is for whoever asks before", () => {
    store().load(large);
    const [id] = Object.keys(large.nodes).filter((one) => large.nodes[one]?.kind === "service");
    store().dispatch([{ edit: "setField", id: id as string, field: "/desiredCount", value: 77 }]);
    const { analysis, state } = store();
    expect(analysis.stack).toEqual(cold(state.document).stack);
    judgeNow();
    expect(store().judged.stack).toBe(analysis.stack);
  });

  it("is worked out for the last of several edits only", () => {
    store().load(large);
    const seen = new Set<Document>();
    const stop = editor.subscribe(({ judged }) => seen.add(judged.document));
    edit("One");
    edit("Two");
    frame();
    stop();
    expect([...seen]).toEqual([large, store().state.document]);
  });

  it("is never that of another design", () => {
    store().load(large);
    edit("Other");
    store().load(small);
    expect(store().judged.document).toBe(small);
    frame();
    expect(store().judged.document).toBe(small);
  });
});
