import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../core/json";
import { readAt } from "../core/pointer";
import { loadPrices } from "../cost/prices";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { changedFields, differences } from "../document/environments";
import { inEnvironment } from "../document/parse";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { draw } from "../testing/draw";
import { withForeignProps } from "../testing/environments";
import { fargateWeb } from "../testing/presets";
import { compareEnvironments } from "./compare-environments";
import {
  addEnvironment,
  inPatch,
  nameProblem,
  removeEnvironment,
  renameEnvironment,
  resetEdits,
  seenIn,
} from "./environments";

let ids = {} as ReturnType<typeof fargateWeb>;
const base = draw((draft) => {
  ids = fargateWeb(draft);
  draft.document.environments = { dev: { props: {}, usage: {} }, prod: { props: {}, usage: {} } };
});

function edited(document: Document, name: string, edits: readonly Edit[]): Document {
  const meant = inPatch(document, name, edits);
  if (!meant.ok) throw new Error(meant.problems[0]?.message);
  const applied = applyAll(document, meant.value);
  if (!applied.ok) throw new Error(applied.problems[0]?.message);
  return applied.value.document;
}
const set = (id: string, field: string, value?: Json): Edit => ({
  edit: "setField",
  id,
  field,
  ...(value === undefined ? {} : { value }),
});

