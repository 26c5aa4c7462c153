import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listAttributes } from "../../aws/list-attributes";
import { statefulTypes } from "../../aws/stateful-types";
import { templateQuotas } from "../../aws/template-quotas";
import { starters } from "../../document/starters";
import { mergeEnvironments } from "../../stack/environments";
import type { Room } from "../../stack/nested/partition";
import type { Stack } from "../../stack/stack";
import { arbitraryDesign } from "../../testing/arbitrary-design";
import { denseDesign } from "../../testing/dense-design";
import { stacksOf, withEnvironments } from "../../testing/environments";
import { exportContext } from "../../testing/export-context";
import { inlineNested } from "../../testing/inline-nested";
import { random } from "../../testing/random";
import { readTemplate } from "../../testing/read-template";
import { sampleDesign } from "../../testing/sample-design";
import { stackOf } from "../../testing/stack-faults";
import { judgeTemplate, resourceSchemas } from "../../testing/template-judge";
import type { OutFile } from "../target";
import { cloudformation } from ".";
import { type Format, printers } from "./file";
import { nestedTemplates } from "./nested";

const context = exportContext();
const small: Room = { resources: 20, parameters: 60, outputs: 60, bytes: 60_000 };
const tiny: Room = { ...small, resources: 1 };

type Section = Record<string, unknown>;
const section = (template: Section, title: string): Section => (template[title] ?? {}) as Section;

const split = (stack: Stack, room = small, format: Format = "yaml"): readonly OutFile[] | undefined =>
  nestedTemplates(stack, { format, context, why: ["too much"], room })?.files;

/** What is not in the nested templates as it is in the one, and what CloudFormation would say of them only. */
function faults(stack: Stack, room = small, format: Format = "yaml"): string[] {
  const files = split(stack, room, format);
  if (!files) return [];
  const whole = readTemplate(printers[format].file(stack, context, "template").file.text);
  const { template, waits, homes, faults: said } = inlineNested(files, Object.keys(stack.outputs));
  const found = [...said];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (printed(a) !== printed(b)) found.push(`${what}: ${printed(a)} instead of ${printed(b)}`);
  };
  for (const title of ["Parameters", "Mappings", "Conditions", "Outputs"]) {
    const names = new Set([...Object.keys(section(template, title)), ...Object.keys(section(whole, title))]);
    for (const name of names) same(`${title} ${name}`, section(template, title)[name], section(whole, title)[name]);
  }
  const resources = section(template, "Resources") as Record<string, Section>;
  const originals = section(whole, "Resources") as Record<string, Section>;
  same("resources", Object.keys(resources).sort(), Object.keys(originals));
  for (const [id, { DependsOn: before = [], ...original }] of Object.entries(originals)) {
    const { DependsOn: after = [], ...resource } = resources[id] ?? {};
    same(id, resource, original);
    const here = [after].flat() as string[];
    for (const other of [before].flat() as string[]) {
      const crosses = homes[other] !== homes[id];
      const waited = crosses ? waits[homes[id] ?? ""]?.includes(homes[other] || other) : here.includes(other);
      if (!waited) found.push(`${id} does not wait for ${other}`);
    }
    if (here.some((other) => ![before].flat().includes(other))) found.push(`${id} waits for more`);
  }
  const known = new Set(judgeTemplate(whole));
  for (const { path, text } of files) {
    const read = readTemplate(text);
    for (const words of judgeTemplate(read)) {
      // Circles that people drew may begin elsewhere; no nested stack is in one.
      const isDrawn = words.startsWith("circular dependency") && !words.includes("Nested");
      if (!known.has(words) && !isDrawn) found.push(`${path}: ${words}`);
    }
    if (Object.keys(section(read, "Resources")).length > room.resources + files.length)
      found.push(`${path} is too full`);
    for (const [title, most] of [
      ["Parameters", room.parameters],
      ["Outputs", room.outputs],
    ] as const) {
      if (path.startsWith("nested/") && Object.keys(section(read, title)).length > most)
        found.push(`${path}: ${title}`);
    }
  }
  return found;
}

function printed(value: unknown): string {
  const sorted = (_: string, item: unknown): unknown =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  return JSON.stringify(value, sorted) ?? "nothing";
}

describe("laws of nested templates", () => {
  it.each([1, 2, 3, 4, 5, 6])("sample %i: put together again they are the one template", (seed) => {
    const stack = stackOf(sampleDesign(seed, 60));
    expect(split(stack)?.length).toBeGreaterThan(5);
    expect(faults(stack, small, seed % 2 === 0 ? "yaml" : "json")).toEqual([]);
  });

  it.each(starters.map(({ id, document }) => [id, document] as const))(
    "starter %s: holds with a template for every resource",
    (_, document) => {
      expect(faults(stackOf(document), { ...tiny, outputs: 200, parameters: 200 })).toEqual([]);
    },
  );

  it("holds for all environments in one", () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const design = withEnvironments(
        sampleDesign(seed, 40),
        random(seed),
        ["dev", "stage", "prod"].slice(0, 1 + (seed % 3)),
      );
      const stack = mergeEnvironments(stacksOf(design));
      expect(faults(stack)).toEqual([]);
      expect(faults(stack, { ...tiny, outputs: 200, parameters: 200 })).toEqual([]);
    }
  });

  it("holds where everything is connected", () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      expect(faults(stackOf(denseDesign(seed)), { resources: 60, parameters: 200, outputs: 200, bytes: 1e6 })).toEqual(
        [],
      );
    }
  });

  it("holds for designs however senseless, whose circles stay within one template", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const stack = stackOf(document);
        const room = { resources: 8, parameters: 200, outputs: 200, bytes: 1e6 };
        const found = faults(stack, room).filter((fault) => !fault.endsWith("is too full"));
        expect(found).toEqual([]);
      }),
      { numRuns: 60, seed: 20_26 },
    );
  });
});

