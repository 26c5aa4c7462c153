import { expect, it } from "vitest";
import { regionCodes } from "../aws/regions";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { denseDesign } from "../testing/dense-design";
import { sampleDesign } from "../testing/sample-design";

const designs: [string, Document][] = [
  ...starters.map(({ id, document }): [string, Document] => [id, document]),
  ...Array.from({ length: 20 }, (_, seed): [string, Document] => [`random ${seed}`, sampleDesign(seed, 30)]),
  ...Array.from({ length: 5 }, (_, seed): [string, Document] => [`dense ${seed}`, denseDesign(seed)]),
];

/** Accounts, Regions and the one partition that texts of a template must not name. */
const literals = (text: string): string[] => [
  ...(text.match(/(?<![\d.-])\d{12}(?![\d.-])/g) ?? []),
  ...(text.match(/arn:aws:[a-z0-9-]+/g) ?? []),
  ...regionCodes.filter((region) => text.includes(region)),
];

it.each(designs)("%s names no account, Region or partition that nobody typed", (_, document) => {
  const { stack } = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { settings: _settings, ...drawn } = document;
  const typed = JSON.stringify(drawn);
  const found = literals(JSON.stringify([stack.resources, stack.outputs, stack.conditions, stack.mappings]));
  expect(found.filter((one) => !typed.includes(one))).toEqual([]);
});

it("sees each of them", () => {
  expect(literals('"arn:aws:iam::123456789012:role/x" in eu-west-1')).toEqual([
    "123456789012",
    "arn:aws:iam",
    "eu-west-1",
  ]);
});
