import { describe, expect, it } from "vitest";
import * as z from "zod";
import { isObject } from "../core/json";
import { catalog, isNodeKind, kindOf, type NodeKind, nodeKinds } from ".";
import { iconNames } from "./icons";
import { type BoxKind, paletteGroups } from "./kind";
import { pairs, refusals } from "./pairs";
import { relationIds, relationOf, relations } from "./relations";

/** Every property below a schema with its own shape: path, and what the schema says of it. */
function fieldsOf(schema: z.ZodType): { path: string; shape: Record<string, unknown> }[] {
  const found: { path: string; shape: Record<string, unknown> }[] = [];
  const walk = (shape: unknown, path: string): void => {
    if (!isObject(shape)) return;
    for (const [key, inner] of Object.entries(isObject(shape.properties) ? shape.properties : {})) {
      const at = `${path}/${key}`;
      if (isObject(inner)) found.push({ path: at, shape: inner });
      walk(inner, at);
    }
    walk(shape.items, `${path}/*`);
    if (path !== "") walk(shape.additionalProperties, `${path}/*`);
    for (const union of [shape.anyOf, shape.oneOf, shape.allOf]) {
      if (Array.isArray(union)) for (const branch of union) walk(branch, path);
    }
  };
  walk(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }), "");
  return found;
}

const schemas: [string, z.ZodType][] = [
  ...nodeKinds.map((kind): [string, z.ZodType] => [kind, kindOf(kind).props]),
  ...relationIds.map((id): [string, z.ZodType] => [`relation ${id}`, relationOf(id).props]),
];

describe("every field", () => {
  it.each(schemas)("of %s has a label that people read", (_name, schema) => {
    for (const { path, shape } of fieldsOf(schema)) {
      // What tells the branches of a choice apart is shown as the choice itself.
      if ("const" in shape) continue;
      expect({ path, label: shape.label }).toEqual({ path, label: expect.stringMatching(/^\S.*\S$|^\S$/) });
    }
  });

  it.each(schemas)("of %s that names a node says which kinds it may name", (_name, schema) => {
    for (const { path, shape } of fieldsOf(schema)) {
      if (!("reference" in shape)) continue;
      const kinds = shape.reference as string[];
      expect({ path, kinds: kinds.filter((kind) => !isNodeKind(kind)) }).toEqual({ path, kinds: [] });
      expect(kinds.length).toBeGreaterThan(0);
    }
  });
});

describe.each(nodeKinds)("kind %s", (kind) => {
  const definition = kindOf(kind);

  it("begins with properties that parse, wherever it is dropped, and fills in the rest", () => {
    for (const parent of [undefined, "vpc", "cluster"] as const) {
      for (const ec2 of [false, true]) {
        for (const name of ["Web task", "", "🚢", "x".repeat(255)]) {
          const initial = definition.initial({ ...(parent ? { parent } : {}), ec2, name });
          const parsed = definition.props.safeParse(initial);
          expect(parsed.error?.issues ?? []).toEqual([]);
          if (!parsed.success) continue;
          for (const line of definition.summary(parsed.data)) expect(line).not.toMatch(/undefined|NaN|\[object/);
          for (const row of definition.rows?.(parsed.data) ?? []) expect(row.title).not.toBe("");
        }
      }
    }
    expect(definition.props.safeParse({}).success).toBe(true);
  });

  it("says what it is, in AWS's words, with a picture", () => {
    expect(iconNames).toContain(definition.icon);
    expect(paletteGroups).toContain(definition.group);
    expect(definition.about).toMatch(/^[A-Z].*\.$/);
    expect(definition.docs).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(definition.keywords.length).toBeGreaterThan(0);
  });

  it("lives in boxes only", () => {
    for (const box of definition.within) expect(catalog[box].box).toBe(true);
  });
});

describe("boxes", () => {
  it("are exactly the kinds that others may live in", () => {
    const boxes = { vpc: true, cluster: true } satisfies Record<BoxKind, true>;
    expect(nodeKinds.filter((kind) => kindOf(kind).box).sort()).toEqual(Object.keys(boxes).sort());
  });
});

describe("the grammar", () => {
  const list = (kinds: NodeKind | readonly NodeKind[]): readonly NodeKind[] =>
    typeof kinds === "string" ? [kinds] : kinds;

  it("has one row for each pair, and a use for each relation", () => {
    const rows = pairs.map(({ from, to }) => `${from} → ${to}`);
    expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
    const used = new Set(pairs.flatMap((pair) => [...pair.relations]));
    // A reference is allowed from and to every generic resource, without a row.
    expect(relationIds.filter((id) => !used.has(id))).toEqual(["reference"]);
  });

  it("allows nothing that it refuses as a whole", () => {
    const both = refusals.flatMap(({ from, to, relation }) =>
      pairs
        .filter((pair) => list(from).includes(pair.from) && list(to).includes(pair.to))
        .filter((pair) => relation === undefined || pair.relations.includes(relation))
        .map((pair) => `${pair.from} → ${pair.to}`),
    );
    expect(both).toEqual([]);
  });

  it("refuses in words, by a rule of the catalogue", () => {
    for (const { rule, reason, instead, via } of refusals) {
      expect(rule).toMatch(/^ECS-[A-Z]+-\d{3}$/);
      expect(reason).not.toMatch(/\.$/);
      expect(instead).not.toMatch(/\.$/);
      if (via) expect(isNodeKind(via)).toBe(true);
    }
  });

  it.each(relationIds)("labels an edge that %s draws", (id) => {
    const parsed = relations[id].props.safeParse({});
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(relationOf(id).label(relationOf(id).props.parse({}))).not.toMatch(/undefined|NaN|\[object/);
    expect(relationOf(id).about).toMatch(/^[A-Z].*\.$/);
  });
});
