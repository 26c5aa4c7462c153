import { describe, expect, it } from "vitest";
import type { Document, Suppression } from "../document/document";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { lower } from "../stack/lower";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { type CheckOptions, check } from "./engine";
import { defineRule, type Rule, type Severity } from "./rule";

function run(document: Document, options?: CheckOptions) {
  const model = buildModel(document);
  const stack = lower(model);
  return check({ model, stack, flows: traceFlows(model, stack) }, options);
}

const web = draw(fargateWeb);
const silencing = (...suppressions: Suppression[]): Document => ({ ...web, suppressions });

/** A rule that reports one finding of each severity at every service. */
const talkative = (id: Rule["id"], ...severities: Severity[]): Rule =>
  defineRule({
    id,
    severity: "error",
    title: "Talks",
    why: "A test.",
    docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html",
    needs: ["service"],
    check({ model }, report) {
      for (const service of model.of("service")) {
        for (const severity of severities)
          report({ at: { node: service.id, field: "/tier" }, severity, message: "Says." });
      }
    },
  });

describe("check", () => {
  it("lists errors first, then warnings, then infos; within one severity by place and rule", () => {
    const rules = [talkative("ECS-GR-902", "info", "error"), talkative("ECS-GR-901", "warning", "error")];
    expect(run(web, { rules }).findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      "error ECS-GR-901",
      "error ECS-GR-902",
      "warning ECS-GR-901",
      "info ECS-GR-902",
    ]);
  });

  it("skips rules about kinds that are not in the design", () => {
    const rules = [{ ...talkative("ECS-GR-901", "error"), needs: ["clb"] as const }];
    expect(run(web, { rules }).findings).toEqual([]);
  });

  it("silences warnings and infos where the design says so, with its reason, and never errors", () => {
    const rules = [talkative("ECS-GR-901", "error", "warning", "info")];
    const { findings, suppressed } = run(silencing({ rule: "ECS-GR-901", at: { node: "n5" }, reason: "Known" }), {
      rules,
    });
    expect(findings.map((finding) => finding.severity)).toEqual(["error"]);
    expect(suppressed.map(({ severity, reason }) => [severity, reason])).toEqual([
      ["warning", "Known"],
      ["info", "Known"],
    ]);
  });

  it("keeps what a suppression of another place, field or rule does not name", () => {
    const rules = [talkative("ECS-GR-901", "warning")];
    for (const suppression of [
      { rule: "ECS-GR-901", at: { node: "n1" }, reason: "" },
      { rule: "ECS-GR-901", at: { node: "n5", field: "/desiredCount" }, reason: "" },
      { rule: "ECS-GR-902", at: { node: "n5" }, reason: "" },
    ]) {
      expect(run(silencing(suppression), { rules }).findings).toHaveLength(1);
    }
    expect(run(silencing({ rule: "ECS-GR-901", at: {}, reason: "Nowhere" }), { rules }).findings).toEqual([]);
  });

  it("says when a rule could not be evaluated, tells the caller, and runs the others", () => {
    const broken: Rule = {
      ...talkative("ECS-GR-902"),
      check() {
        throw new Error("broken");
      },
    };
    const faults: string[] = [];
    const { findings } = run(web, {
      rules: [broken, talkative("ECS-GR-901", "error")],
      fault: (rule, error) => faults.push(`${rule.id} ${String(error)}`),
    });
    expect(faults).toEqual(["ECS-GR-902 Error: broken"]);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      "error ECS-GR-901",
      "warning ECS-GR-902",
    ]);
  });

  it("reports a refused edge once, in the words shown while dragging", () => {
    const document = draw((draft) => {
      const { service, task } = fargateWeb(draft);
      draft.connect(task, "run", service);
    });
    expect(run(document).findings.filter((finding) => finding.at.edge === "e5")).toMatchObject([
      {
        rule: "ECS-GR-001",
        severity: "error",
        message:
          "Web task cannot be connected to Web: A task definition is a description; services, rules and schedules use it, not the other way round. Draw from the service, rule or schedule to the definition.",
      },
    ]);
  });
});
