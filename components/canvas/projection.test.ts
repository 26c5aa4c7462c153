import { describe, expect, it } from "vitest";
import { loadPrices } from "@/lib/cost/prices";
import type { Document } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import type { Edit } from "@/lib/document/edits/edit";
import { starters } from "@/lib/document/starters";
import { analyse } from "@/lib/editor/analysis";
import { modes } from "@/lib/editor/state";
import { overlaps, type Rect } from "@/lib/model/drawing/geometry";
import { labelRect } from "@/lib/model/drawing/labels";
import { draw } from "@/lib/testing/draw";
import { fargateWeb } from "@/lib/testing/presets";
import { flowWords } from "./flow-text";
import { absoluteRects } from "./hits";
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

  it("says on a line what it costs, nothing where it is free, and that nobody knows where there is no price", async () => {
    const { document, ids } = web();
    const book = await loadPrices(document.settings.region);
    if (!book.ok) throw new Error(book.problems[0]?.message);
    const analysis = analyse(document, { environment: null, scenario: "typical", prices: book.value });
    const request = analysis.model.edgesOf("request")[0]?.id;
    const [line, ...others] = analysis.cost.lines.filter(({ edge }) => edge === request);
    expect(others).toEqual([]);
    const dollars = `$${(line?.amount ?? 0).toFixed(2)}`;
    const { wires, cards } = createProjection()(document, analysis, "cost");
    expect(wires.find(({ id }) => id === request)).toMatchObject({
      text: `${dollars}/mo`,
      brief: dollars,
      label: expect.stringContaining(`, ${dollars}/mo: ${line?.item} ${dollars}`),
    });
    expect(wires.find(({ id }) => id === ids.run)).toMatchObject({ text: "", money: undefined });
    expect(cards.find(({ id }) => id === ids.service)?.money?.text).toMatch(/^\$/);

    const unknown = createProjection()(document, analysed(document), "cost").wires;
    expect(unknown.find(({ id }) => id === request)?.text).toBe("cost unknown");
  });

  it("keeps the same objects in every mode", () => {
    for (const mode of modes) {
      const { document } = web();
      const project = createProjection();
      const before = project(document, analysed(document), mode);
      expect(project(document, analysed(document), mode)).toBe(before);
    }
  });

  it("finds room on every line of the starters for its ports and its pair of groups, off the cards", () => {
    for (const { document } of starters) {
      const analysis = analysed(document);
      const { cards, wires } = createProjection()(document, analysis, "flows");
      const rects = absoluteRects(cards);
      for (const { id, route, text } of wires) {
        const flow = analysis.flows.flow(id);
        if (!flow || flowWords(flow).pair === "") continue;
        expect(route.label.free).toBe(true);
        expect(text).toContain("→");
        const rect = labelRect(route.label, text);
        const covered = cards.filter((card) => !card.box && overlaps(rect, rects.get(card.id) as Rect));
        expect(covered.map(({ name }) => name)).toEqual([]);
      }
    }
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