it("says of the same attributes as CloudFormation's schemas that they are lists", () => {
  const found: Record<string, string[]> = {};
  for (const { cloudFormationType, attributes } of resourceSchemas().all("resource")) {
    const lists = Object.entries(attributes).filter(([, { type }]) => type.type === "array");
    if (lists.length > 0) found[cloudFormationType] = lists.map(([name]) => name).sort();
  }
  expect(listAttributes).toEqual(found);
});

it("holds the same types for stateful as CloudFormation's schemas", () => {
  const stateful = [...resourceSchemas().all("resource")].filter(({ isStateful }) => isStateful);
  expect([...statefulTypes].sort()).toEqual(stateful.map(({ cloudFormationType }) => cloudFormationType).sort());
});

it.each(["yaml", "json"] as const)("a template of more than 1 MB is nested too, as %s", (format) => {
  const ids = ["A", "B", "C"];
  const stack: Stack = {
    ...stackOf(sampleDesign(1, 3)),
    outputs: {},
    resources: Object.fromEntries(
      ids.map((id, at) => [
        id,
        {
          raw: true,
          type: "AWS::X::Y",
          id,
          properties: { Text: "ü".repeat(200_000) },
          origins: { "": [{ node: `n${at + 1}`, why: "drawn" }] },
        },
      ]),
    ),
  };
  const { files, notes } = cloudformation.emit(stack, { format }, context);
  expect(files.map(({ path }) => path)).toEqual([
    `template.${format}`,
    `nested/Nested.${format}`,
    `nested/NestedFromC.${format}`,
  ]);
  expect(notes[0]?.message).toMatch(/^One template would have 12\d{5} bytes \(CloudFormation takes 1048576\), so/);
  for (const { text } of files) expect(Buffer.byteLength(text)).toBeLessThan(templateQuotas.bytes);
});

describe("a design of more than 500 resources", () => {
  const stack = stackOf(sampleDesign(3, 400));
  const emitted = cloudformation.emit(stack, { format: "yaml" }, context);

  it("becomes a template that nests others, each within the limits", () => {
    expect(Object.keys(stack.resources).length).toBeGreaterThan(templateQuotas.resources);
    expect(emitted.files.map(({ path }) => path.replace(/From\w+/, "From…"))).toEqual([
      "template.yaml",
      "nested/Nested.yaml",
      ...emitted.files.slice(2).map(() => "nested/NestedFrom….yaml"),
    ]);
    for (const { text } of emitted.files) {
      const template = readTemplate(text);
      for (const [title, most] of [
        ["Resources", 450],
        ["Parameters", 200],
        ["Outputs", 200],
      ] as const) {
        expect(Object.keys(section(template, title)).length).toBeLessThanOrEqual(most);
      }
      expect(Buffer.byteLength(text)).toBeLessThan(templateQuotas.bytes);
      expect(judgeTemplate(template)).toEqual([]);
    }
    expect(inlineNested(emitted.files, []).faults).toEqual([]);
  });

  it("says how it is deployed and where outputs went", () => {
    const [how, what, where, ...more] = emitted.notes.map(({ message }) => message);
    expect(how).toContain(
      "aws cloudformation package --template-file template.yaml --s3-bucket BUCKET --output-template-file packaged.yaml && aws cloudformation deploy --template-file packaged.yaml --s3-bucket BUCKET --stack-name NAME --capabilities CAPABILITY_IAM",
    );
    expect(what).toContain("makes a resource that moves to another template anew");
    expect(where).toContain("outputs of the nested stacks");
    expect(more).toEqual([]);
  });

  it("knows the node of each line of each file", () => {
    for (const { text, lines } of emitted.files) {
      const rows = text.split("\n");
      for (const { line, node } of lines) {
        const comment = rows[line]?.match(/^ {2}# .*\((n\d+)\)/)?.[1];
        if (comment !== undefined) expect(comment).toBe(node);
      }
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  it("keeps what holds data in the root, and moves little when a node goes", () => {
    const document = sampleDesign(3, 400);
    const homesOf = (of: Stack): Record<string, string> => ({
      ...inlineNested(cloudformation.emit(of, { format: "json" }, context).files, []).homes,
    });
    const before = homesOf(stack);
    const data = Object.values(stack.resources).filter(
      ({ deletionPolicy }) => deletionPolicy === "RetainExceptOnCreate",
    );
    expect(data.length).toBeGreaterThan(50);
    expect(data.filter(({ id }) => before[id] !== "")).toEqual([]);
    const leaves = Object.keys(document.nodes).filter((id) => document.nodes[id]?.kind === "service");
    const moved = leaves.slice(0, 12).map((gone) => {
      const nodes = Object.fromEntries(Object.entries(document.nodes).filter(([id]) => id !== gone));
      const edges = Object.fromEntries(
        Object.entries(document.edges).filter(
          ([, { from, to }]) => ![from, to].some((end) => end.split("/")[0] === gone),
        ),
      );
      const after = homesOf(stackOf({ ...document, nodes, edges }));
      return Object.keys(after).filter((id) => before[id] !== after[id]).length;
    });
    expect(moved.filter((count) => count <= 3).length).toBeGreaterThanOrEqual(9);
  });
});
