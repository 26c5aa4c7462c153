import { describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { starters } from "../../document/starters";
import { nagged } from "../../testing/cdk-nag";
import { lowerDocument } from "../../testing/lowered";
import { sampleDesign } from "../../testing/sample-design";
import { answersTo } from "./answers";

const designs = [
  ...starters.map(({ title, document }) => [title, document] as const),
  ...Array.from({ length: 40 }, (_, seed) => [`random design ${seed}`, sampleDesign(seed, 30)] as const),
];

/** A generic resource is as its person wrote it: Bayplan has no answer for it. */
function withoutGeneric(document: Document): Document {
  const generic = new Set(
    Object.entries(document.nodes)
      .filter(([, { kind }]) => kind === "generic")
      .map(([id]) => id),
  );
  const stays = (end: string): boolean => !generic.has(end.split("/")[0] ?? "");
  return {
    ...document,
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(([id]) => stays(id))),
    edges: Object.fromEntries(Object.entries(document.edges).filter(([, { from, to }]) => stays(from) && stays(to))),
  };
}

describe("answers to a review by rule", () => {
  it.each(designs)("are given to exactly what cdk-nag's AwsSolutions pack reports: %s", (_title, document) => {
    const { stack, template } = lowerDocument(withoutGeneric(document));
    expect(answersTo(stack).map(({ rule }) => rule)).toEqual(nagged(template));
  });
});
