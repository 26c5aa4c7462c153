import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { buildModel } from "../model/build";
import type { Flow, Hop } from "../network/flow";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { check } from "./engine";
import { fixForHop, fixForReach } from "./hop-fix";
import { groupOwner, slotOf } from "./network/groups";
import type { Examples } from "./rule";

const files = readdirSync("lib/rules", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".examples.ts"))
  .sort();
const bad: [name: string, document: Document][] = [];
for (const file of files) {
  const { examples } = (await import(resolve(join("lib/rules", file)))) as { examples: Examples };
  bad.push(...examples.bad.map((document, at): [string, Document] => [`${file} ${at}`, document]));
}

const known = new Map<Document, ReturnType<typeof analyse>>();
function factsOf(document: Document) {
  const facts = known.get(document) ?? analyse(document);
  known.set(document, facts);
  return facts;
}

function analyse(document: Document) {
  const model = buildModel(document);
  const stack = lower(model);
  const flows = traceFlows(model, stack);
  return { model, stack, flows, findings: check({ model, stack, flows }).findings };
}

/** What stays the same of a hop while rules come and go. */
const sameHop = (flow: Flow, hop: Hop) => JSON.stringify([flow.edge, hop.stage, hop.traffic, hop.port, hop.at]);

const blocked = (document: Document) => {
  const facts = factsOf(document);
  return facts.flows.flows.flatMap((flow) =>
    flow.hops
      .filter(({ verdict }) => verdict === "blocked")
      .map((hop) => ({ key: sameHop(flow, hop), hop, finding: fixForHop(facts, facts.findings, flow, hop) })),
  );
};

describe("the repair shown at a blocked hop", () => {
  it("opens that hop, in every bad example of every rule", () => {
    let mended = 0;
    for (const [name, document] of bad) {
      for (const { key, finding } of blocked(document)) {
        if (!finding?.fix) continue;
        const after = applyAll(document, finding.fix.edits);
        expect(after.ok, name).toBe(true);
        if (!after.ok) continue;
        expect(
          blocked(after.value.document).map((item) => item.key),
          `${name}: ${finding.fix.title}`,
        ).not.toContain(key);
        mended += 1;
      }
    }
    expect(mended).toBeGreaterThan(10);
  });

  it("lets a task reach what it was shown at", () => {
    const stuck = (document: Document) => {
      const facts = factsOf(document);
      return facts.flows.reaches
        .filter(({ verdict }) => verdict === "blocked")
        .map((reach) => ({
          key: JSON.stringify([reach.node, reach.edge, reach.taskDefinition, reach.what, reach.obstacle]),
          finding: fixForReach(facts, facts.findings, reach),
        }));
    };
    let mended = 0;
    for (const [name, document] of bad) {
      for (const { key, finding } of stuck(document)) {
        const after = finding?.fix && applyAll(document, finding.fix.edits);
        if (!after?.ok) continue;
        const left = stuck(after.value.document).map((item) => item.key);
        expect(left, `${name}: ${finding?.fix?.title}`).not.toContain(key);
        mended += 1;
      }
    }
    expect(mended).toBeGreaterThan(5);
  });

  it("is there for every rule that a group taken over by hand lacks", () => {
    const without = bad.flatMap(([name, document]) => {
      const { model, stack } = factsOf(document);
      return blocked(document).flatMap(({ hop, finding }) => {
        const taken = slotOf(groupOwner(model, stack, hop.missing?.group ?? ""))?.mode === "own";
        return taken && !finding ? [`${name}: ${hop.why}`] : [];
      });
    });
    expect(without).toEqual([]);
  });
});
