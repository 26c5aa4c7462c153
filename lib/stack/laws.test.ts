import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { classicWeb } from "../testing/classic";
import { denseDesign } from "../testing/dense-design";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { plain, stackFaults, stackOf } from "../testing/stack-faults";
import type { Value } from "./value";

const good: [string, Document][] = [
  ...starters.map(({ id, document }): [string, Document] => [`starter ${id}`, document]),
  ["Fargate preset", draw((draft) => void fargateWeb(draft))],
  ["EC2 preset", draw((draft) => void ec2Web(draft))],
  ["classic preset", draw((draft) => void classicWeb(draft))],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed): [string, Document] => [`sample ${seed}`, sampleDesign(seed, 60)]),
];

/** Same document, nodes and edges written in the opposite order. */
const reversed = (document: Document): Document => ({
  ...document,
  nodes: Object.fromEntries(Object.entries(document.nodes).reverse()),
  edges: Object.fromEntries(Object.entries(document.edges).reverse()),
});

const printed = (document: Document): string => JSON.stringify(plain(stackOf(document) as unknown as Value));

describe("laws of stacks", () => {
  it.each(good)("%s: references, names, origins and constructs hold, nothing waits for itself", (_, document) => {
    expect(stackFaults(stackOf(document))).toEqual([]);
  });

  it.each(good)("%s: the order of nodes and edges in the document is irrelevant", (_, document) => {
    expect(printed(reversed(document))).toBe(printed(document));
  });

  it("holds for designs however senseless, apart from circles that people draw themselves", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const faults = stackFaults(stackOf(document)).filter((fault) => !fault.startsWith("cycle "));
        expect(faults).toEqual([]);
      }),
      { numRuns: 150, seed: 20_26 },
    );
  });

  it("holds where everything that may be connected is, several times, across two networks", () => {
    for (let seed = 1; seed <= 40; seed += 1) expect(stackFaults(stackOf(denseDesign(seed)))).toEqual([]);
  });

  it("moving boxes changes nothing", () => {
    const document = sampleDesign(9, 40);
    const moved = {
      ...document,
      layout: Object.fromEntries(Object.keys(document.nodes).map((id) => [id, { x: 7, y: 7 }])),
    };
    expect(printed(moved)).toBe(printed(document));
  });
});
