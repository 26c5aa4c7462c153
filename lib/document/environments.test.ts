import { expect, it } from "vitest";
import { emptyDocument } from "./document";
import { inRolloutOrder } from "./environments";
import { readDocument } from "./parse";

it("orders environments from where people try things out to where customers are", () => {
  expect(inRolloutOrder(["prod", "dev", "stage", "qa"])).toEqual(["dev", "qa", "stage", "prod"]);
  expect(inRolloutOrder(["Production", "eu", "preprod", "Development", "asia"])).toEqual([
    "Development",
    "asia",
    "eu",
    "preprod",
    "Production",
  ]);
});

it("says what a name of an environment may be", () => {
  const read = readDocument({ ...emptyDocument(), environments: { "a b": { props: {}, usage: {} } } });
  expect(read).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringMatching(/^A name of an environment is/) }],
  });
  const node = readDocument({ ...emptyDocument(), layout: { Web: { x: 0, y: 0 } } });
  expect(node).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringMatching(/^An id is lower-case letters/) }],
  });
});
