import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadPrices, type PriceBook } from "../cost/prices";
import type { Document } from "../document/document";
import { parseDocument, printDocument } from "../document/parse";
import { starters } from "../document/starters";
import { type Analysis, analyse } from "../editor/analysis";
import { exportInput } from "../editor/exporting";
import { cloudformation } from "../export/cloudformation";
import { taskDefinition } from "../export/task-definition";
import { arbitraryDesign } from "./arbitrary-design";
import { exportContext } from "./export-context";
import { random } from "./random";
import { readTemplate } from "./read-template";
import { judgeRegister } from "./register-judge";
import { sampleDesign } from "./sample-design";
import { judgeTemplate } from "./template-judge";

let prices: PriceBook | null = null;
beforeAll(async () => {
  const loaded = await loadPrices("us-east-1");
  prices = loaded.ok ? loaded.value : null;
});

const seen = new WeakMap<Document, Analysis>();

/** The analysis of a design, made once. */
function look(document: Document): Analysis {
  const analysis = seen.get(document) ?? analyse(document, { environment: null, scenario: "typical", prices });
  seen.set(document, analysis);
  return analysis;
}

/** All exports of a design, as one text. */
function exports(document: Document): string {
  const { stack, context } = exportInput(look(document), { prices });
  return [
    ...cloudformation.emit(stack, { format: "yaml" }, context).files,
    ...cloudformation.emit(stack, { format: "json" }, context).files,
    ...taskDefinition.emit(stack, { for: "register", values: {} }, context).files,
  ]
    .map((file) => `${file.path}\n${file.text}`)
    .join("\n");
}

/** The template as CloudFormation reads it. YAML and JSON read alike by a law of their own; JSON is read faster. */
function template(document: Document, format: "yaml" | "json"): Record<string, unknown> {
  const { stack } = look(document);
  const file = cloudformation.emit(stack, { format }, exportContext({ designName: document.name })).files[0];
  return readTemplate(file?.text ?? "");
}

/** What the ECS API would say against the task definition files. */
const judgeTasks = (document: Document): string[] =>
  taskDefinition
    .emit(look(document).stack, { for: "register", values: {} }, exportContext())
    .files.flatMap((file) => judgeRegister(JSON.parse(file.text)).map((line) => `${file.path}${line}`));

const errors = (document: Document): string[] =>
  look(document)
    .findings.filter((finding) => finding.severity === "error")
    .map((finding) => `${finding.rule} ${JSON.stringify(finding.at)} ${finding.message}`);

describe.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
  it("has no error and no warning", () => {
    const { findings } = look(document);
    const bad = findings.filter((finding) => finding.severity !== "info");
    expect(bad.map((finding) => `${finding.rule} ${JSON.stringify(finding.at)} ${finding.message}`)).toEqual([]);
  });

  it("exports a template that CloudFormation's own schemas accept", () => {
    expect(judgeTemplate(template(document, "yaml"))).toEqual([]);
    expect(judgeTasks(document)).toEqual([]);
  });
});

describe("sample designs, as people draw them", () => {
  const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

  it.each([0, 1, 2, 3, 4, 5])(
    "export templates that CloudFormation's own schemas accept, and have no error (part %i)",
    (part) => {
      const said = seeds.slice(part * 50, part * 50 + 50).flatMap((seed) => {
        const document = sampleDesign(seed, 6 + (seed % 40));
        const judged = judgeTemplate(template(document, seed % 10 === 0 ? "yaml" : "json"));
        return [...judged, ...judgeTasks(document), ...errors(document)].map((line) => `seed ${seed}: ${line}`);
      });
      expect(said.slice(0, 20)).toEqual([]);
    },
  );

  it("export the same bytes wherever their nodes lie and in whatever order they were written", () => {
    for (const seed of seeds.slice(0, 40)) {
      const document = sampleDesign(seed, 30);
      const dice = random(seed);
      const shuffled = <T>(record: Record<string, T>): Record<string, T> =>
        Object.fromEntries(
          Object.entries(record)
            .map((entry) => ({ entry, key: dice.next() }))
            .sort((a, b) => a.key - b.key)
            .map(({ entry }) => entry),
        );
      const moved: Document = {
        ...document,
        nodes: shuffled(document.nodes),
        edges: shuffled(document.edges),
        layout: Object.fromEntries(
          Object.keys(document.nodes).map((id) => [id, { x: dice.int(-999, 999), y: dice.int(-999, 999) }]),
        ),
      };
      expect(exports(moved)).toBe(exports(document));
    }
  });

  it("print, parse and print again to the same bytes", () => {
    for (const seed of seeds.slice(0, 40)) {
      const text = printDocument(sampleDesign(seed, 40));
      const parsed = parseDocument(text);
      expect(parsed.ok && printDocument(parsed.value)).toBe(text);
    }
  });
});

describe("any design that edits can make", () => {
  it("goes through the whole pipeline without throwing, to a template without loose ends", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const { cost, findings } = look(document);
        for (const line of cost.lines) expect(Number.isFinite(line.amount)).toBe(true);
        for (const finding of findings) expect(finding.message).not.toMatch(/undefined|NaN|\[object/);
        exports(document);
        // A pattern that CloudFormation would read as a function is reported, and kept as the person wrote it.
        const reported = new Set(
          findings.flatMap(({ rule, at }) =>
            rule === "ECS-EVT-001" ? [document.nodes[at.node ?? ""]?.logicalId] : [],
          ),
        );
        // So is a map of the person's own, as docker labels, whose only key is Ref; nothing can say it otherwise.
        for (const { logicalId, props } of Object.values(document.nodes))
          if (/\{"Ref":"[^"]*"\}/.test(JSON.stringify(props))) reported.add(logicalId);
        const loose = judgeTemplate(template(document, "json")).filter((line) =>
          /does not exist|is not a resource$/.test(line),
        );
        expect(loose.filter((line) => !reported.has(line.split(":")[0]))).toEqual([]);
      }),
      { numRuns: 300, seed: 20261125 },
    );
  });

  it("prints, parses and prints again to the same bytes", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const text = printDocument(document);
        const parsed = parseDocument(text);
        expect(parsed.ok && printDocument(parsed.value)).toBe(text);
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});
