import { describe, expect, it } from "vitest";
import type { Document } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import type { Edit } from "@/lib/document/edits/edit";
import { starters } from "@/lib/document/starters";
import { analyse } from "@/lib/editor/analysis";
import { draw } from "@/lib/testing/draw";
import { fargateWeb } from "@/lib/testing/presets";
import { createProjection } from "./projection";

const analysed = (document: Document) => analyse(document, { environment: null, scenario: "typical", prices: null });
const changed = (document: Document, ...edits: Edit[]): Document => {
  const result = applyAll(document, edits);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value.document;
};

const web = () => {
  const ids: { [name: string]: string } = {};
  const document = draw((draft) => {
    Object.assign(ids, fargateWeb(draft));
  });
  return { document, ids };
};

describe("createProjection", () => {
  it("draws every node once, boxes before what stands in them, and every edge", () => {
    for (const { document } of starters) {
      const { cards, wires } = createProjection()(document, analysed(document), "design");
      expect(cards.map(({ id }) => id).sort()).toEqual(Object.keys(document.nodes).sort());
      expect(wires.map(({ id }) => id).sort()).toEqual(Object.keys(document.edges).sort());
      const seen = new Set<string>();
      for (const card of cards) {
        expect(card.parent === undefined || seen.has(card.parent)).toBe(true);
        seen.add(card.id);
      }
    }
  });

  it("makes room for each container and starts its lines at its own row", () => {
    const { document, ids } = web();
    const task = ids.task as string;
    const twice = changed(document, {
      edit: "setField",
      id: task,
      field: "/containerDefinitions/c2",
      value: { name: "sidecar" },
    });
    const heights = [document, twice].map(
      (each) => createProjection()(each, analysed(each), "design").cards.find(({ id }) => id === task)?.h,
    );
    expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBe(40);
  });

  it("says in words what a line carries", () => {
    const { document, ids } = web();
    const { wires } = createProjection()(document, analysed(document), "design");
    const forward = wires.find(({ id }) => id === ids.forward);
    expect(forward?.text).toBe("HTTPS 443 → 8080");
    expect(forward?.label).toContain("forwards to");
  });

  it("keeps the same objects for what an edit does not touch", () => {
    const { document, ids } = web();
    const project = createProjection();
    const before = project(document, analysed(document), "design");
    expect(project(document, analysed(document), "design")).toBe(before);
    const after = changed(document, { edit: "rename", id: ids.alb as string, name: "Entrance" });
    const drawn = project(after, analysed(after), "design");
    const renamed = drawn.cards.filter((card) => !before.cards.includes(card)).map(({ id }) => id);
    expect(renamed).toEqual([ids.alb]);
    expect(drawn.cards.find(({ id }) => id === ids.alb)?.label).toMatch(/^Entrance, Application Load Balancer/);
  });

  it("shows the worst finding of a node, with its word", () => {
    const document = draw((draft) => {
      draft.add("service");
    });
    const { cards } = createProjection()(document, analysed(document), "design");
    const [service] = cards;
    expect(service?.badge?.severity).toBe("error");
    expect(service?.label).toContain(service?.badge?.text);
  });
});
