import { describe, expect, it } from "vitest";
import type { Result } from "../core/result";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import type { Document } from "./document";
import { inEnvironment, parseDocument, printDocument } from "./parse";
import { starters } from "./starters";

const design = draw((draft) => {
  fargateWeb(draft);
});
const text = printDocument(design);

/** The text with one place changed, as a hostile or careless hand would. */
function changed(change: (data: Document & Record<string, unknown>) => void): string {
  const data = JSON.parse(text);
  change(data);
  return JSON.stringify(data);
}

const paths = (result: Result<Document>): string[] => (result.ok ? [] : result.problems.map((problem) => problem.path));

describe("parseDocument", () => {
  it("gives back what printDocument wrote, byte for byte", () => {
    const back = parseDocument(text);
    expect(back.ok && printDocument(back.value)).toBe(text);
  });

  it.each(starters.map((starter) => [starter.id, starter.document] as const))(
    "opens the starter %s",
    (_id, document) => {
      expect(parseDocument(printDocument(document))).toEqual({ ok: true, value: document });
    },
  );

  it("fills in sections that are left out", () => {
    const back = parseDocument('{"version":1,"nodes":{}}');
    expect(back.ok && back.value.settings).toEqual({ region: "us-east-1", production: false });
  });

  it.each<[string, string, string]>([
    ["nothing", "", ""],
    ["text cut off in the middle", text.slice(0, 400), ""],
    ["a list", "[]", ""],
    ["no version", changed((data) => Reflect.deleteProperty(data, "version")), "/version"],
    ["a newer version", changed((data) => Object.assign(data, { version: 99 })), "/version"],
    ["an unknown kind", changed((data) => Object.assign(data.nodes.n1 ?? {}, { kind: "mainframe" })), "/nodes/n1/kind"],
    [
      "an unknown relation",
      changed((data) => Object.assign(data.edges.e1 ?? {}, { relation: "likes" })),
      "/edges/e1/relation",
    ],
    [
      "an unknown property",
      changed((data) => Object.assign(data.nodes.n3?.props ?? {}, { cpus: 1 })),
      "/nodes/n3/props",
    ],
    [
      "a property of the wrong type",
      changed((data) => Object.assign(data.nodes.n5?.props ?? {}, { desiredCount: "two" })),
      "/nodes/n5/props/desiredCount",
    ],
    ["an edge to nowhere", changed((data) => Object.assign(data.edges.e1 ?? {}, { to: "n99" })), "/edges/e1/to"],
    [
      "an edge to a missing container",
      changed((data) => Object.assign(data.edges.e4 ?? {}, { from: "n6/c9" })),
      "/edges/e4/from",
    ],
    [
      "a parent to nowhere",
      changed((data) => Object.assign(data.nodes.n3 ?? {}, { parent: "n99" })),
      "/nodes/n3/parent",
    ],
    [
      "a box inside itself",
      changed((data) => Object.assign(data.nodes.n2 ?? {}, { parent: "n4" })),
      "/nodes/n2/parent",
    ],
    [
      "a negative size",
      changed((data) => Object.assign(data.layout, { n2: { x: 0, y: 0, w: -5, h: 10 } })),
      "/layout/n2/w",
    ],
    [
      "a name of 300 characters",
      changed((data) => Object.assign(data.nodes.n1 ?? {}, { name: "x".repeat(300) })),
      "/nodes/n1/name",
    ],
    [
      "a name with a line break",
      changed((data) => Object.assign(data.nodes.n1 ?? {}, { name: "a\nb" })),
      "/nodes/n1/name",
    ],
    [
      "a logical id used twice",
      changed((data) => Object.assign(data.nodes.n3 ?? {}, { logicalId: "Network" })),
      "/nodes/n3/logicalId",
    ],
    ["an id of the wrong form", changed((data) => Object.assign(data.nodes, { "N-1": data.nodes.n1 })), "/nodes/N-1"],
    ["layout of nothing", changed((data) => Object.assign(data.layout, { n77: { x: 0, y: 0 } })), "/layout/n77"],
    [
      "an environment that breaks a field",
      changed((data) => Object.assign(data.environments, { dev: { props: { n5: { desiredCount: "one" } } } })),
      "/environments/dev/props/n5/desiredCount",
    ],
  ])("refuses %s with a sentence and its path", (_what, input, path) => {
    const result = parseDocument(input);
    expect(paths(result)).toContain(path);
    if (!result.ok) for (const problem of result.problems) expect(problem.message).toMatch(/^[A-Z“].*\.$/s);
  });

  it("refuses an id given twice, which JSON.parse would swallow", () => {
    const twice = text.replace('"n2": {', '"n1": {');
    expect(paths(parseDocument(twice))).toContain("/nodes/n1");
  });

  it("lists everything that is wrong at once", () => {
    const broken = changed((data) => {
      Object.assign(data.edges.e1 ?? {}, { to: "n99" });
      Object.assign(data.nodes.n3 ?? {}, { parent: "n98" });
    });
    expect(paths(parseDocument(broken))).toEqual(["/nodes/n3/parent", "/edges/e1/to"]);
  });

  it("lists what has the wrong shape together with what leads nowhere and what is given twice", () => {
    const broken = changed((data) => {
      Object.assign(data.edges.e1 ?? {}, { to: "n99" });
      Object.assign(data.nodes.n5?.props ?? {}, { desiredCount: "two" });
      Object.assign(data.suppressions, [{ rule: "ECS-LB-001", at: { edge: "n3" }, reason: "" }]);
    }).replace('"version"', '"name":"Twice","version"');
    expect(paths(parseDocument(broken))).toEqual([
      "/name",
      "/nodes/n5/props/desiredCount",
      "/edges/e1/to",
      "/suppressions/0/at/edge",
    ]);
  });

  it("says how many problems it does not list", () => {
    const many = parseDocument(
      JSON.stringify({
        version: 1,
        edges: Object.fromEntries(
          Array.from({ length: 300 }, (_, index) => [
            `e${index + 1}`,
            { from: "n1", to: "n2", relation: "run", props: {} },
          ]),
        ),
      }),
    );
    expect(many.ok ? [] : many.problems).toHaveLength(101);
    expect(many.ok || many.problems[100]?.message).toBe("500 more problems are not listed.");
  });

  it("sees a ring of 20,000 boxes, and 20,000 boxes on the way to it, in one walk", () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 40_000 }, (_, index) => {
        const parent = `n${index === 39_999 ? 20_000 : index + 1}`;
        return [`n${index}`, { kind: "note", name: "N", logicalId: `N${index}`, parent, props: {} }];
      }),
    );
    // A walk that starts anew at every box takes minutes, which the test's own limit does not give it.
    const result = parseDocument(JSON.stringify({ version: 1, nodes }));
    expect(paths(result).slice(0, 2)).toEqual(["/nodes/n20000/parent", "/nodes/n20001/parent"]);
    expect(result.ok || result.problems[100]?.message).toBe("19900 more problems are not listed.");
  });

  it("keeps figures of the design beside those of an environment", () => {
    const design = parseDocument(
      changed((data) => {
        Object.assign(data.usage.scenarios.typical, { n5: { requests: 1, logsGb: 2 } });
        Object.assign(data.environments, { dev: { usage: { typical: { n5: { requests: 9 } } } } });
      }),
    );
    expect(design.ok && inEnvironment(design.value, "dev").usage.scenarios.typical).toEqual({
      n5: { requests: 9, logsGb: 2 },
    });
  });

  it.each([
    ["5 MB of garbage", "x".repeat(5_000_000)],
    ["5 MB of brackets", "[".repeat(5_000_000)],
    ["brackets that close", "[".repeat(200_000) + "]".repeat(200_000)],
    ["deep objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
    ["a prototype key", '{"version":1,"nodes":{"__proto__":{"kind":"note"}}}'],
  ])("survives %s", (_what, input) => {
    expect(parseDocument(input).ok).toBe(false);
  });

  it("keeps quotes, emoji and markup in names as they are", () => {
    const name = '"Ünïcode" 🚢 <script>alert(1)</script>';
    const result = parseDocument(changed((data) => Object.assign(data.nodes.n1 ?? {}, { name })));
    expect(result.ok && result.value.nodes.n1?.name).toBe(name);
  });
});
