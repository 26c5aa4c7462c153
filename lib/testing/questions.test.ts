import { describe, expect, it } from "vitest";
import { analyse } from "../editor/analysis";
import { startsOf } from "../start/start";
import { startsOfTemplate } from "../start/template";
import { stackOf } from "./network-template";
import { definitionQuestions } from "./questions/definitions";
import { networkQuestions } from "./questions/network";
import type { Question } from "./questions/question";
import { roleAndStorageQuestions } from "./questions/roles-and-storage";
import { serviceQuestions } from "./questions/services";
import { templateQuestions } from "./questions/templates";

const all: readonly Question[] = [
  ...networkQuestions,
  ...roleAndStorageQuestions,
  ...definitionQuestions,
  ...serviceQuestions,
];

describe("what people asked in public is answered first", () => {
  it.each(all.map((question) => [question.seen, question] as const))("%s", (_, question) => {
    const analysis = analyse(question.design, { environment: null, scenario: "typical", prices: null });
    const told = analysis.findings.filter(({ severity }) => severity !== "info");
    const { finding, start, hop, prevented, reminder } = question;
    if (finding) {
      expect(told.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([`${finding.rule} ${finding.severity}`]);
      for (const name of finding.names) expect(told[0]?.message).toMatch(name);
    } else expect(told.filter(({ severity }) => severity === "error")).toEqual([]);
    const lines = startsOf(analysis).flatMap((one) => one.checks);
    const checks = lines.filter(({ verdict }) => verdict !== "passes");
    if (reminder) {
      expect(checks).toEqual([]);
      expect(lines.find(({ check }) => check === reminder.check)?.why).toMatch(reminder.names);
    }
    if (start) {
      expect(checks[0]).toMatchObject({ check: start.check, verdict: start.verdict });
      expect(checks[0]?.why).toMatch(start.names);
    }
    if (hop) {
      const blocked = analysis.flows.flows.flatMap(({ hops }) => hops.filter(({ verdict }) => verdict === "blocked"));
      expect(blocked[0]?.missing).toMatchObject({
        group: hop.group,
        direction: hop.direction,
        fromPort: hop.port,
        toPort: hop.port,
      });
    }
    if (prevented) expect(prevented.found(analysis)).toEqual(prevented.expected);
    expect([finding, start, prevented, reminder].some((answer) => answer !== undefined)).toBe(true);
  });

  it.each(templateQuestions.map((question) => [question.seen, question] as const))("%s", (_, question) => {
    const { resources, start } = question;
    const checks = startsOfTemplate(stackOf(resources)).find(({ place }) => place === "Old")?.checks ?? [];
    const failing = checks.filter(({ verdict }) => verdict === "fails");
    expect(failing[0]?.check).toBe(start.check);
    expect(failing[0]?.why).toMatch(start.names);
  });

  it("has an address for each of them, and every thread that was collected", () => {
    const urls = [...all, ...templateQuestions].map(({ url }) => url);
    // One of them has two causes, and two designs.
    expect(new Set(urls).size).toBe(32);
    for (const url of urls) expect(url).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\/(issues|pull)\/\d+$/);
  });
});
