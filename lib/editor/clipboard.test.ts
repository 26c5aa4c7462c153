import { describe, expect, it } from "vitest";
import { type Document, emptyDocument } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { referencesOf } from "../document/edits/references";
import { parseDocument, printDocument } from "../document/parse";
import { draw } from "../testing/draw";
import { sampleDesign } from "../testing/sample-design";
import { copyText, duplicateEdits, pasteEdits } from "./clipboard";

function pasted(into: Document, text: string | undefined, target = {}) {
  const result = pasteEdits(into, text ?? "", target);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const after = applyAll(into, result.value.edits);
  if (!after.ok) throw new Error(after.problems[0]?.message);
  return { ...result.value, document: after.value.document, inverse: after.value.inverse };
}

const design = draw((draft) => {
  const cluster = draft.add("cluster", {}, { name: "Main" });
  const task = draft.add(
    "taskDefinition",
    { containerDefinitions: { c1: { name: "a" } } },
    { name: "Task", parent: cluster },
  );
  const schedule = draft.add("eventSchedule", {}, { name: "Nightly" });
  const queue = draft.add("sqsQueue", {}, { name: "Lost" });
  draft.connect(schedule, "runTask", task, { cluster, deadLetterQueue: queue });
  draft.connect(`${task}/c1`, "send", queue);
});

describe("copy and paste", () => {
  it("wires the copies as the originals: containers, and references to copies and to what stayed", () => {
    const { document, select } = pasted(design, copyText(design, ["n2", "n3", "n4"]));
    expect(select).toEqual(["n5", "n6", "n7"]);
    expect(document.edges.e3).toEqual({
      from: "n6",
      to: "n5",
      relation: "runTask",
      props: { cluster: "n1", deadLetterQueue: "n7" },
    });
    expect(document.edges.e4).toMatchObject({ from: "n5/c1", to: "n7" });
    expect(document.nodes.n5).toMatchObject({ name: "Task 2", logicalId: "Task2", parent: "n1" });
  });

  it("unsets references to what another design does not have", () => {
    const { document } = pasted(emptyDocument(), copyText(design, ["n2", "n3"]));
    expect(document.edges.e1).toEqual({ from: "n2", to: "n1", relation: "runTask", props: {} });
    expect(document.nodes.n1).not.toHaveProperty("parent");
  });

  it("does not take a stranger with the same id for the node outside", () => {
    const other = draw((draft) => draft.add("cluster", {}, { name: "Other" }));
    const { document } = pasted(other, copyText(design, ["n2", "n3"]));
    expect(Object.values(document.edges)[0]?.props).toEqual({});
  });

  it("pastes into the selected box, around a point", () => {
    const box = draw((draft) => draft.add("cluster"));
    box.layout = { n1: { x: 100, y: 100, w: 900, h: 600 } };
    const { document } = pasted(box, copyText(design, ["n2"]), { into: "n1", at: { x: 502, y: 400 } });
    expect(document.nodes.n2?.parent).toBe("n1");
    // A task definition of one container is 260 × 112: its middle is 502, 400 on the canvas, 402, 300 in the box.
    expect(document.layout.n2).toEqual({ x: 272, y: 244 });
  });

  it("copies a box with what stands in it, and an edge only with both ends", () => {
    const { document } = pasted(design, copyText(design, ["n1"]));
    expect(document.nodes.n6).toMatchObject({ kind: "taskDefinition", parent: "n5" });
    expect(Object.keys(document.edges)).toEqual(["e1", "e2"]);
    expect(copyText(design, ["e1"])).toBeUndefined();
  });

  it("takes a whole design file as parts", () => {
    const { document } = pasted(design, printDocument(design));
    expect(Object.keys(document.nodes)).toHaveLength(8);
  });

  it("answers hostile clipboards in sentences", () => {
    const texts = [
      "",
      "hello",
      "[]",
      "{}",
      '{"type":"bayplan/parts"}',
      '{"type":"bayplan/parts","design":{"version":1,"nodes":{"n1":{"kind":"hack"}}},"outside":{"__proto__":{"kind":1}}}',
      '{"type":"bayplan/parts","design":{"version":1},"outside":[],"parents":7}',
      `{"type":"bayplan/parts","x":"${"a".repeat(5_000_001)}"}`,
    ];
    for (const text of texts) {
      const result = pasteEdits(design, text);
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.problems[0]?.message).toMatch(/^[A-Z“].*\.$/);
    }
  });

  it("opens, keeps every reference inside the design, and undoes to the same bytes, for any selection", () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const document = sampleDesign(seed, 25);
      const ids = Object.keys(document.nodes).filter((_, at) => (at * 7 + seed) % 3 === 0);
      for (const into of [document, sampleDesign(seed + 100, 15), emptyDocument()]) {
        const { document: after, inverse } = pasted(into, copyText(document, ids));
        expect(parseDocument(printDocument(after)).ok).toBe(true);
        for (const item of [...Object.values(after.nodes), ...Object.values(after.edges)]) {
          for (const { node } of referencesOf(item)) expect(Object.keys(after.nodes)).toContain(node);
        }
        const back = applyAll(after, inverse);
        expect(back.ok && printDocument(back.value.document)).toBe(printDocument(into));
      }
    }
  });

  it("duplicates as copy and paste do", () => {
    const twice = duplicateEdits(design, ["n2", "n3"]);
    const paste = pasteEdits(design, copyText(design, ["n2", "n3"]) ?? "");
    expect(twice).toEqual(paste);
  });
});
