import { describe, expect, it } from "vitest";
import { analyse } from "@/lib/editor/analysis";
import { draw } from "@/lib/testing/draw";
import { fargateWeb } from "@/lib/testing/presets";
import { targetsFor, wordsOf } from "./targets";

let ids: ReturnType<typeof fargateWeb> | undefined;
const design = draw((draft) => {
  ids = fargateWeb(draft);
  draft.add("efs", {}, { name: "Files", parent: ids.vpc });
  draft.add("clb", {}, { name: "Old door" });
});
const web = ids as ReturnType<typeof fargateWeb>;
const analysis = analyse(design, { environment: null, scenario: "typical", prices: null });

describe("targetsFor", () => {
  it("lists what may be connected first, and gives each refusal its reason and a way out", () => {
    const targets = targetsFor(analysis.model, web.task);
    const firstRefused = targets.findIndex(({ answer }) => !answer.ok);
    expect(targets.slice(firstRefused).every(({ answer }) => !answer.ok)).toBe(true);
    expect(targets.find(({ name }) => name === "Files")?.answer.ok).toBe(true);
    const door = targetsFor(analysis.model, web.service).find(({ name }) => name === "Old door");
    expect(door?.answer.ok).toBe(false);
    for (const { answer } of targets) expect(wordsOf(answer)).toMatch(/\.$/);
  });

  it("offers each container of a task definition by its own name, and never the node itself", () => {
    const targets = targetsFor(analysis.model, web.service);
    expect(targets.some(({ end }) => end === `${web.task}/c1`)).toBe(true);
    expect(targets.some(({ end }) => end === web.service)).toBe(false);
  });
});
