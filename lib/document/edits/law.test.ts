import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeKinds } from "../../catalog";
import { relationIds } from "../../catalog/relations";
import { isObject, type Json } from "../../core/json";
import { buildModel } from "../../model/build";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Document } from "../document";
import { inEnvironment, parseDocument, printDocument } from "../parse";
import { apply, applyAll } from "./apply";
import type { Edit } from "./edit";

/** Everything that a design can hold, with what is said of nodes and edges elsewhere. */
const start: Document = draw((draft) => {
  const web = fargateWeb(draft, {
    service: { securityGroups: { mode: "own", ingress: [{ peer: { cidr: "10.0.0.0/8" } }] } },
  });
  const queue = draft.add("sqsQueue", {}, { name: "Jobs" });
  const poll = draft.connect(queue, "poll", web.service, { container: "c1" });
  draft.add("generic", { properties: { Tags: [{ Key: "a", Value: { Ref: "X" } }] } }, { name: "Table" });
  Object.assign(draft.document, {
    layout: { [web.vpc]: { x: 0, y: 0, w: 100, h: 100 }, [queue]: { x: 1, y: 2 } },
    usage: { scenarios: { low: {}, typical: { [queue]: { requests: 10 } }, high: {} } },
    environments: {
      dev: {
        props: {
          [web.task]: { cpu: 512, containerDefinitions: { c1: { memory: 256 } } },
          [web.service]: { securityGroups: { ingress: [] } },
          [poll]: { container: "c1" },
        },
        usage: { typical: { [queue]: { requests: 1 } } },
      },
    },
    suppressions: [{ rule: "ECS-LB-001", at: { node: queue, edge: poll }, reason: "Known" }],
  });
});
const ids = [...Object.keys(start.nodes), ...Object.keys(start.edges), "n90", "n91", "e90", "constructor", "__proto__"];

/** Every place in the props and the design, and places that no design has. */
const places: string[] = [];
const walk = (value: unknown, at: string): void => {
  places.push(at);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${at}/${index}`);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${at}/${key}`);
};
for (const item of [...Object.values(start.nodes), ...Object.values(start.edges)]) walk(item.props, "");
const fields = [
  ...places,
  "/containerDefinitions/c2",
  "/containerDefinitions/c2/name",
  "/container",
  "/properties/x",
  "/name",
];
places.length = 0;
for (const part of ["name", "settings", "usage", "environments", "suppressions"] as const)
  walk(start[part], `/${part}`);
const parts = [
  ...places,
  "/nodes",
  "/edges/e1",
  "/version",
  "",
  "/environments/prod",
  "/usage/scenarios/high/n8/requests",
];

const tail = fc.constantFrom(
  "",
  "",
  "",
  "/-",
  "/0",
  "/1",
  "/99",
  "/",
  "/x",
  "/~1",
  "/__proto__",
  "/__proto__/x",
  "/constructor",
  "/a/b/c",
);
const at = (of: string[]) => fc.tuple(fc.constantFrom(...of), tail).map(([place, end]) => place + end);
const nested = (depth: number): Json => {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
};
const value: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json[]>(
    {},
    [],
    null,
    "c1",
    "c2",
    "n8",
    true,
    512,
    -0,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "\ud800",
    "\u0000",
    { mode: "derived" },
    { mode: "own", ingress: [] },
    { c1: { name: "app" } },
    { c2: { name: "side" } },
    { props: { n8: { fifo: true } } },
    { props: { n6: { containerDefinitions: { c1: null } } } },
    { props: { n77: {} } },
    { requests: 5 },
    [{ rule: "ECS-LB-001", at: { node: "n77" }, reason: "" }],
    [{ rule: "ECS-LB-001", at: { edge: "n8" }, reason: "" }],
    [{ rule: "ECS-LB-001", at: {}, reason: "" }],
    JSON.parse('{"__proto__":{"a":1}}') as Json,
    JSON.parse('{"x":[{"__proto__":1}]}') as Json,
    { constructor: 1, prototype: "x", toString: null } as unknown as Json,
    nested(80),
    nested(96),
    nested(150),
    nested(20_000),
  ),
);
const id = fc.constantFrom(...ids);
const end = fc.constantFrom("n3", "n5", "n6", "n6/c1", "n6/c2", "n8", "n99", "n5/c1", "", "n6/c1/x");
const edge = fc
  .record({
    from: end,
    to: end,
    relation: fc.constantFrom(...relationIds, "likes"),
    props: fc.oneof(fc.constant({}), value),
  })
  .map((made) => made as never);
