import { expect, it } from "vitest";
import { emptyDocument } from "../document/document";
import { starters } from "../document/starters";
import { analyse } from "./analysis";
import { unjudged } from "./unjudged";

const options = { environment: null, scenario: "typical", prices: null } as const;
// Functions and models say the same when they know the same parts.
const plain = ({ model, ...rest }: ReturnType<typeof analyse>) => ({
  ...JSON.parse(JSON.stringify(rest)),
  nodes: model.nodes.map(({ id }) => id),
});

it("is all there is to say of an empty design", () => {
  expect(plain(unjudged(emptyDocument(), options))).toEqual(plain(analyse(emptyDocument(), options)));
});

it("knows the model of any other, and makes nothing up", () => {
  for (const { document } of starters) {
    const [early, whole] = [unjudged(document, options), analyse(document, options)];
    expect(early.model.nodes.map(({ id }) => id)).toEqual(whole.model.nodes.map(({ id }) => id));
    expect([early.findings, early.flows.flows, early.cost.lines, early.stack.resources]).toEqual([[], [], [], {}]);
  }
});
