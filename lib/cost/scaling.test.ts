import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tasksOnAverage } from "./scaling";

describe("tasks that follow the traffic", () => {
  it.each([
    ["half the peak on average", 50, 100, 5],
    ["nothing to do", 0, 100, 2],
    ["always at the peak", 100, 100, 10],
    ["more on average than at the peak, which cannot be", 200, 100, 10],
    ["no peak given", 50, 0, 2],
  ])("%s", (_case, average, peak, tasks) => {
    expect(tasksOnAverage({ min: 2, max: 10 }, average, peak)).toBe(tasks);
  });

  it("stay between minimum and maximum, and never fall as traffic grows", () => {
    const figures = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), figures, figures, figures, (min, more, average, extra, peak) => {
        const scaling = { min, max: min + more };
        const tasks = tasksOnAverage(scaling, average, peak);
        expect(tasks).toBeGreaterThanOrEqual(min);
        expect(tasks).toBeLessThanOrEqual(min + more);
        expect(tasksOnAverage(scaling, average + extra, peak)).toBeGreaterThanOrEqual(tasks);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
