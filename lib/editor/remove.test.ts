import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { referencesOf } from "../document/edits/references";
import { parseDocument, printDocument } from "../document/parse";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { random } from "../testing/random";
import { sampleDesign } from "../testing/sample-design";
import { removeContainerEdits, removeEdits } from "./remove";

function without(document: Document, ids: string[]): Document {
  const result = applyAll(document, removeEdits(document, ids));
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(" "));
  return result.value.document;
}

const design = draw((draft) => {
  const vpc = draft.add("vpc");
  const cluster = draft.add("cluster", {}, { parent: vpc });
  const alb = draft.add("alb", {}, { parent: vpc });
  const task = draft.add(
    "taskDefinition",
    { containerDefinitions: { c1: { name: "a" }, c2: { name: "b" } } },
    { parent: cluster },
  );
  const schedule = draft.add("eventSchedule");
  const queue = draft.add("sqsQueue");
  draft.add("service", {
    securityGroups: {
      mode: "own",
      ingress: [
        { fromPort: 80, toPort: 80, peer: { node: alb } },
        { fromPort: 81, toPort: 81, peer: { cidr: "10.0.0.0/16" } },
        { fromPort: 82, toPort: 82, peer: { node: alb } },
      ],
      egress: [],
    },
  });
  draft.connect(schedule, "runTask", task, { cluster, deadLetterQueue: queue });
  draft.connect(`${task}/c1`, "send", queue);
  draft.connect(`${task}/c2`, "dependsOn", `${task}/c1`);
});

describe("removing", () => {
  it("takes the contents of a box and their edges along", () => {
    const left = without(design, ["n1"]);
    expect(Object.keys(left.nodes)).toEqual(["n5", "n6", "n7"]);
    expect(left.edges).toEqual({});
  });

  it("unsets references, and the list entries that cannot stand without them", () => {
    const left = without(design, ["n3", "n6"]);
    expect(left.edges.e1?.props).toEqual({ cluster: "n2" });
    expect(left.nodes.n7?.props).toEqual({
      securityGroups: {
        mode: "own",
        ingress: [{ fromPort: 81, toPort: 81, peer: { cidr: "10.0.0.0/16" } }],
        egress: [],
      },
    });
  });

  it("forgets usage, environments and suppressions of what is gone", () => {
    const document: Document = {
      ...design,
      usage: { scenarios: { low: {}, typical: { n6: { requests: 5 }, n5: { runMinutes: 2 } }, high: {} } },
      environments: {
        prod: {
          props: { n6: { fifo: true }, e1: { taskCount: 2, deadLetterQueue: "n6" } },
          usage: { high: { n6: { requests: 9 } } },
        },
      },
      suppressions: [
        { rule: "ECS-EVT-001", at: { node: "n6" }, reason: "a" },
        { rule: "ECS-EVT-001", at: { node: "n5" }, reason: "b" },
      ],
    };
    const left = without(document, ["n6"]);
    expect(left.usage.scenarios.typical).toEqual({ n5: { runMinutes: 2 } });
    expect(left.environments.prod).toEqual({ props: { e1: { taskCount: 2 } }, usage: { high: {} } });
    expect(left.suppressions.map(({ reason }) => reason)).toEqual(["b"]);
    expect(parseDocument(printDocument(left)).ok).toBe(true);
  });

  it("removes one container with the edges that name it", () => {
    const result = applyAll(design, removeContainerEdits(design, "n4", "c1"));
    if (!result.ok) throw new Error("refused");
    expect(Object.keys(result.value.document.edges)).toEqual(["e1"]);
    expect(result.value.document.nodes.n4?.props).toEqual({ containerDefinitions: { c2: { name: "b" } } });
  });

  it("removes what names a container that goes: on the way to its service and in environments", () => {
    let forward = "";
    let task = "";
    const document = draw((draft) => {
      const web = fargateWeb(draft);
      task = web.task;
      forward = web.forward;
      Object.assign(draft.document.edges[forward] ?? {}, { props: { container: "c1", listenerPort: 443 } });
      draft.document.environments.dev = {
        props: {
          [task]: { cpu: 512, containerDefinitions: { c1: { memory: 256 } } },
          [forward]: { container: "c1" },
        },
        usage: {},
      };
    });
    const result = applyAll(document, removeContainerEdits(document, task, "c1"));
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const left = result.value.document;
    expect(left.edges[forward]?.props).toEqual({ listenerPort: 443 });
    expect(left.environments.dev?.props).toEqual({ [task]: { cpu: 512, containerDefinitions: {} }, [forward]: {} });
    const back = applyAll(left, result.value.inverse);
    expect(back.ok && printDocument(back.value.document)).toBe(printDocument(document));
  });

  it("leaves a design that opens and refers to nothing that is gone, and undoes to the same bytes", () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const document = sampleDesign(seed, 30);
      const dice = random(seed);
      const ids = [...Object.keys(document.nodes), ...Object.keys(document.edges)].filter(() => dice.chance(0.2));
      const result = applyAll(document, removeEdits(document, ids));
      if (!result.ok) throw new Error(`seed ${seed}: ${result.problems[0]?.message}`);
      const left = result.value.document;
      expect(parseDocument(printDocument(left)).ok).toBe(true);
      for (const item of [...Object.values(left.nodes), ...Object.values(left.edges)]) {
        for (const { node } of referencesOf(item)) expect(Object.keys(left.nodes)).toContain(node);
      }
      const back = applyAll(left, result.value.inverse);
      expect(back.ok && printDocument(back.value.document)).toBe(printDocument(document));
    }
  });
});
