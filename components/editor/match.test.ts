import { expect, it } from "vitest";
import { matchScore } from "./match";

it("wants every word and no scattered letters", () => {
  expect(matchScore(["Application Load Balancer", "ALB"], "nlb")).toBe(0);
  expect(matchScore(["Zoom to fit", "overview"], "zoom panel")).toBe(0);
  expect(matchScore(["Zoom to fit", "overview"], "fit zoom")).toBeGreaterThan(0);
});

it("puts the exact name first, then what starts with it, then words", () => {
  const [exact, start, word, inside] = [
    matchScore(["Network Load Balancer", "NLB"], "nlb"),
    matchScore(["NLB of the shop"], "nlb"),
    matchScore(["The NLB"], "nlb"),
    matchScore(["Xnlb"], "nlb"),
  ];
  expect([exact, start, word, inside]).toEqual([...[exact, start, word, inside]].sort((a, b) => b - a));
  expect(new Set([exact, start, word, inside]).size).toBe(4);
});
