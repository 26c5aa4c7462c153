import { describe, expect, it } from "vitest";
import { removeEdits } from "../../editor/remove";
import { sampleDesign } from "../../testing/sample-design";
import { printDocument } from "../parse";
import { apply, applyAll } from "./apply";

describe("a list of edits", () => {
  const design = sampleDesign(7, 400);
  const before = printDocument(design);

  it("gives what its edits give one by one, and touches nothing that was there", () => {
    const edits = removeEdits(design, Object.keys(design.nodes).slice(0, 120));
    let document = design;
    for (const edit of edits) {
      const result = apply(document, edit);
      if (!result.ok) throw new Error(result.problems[0]?.message);
      document = result.value.document;
    }
    const whole = applyAll(design, edits);
    expect(whole.ok && printDocument(whole.value.document)).toBe(printDocument(document));
    expect(printDocument(design)).toBe(before);
  });

  it("that is refused at its end has changed nothing", () => {
    const edits = removeEdits(design, Object.keys(design.nodes).slice(0, 50));
    const frozen = Object.keys(design.nodes);
    expect(applyAll(design, [...edits, { edit: "removeNode", id: "n9999" }]).ok).toBe(false);
    expect(Object.keys(design.nodes)).toEqual(frozen);
    expect(printDocument(design)).toBe(before);
  });

  it("takes a logical id again that an edit before it has freed, and no other", () => {
    const [id = "", node] = Object.entries(design.nodes).find(([, one]) => one.kind === "secret") ?? [];
    if (!node) throw new Error("The design has no secret.");
    const remove = removeEdits(design, [id]);
    const again = { edit: "addNode" as const, id: "n9000", node };
    expect(applyAll(design, [again]).ok).toBe(false);
    expect(applyAll(design, [...remove, again]).ok).toBe(true);
    expect(applyAll(design, [...remove, again, { ...again, id: "n9001" }]).ok).toBe(false);
  });
});
