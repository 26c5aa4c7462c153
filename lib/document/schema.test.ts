import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { printJson } from "../core/json";
import { DOCUMENT_VERSION } from "./document";
import { migrations } from "./migrations";
import { documentJsonSchema } from "./schema";

describe("the published JSON Schema", () => {
  it("is the one the code checks by; write it anew with `npx bayplan schema > public/schema/design-v1.json`", () => {
    const published = readFileSync(
      new URL(`../../public/schema/design-v${DOCUMENT_VERSION}.json`, import.meta.url),
      "utf8",
    );
    expect(published).toBe(printJson(documentJsonSchema()));
  });
});

describe("migrations", () => {
  it("lead from version 1 to today's without a gap, each with an example before and after", () => {
    expect(migrations.map((step) => step.from)).toEqual(
      Array.from({ length: DOCUMENT_VERSION - 1 }, (_, index) => index + 1),
    );
    for (const { example, migrate, from } of migrations) {
      expect(example.before.version).toBe(from);
      expect({ ...migrate(example.before), version: from + 1 }).toEqual(example.after);
    }
  });
});