const layout = fc
  .record({ x: fc.double(), y: fc.integer(), w: fc.constantFrom(1, 0, -1, undefined) })
  .map((made) => made as never);
const edits = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ edit: fc.constant("setField" as const), id, field: at(fields), value }) },
    { weight: 6, arbitrary: fc.record({ edit: fc.constant("setDesign" as const), field: at(parts), value }) },
    { weight: 3, arbitrary: fc.record({ edit: fc.constant("removeEdge" as const), id }) },
    { weight: 3, arbitrary: fc.record({ edit: fc.constant("removeNode" as const), id }) },
    fc.record({ edit: fc.constant("addEdge" as const), id, edge }),
    fc.record({ edit: fc.constant("reconnect" as const), id, edge }),
    fc.record({
      edit: fc.constant("rename" as const),
      id,
      name: fc.constantFrom("New", "", "\n", '"🚢" <b>', "x".repeat(256)),
    }),
    fc.record({ edit: fc.constant("reparent" as const), id, parent: fc.option(id) }),
    fc.record({ edit: fc.constant("move" as const), id, layout: fc.option(layout) }),
    fc.record({
      edit: fc.constant("addNode" as const),
      id,
      node: fc
        .record({
          kind: fc.constantFrom(...nodeKinds),
          name: fc.constantFrom("A", ""),
          logicalId: fc.constantFrom("A", "Network", "a-b"),
          props: fc.oneof(fc.constant({}), value),
        })
        .map((made) => made as never),
      layout: fc.option(layout, { nil: undefined }),
    }),
  ) as fc.Arbitrary<Edit>,
  { minLength: 1, maxLength: 8 },
);

/** What a saved file gives back, for comparison: -0 is 0 in JSON, and what is undefined is not there. */
const asSaved = (document: Document): unknown => JSON.parse(JSON.stringify(document));

describe("whatever edits are tried", () => {
  it("a design stays one that opens again as it is, in every environment, and undo restores its bytes", () => {
    let accepted = 0;
    fc.assert(
      fc.property(edits, (list) => {
        let document = start;
        const taken: Edit[] = [];
        for (const edit of list) {
          const before = printDocument(document);
          const result = apply(document, edit);
          if (!result.ok) {
            for (const { message } of result.problems) expect(message).toMatch(/[.]$/);
            continue;
          }
          accepted += 1;
          taken.push(edit);
          const text = printDocument(result.value.document);
          const back = parseDocument(text);
          expect(back).toEqual({ ok: true, value: asSaved(result.value.document) });
          expect(back.ok && printDocument(back.value)).toBe(text);
          const undone = applyAll(result.value.document, result.value.inverse);
          expect(undone.ok && printDocument(undone.value.document)).toBe(before);
          document = result.value.document;
          for (const name of [null, ...Object.keys(document.environments)]) buildModel(inEnvironment(document, name));
        }
        const whole = applyAll(start, taken);
        if (!whole.ok) throw new Error("What was taken one by one was refused as a list.");
        const back = applyAll(whole.value.document, whole.value.inverse);
        expect(back.ok && printDocument(back.value.document)).toBe(printDocument(start));
      }),
      { numRuns: 300, seed: 20261125 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
