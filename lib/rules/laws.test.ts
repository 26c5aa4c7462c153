import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relationIds } from "../catalog/relations";
import { printJson } from "../core/json";
import { segmentsOf } from "../core/pointer";
import type { Document } from "../document/document";
import { apply, applyAll } from "../document/edits/apply";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { connect, refusedEdges } from "./connection";
import { check } from "./engine";

const runs = { numRuns: 120, seed: 20_261 };

function checked(document: Document) {
  const model = buildModel(document);
  const stack = lower(model);
  const fault = (_rule: unknown, error: unknown): never => {
    throw error;
  };
  return { model, ...check({ model, stack, flows: traceFlows(model, stack) }, { fault }) };
}

describe("on any design", () => {
  it("rules speak in sentences about places that exist, and never throw", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        for (const { rule, at, also = [], message } of checked(document).findings) {
          expect(message, rule).toMatch(/\S.*[.]$/s);
          for (const place of [at, ...also]) {
            if (place.node !== undefined) expect(document.nodes[place.node], `${rule} ${message}`).toBeDefined();
            if (place.edge !== undefined) expect(document.edges[place.edge], `${rule} ${message}`).toBeDefined();
            expect(place.node ?? place.edge, `${rule} ${message}`).toBeDefined();
            if (place.field !== undefined) expect(segmentsOf(place.field), `${rule} ${message}`).not.toBeNull();
          }
        }
      }),
      runs,
    );
  });

  it("every repair can be made and undone byte for byte", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        for (const { rule, message, fix } of checked(document).findings) {
          if (!fix) continue;
          const what = `${rule}: ${message} ${JSON.stringify(fix.edits)}`;
          const applied = applyAll(document, fix.edits);
          expect(applied.ok ? "" : `${applied.problems.map((problem) => problem.message).join(" ")} ${what}`).toBe("");
          const undone = applied.ok ? applyAll(applied.value.document, applied.value.inverse) : applied;
          expect(undone.ok && printJson(undone.value.document), what).toBe(printJson(document));
        }
      }),
      runs,
    );
  });

  it("a refused connection is one finding, whatever else is wrong with it", () => {
    fc.assert(
      fc.property(arbitraryDesign, (document) => {
        const { model, findings } = checked(document);
        for (const [id, refusal] of refusedEdges(model)) {
          const about = findings.filter((finding) => finding.at.edge === id);
          expect(about.map((finding) => finding.rule)).toEqual([refusal.rule]);
        }
      }),
      runs,
    );
  });

  it("what connecting allows, the rules allow; what it refuses has a reason", () => {
    fc.assert(
      fc.property(
        arbitraryDesign,
        fc.nat(),
        fc.nat(),
        fc.option(fc.constantFrom(...relationIds)),
        (document, a, b, relation) => {
          const ids = Object.keys(document.nodes);
          if (ids.length === 0) return;
          const [from = "", to = ""] = [ids[a % ids.length], ids[b % ids.length]];
          const answer = connect(buildModel(document), { from, to, ...(relation ? { relation } : {}) });
          if (!answer.ok) {
            expect(answer.reason).not.toBe("");
            expect(answer.instead).not.toBe("");
            return;
          }
          const added = apply(document, { edit: "addEdge", id: "z1", edge: answer.edge });
          expect(added.ok).toBe(true);
          if (added.ok) expect(refusedEdges(buildModel(added.value.document)).get("z1")).toBeUndefined();
        },
      ),
      { ...runs, numRuns: 400 },
    );
  });
});