describe("editing in an environment", () => {
  it("keeps only what differs, and nothing where nothing does", () => {
    const count = base.nodes[ids.service]?.props as { desiredCount: number };
    const more = edited(base, "prod", [set(ids.service, "/desiredCount", 9)]);
    expect(more.nodes).toEqual(base.nodes);
    expect(more.environments.prod).toEqual({ props: { [ids.service]: { desiredCount: 9 } }, usage: {} });
    expect(more.environments.dev).toEqual({ props: {}, usage: {} });
    const back = edited(more, "prod", [set(ids.service, "/desiredCount", count.desiredCount)]);
    expect(back).toEqual(base);
  });

  it("clears a field of the design with null, and sets parts of a part", () => {
    const cleared = edited(base, "prod", [set(ids.task, "/cpu"), set(ids.task, "/containerDefinitions/c1/cpu", 128)]);
    expect(cleared.environments.prod?.props[ids.task]).toEqual({
      cpu: null,
      containerDefinitions: { c1: { cpu: 128 } },
    });
    expect(inEnvironment(cleared, "prod").nodes[ids.task]?.props).not.toHaveProperty("cpu");
  });

  it("adds and connects for all, with the fields of what is new", () => {
    const made = edited(base, "prod", [
      { edit: "addNode", id: "n90", node: { kind: "sqsQueue", name: "Jobs", logicalId: "Jobs", props: {} } },
      set("n90", "/visibilityTimeout", 60),
      set(ids.service, "/desiredCount", 9),
    ]);
    expect(made.nodes.n90?.props).toEqual({ visibilityTimeout: 60 });
    expect(Object.keys(made.environments.prod?.props ?? {})).toEqual([ids.service]);
  });

  it("moves the ends of a connection for all, and keeps what is only seen here out of the design", () => {
    const changed = edited(base, "prod", [set(ids.forward, "/healthCheck", { path: "/deep" })]);
    const edge = seenIn(changed, "prod").edges[ids.forward];
    if (!edge) throw new Error("no edge");
    const moved = edited(changed, "prod", [{ edit: "reconnect", id: ids.forward, edge }]);
    expect(moved).toEqual(changed);
  });

  it("writes figures of use as differences", () => {
    const field = `/usage/scenarios/typical/${ids.service}`;
    const drawn = applyAll(base, [{ edit: "setDesign", field, value: { hours: 100, requests: 5 } }]);
    if (!drawn.ok) throw new Error("refused");
    const { document } = drawn.value;
    const used = edited(document, "prod", [{ edit: "setDesign", field, value: { hours: 700, requests: 5 } }]);
    expect(used.usage).toEqual(document.usage);
    expect(used.environments.prod?.usage).toEqual({ typical: { [ids.service]: { hours: 700 } } });
    expect(edited(used, "prod", [{ edit: "setDesign", field, value: { requests: 5 } }])).toEqual(document);
  });

  it("says what an environment cannot say", () => {
    const container = "/containerDefinitions/c1/healthCheck";
    const on = applyAll(base, [set(ids.task, container, { command: ["CMD", "true"] })]);
    if (!on.ok) throw new Error("refused");
    const off = inPatch(on.value.document, "prod", [set(ids.task, container, null)]);
    expect(off).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining("Switch it off in Base") }] });
  });

  it("is undone exactly, and sees the fields that it changed", () => {
    const edits = inPatch(base, "prod", [set(ids.service, "/desiredCount", 9), set(ids.task, "/cpu", 2048)]);
    const applied = edits.ok ? applyAll(base, edits.value) : edits;
    if (!applied.ok) throw new Error("refused");
    const { document, inverse } = applied.value;
    expect(changedFields(document, "prod", ids.task)).toEqual(["/cpu"]);
    expect(differences(document)).toEqual(
      [
        { id: ids.service, field: "/desiredCount" },
        { id: ids.task, field: "/cpu" },
      ].sort((a, b) => Object.keys(base.nodes).indexOf(a.id) - Object.keys(base.nodes).indexOf(b.id)),
    );
    expect(applyAll(document, inverse)).toMatchObject({ ok: true, value: { document: base } });
    const reset = applyAll(document, resetEdits(document, "prod", ids.task, "/cpu"));
    expect(reset.ok && changedFields(reset.value.document, "prod", ids.task)).toEqual([]);
  });

  it("gives the environment the very fields that were set, whatever the design", () => {
    fc.assert(
      fc.property(arbitraryDesign, arbitraryDesign, fc.nat(50), (design, donor, pick) => {
        const document = withForeignProps(design, [donor]);
        const target = Object.entries(document.nodes)[pick % Math.max(1, Object.keys(document.nodes).length)];
        if (!target) return;
        const [id, { kind }] = target;
        const other = Object.values(donor.nodes).find((node) => node.kind === kind);
        const edits = Object.entries(other?.props ?? {}).map(([key, value]) => set(id, `/${key}`, value as Json));
        const seen = applyAll(seenIn(document, "env-1"), edits);
        const meant = inPatch(document, "env-1", edits);
        if (!seen.ok || !meant.ok) return;
        const applied = applyAll(document, meant.value);
        expect(applied.ok && applied.value.document.nodes).toEqual(document.nodes);
        expect(applied.ok && inEnvironment(applied.value.document, "env-1").nodes).toEqual(seen.value.document.nodes);
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe("environments", () => {
  it("are added, duplicated, renamed and deleted", () => {
    const changed = edited(base, "prod", [set(ids.service, "/desiredCount", 9)]);
    const run = (document: Document, edits: ReturnType<typeof addEnvironment>): Document => {
      const applied = edits.ok ? applyAll(document, edits.value) : edits;
      if (!applied.ok) throw new Error(applied.problems[0]?.message);
      return applied.value.document;
    };
    const copied = run(changed, addEnvironment(changed, "stage", "prod"));
    expect(copied.environments.stage).toEqual(changed.environments.prod);
    const renamed = run(copied, renameEnvironment(copied, "prod", "live"));
    expect(Object.keys(renamed.environments).sort()).toEqual(["dev", "live", "stage"]);
    expect(renamed.environments.live).toEqual(changed.environments.prod);
    const fewer = applyAll(renamed, removeEnvironment("live"));
    expect(fewer.ok && Object.keys(fewer.value.document.environments).sort()).toEqual(["dev", "stage"]);
  });

  it.each([
    ["Base", "design as drawn"],
    ["base", "design as drawn"],
    ["DEV", "already"],
    ["2nd", "begins with a letter"],
    ["a b", "letters, digits and hyphens"],
    ["", "begins with a letter"],
    ["x".repeat(64), "at most 63"],
  ])("are not called “%s”", (name, why) => {
    expect(nameProblem(base, name)).toContain(why);
  });
});

describe("the comparison", () => {
  it("shows values in effect, errors and cost of each environment beside the design as drawn", async () => {
    const loaded = await loadPrices("us-east-1");
    const document = edited(edited(base, "prod", [set(ids.service, "/desiredCount", 9)]), "dev", [
      set(ids.task, "/cpu", 333),
    ]);
    const { columns, rows } = compareEnvironments(document, {
      scenario: "typical",
      prices: loaded.ok ? loaded.value : null,
    });
    expect(columns.map(({ name }) => name)).toEqual([null, "dev", "prod"]);
    expect(columns.map(({ findings }) => findings.error > 0)).toEqual([false, true, false]);
    const [drawn, , prod] = columns.map(({ total }) => total ?? 0);
    expect(prod).toBeGreaterThan(drawn as number);
    const count = readAt(base.nodes[ids.service], "/props/desiredCount");
    expect(rows.find(({ id }) => id === ids.service)?.values).toEqual([count, count, 9]);
    expect(rows.find(({ id }) => id === ids.task)?.values[1]).toBe(333);
  });
});
