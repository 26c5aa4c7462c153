import { describe, expect, it } from "vitest";
import type { Json } from "../../core/json";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import { type Document, emptyDocument } from "../document";
import { parseDocument, printDocument } from "../parse";
import { apply, applyAll } from "./apply";
import type { Edit } from "./edit";
import { referencesOf } from "./references";

const web = () => {
  let ids: ReturnType<typeof fargateWeb> | undefined;
  const document = draw((draft) => {
    ids = fargateWeb(draft);
    draft.document.layout[ids.vpc] = { x: 0, y: 0, w: 400, h: 300 };
  });
  return { document, ids: ids as ReturnType<typeof fargateWeb> };
};

function done(document: Document, ...edits: Edit[]): Document {
  const result = applyAll(document, edits);
  if (!result.ok) throw new Error(result.problems.map((problem) => `${problem.path} ${problem.message}`).join("\n"));
  const undone = applyAll(result.value.document, result.value.inverse);
  expect(undone.ok && printDocument(undone.value.document)).toBe(printDocument(document));
  expect(parseDocument(printDocument(result.value.document)).ok).toBe(true);
  return result.value.document;
}

const refusal = (document: Document, edit: Edit): string => {
  const before = printDocument(document);
  const result = apply(document, edit);
  expect(printDocument(document)).toBe(before);
  return result.ok ? "" : (result.problems[0]?.message ?? "");
};

describe("apply", () => {
  it("adds a node, and undo takes it away", () => {
    const edit: Edit = {
      edit: "addNode",
      id: "n1",
      node: { kind: "snsTopic", name: "Alerts", logicalId: "Alerts", props: {} },
      layout: { x: 8, y: 16 },
    };
    expect(done(emptyDocument(), edit).layout.n1).toEqual({ x: 8, y: 16 });
  });

  it("sets and unsets fields, and undo restores every byte", () => {
    const { document, ids } = web();
    const at = (field: string, value?: Json): Edit => ({
      edit: "setField",
      id: ids.task,
      field,
      ...(value === undefined ? {} : { value }),
    });
    done(document, at("/cpu", 512));
    done(document, at("/cpu"));
    done(document, at("/runtimePlatform/cpuArchitecture", "ARM64"));
    done(document, at("/containerDefinitions/c1/healthCheck/command", ["CMD-SHELL", "true"]));
    done(document, at("/containerDefinitions/c1/portMappings/0/containerPort", 9090));
    done(document, at("/containerDefinitions/c1/portMappings/1", { containerPort: 9091 }));
    done(document, at("/containerDefinitions/c1/portMappings/0"));
    done(document, at("/containerDefinitions/c2", { name: "sidecar" }));
    done(document, at("/cpu", 512), at("/memory", 2048), at("/cpu", 1024));
  });

  it("renames, moves, reparents, reconnects and removes, each with its inverse", () => {
    const { document, ids } = web();
    done(document, { edit: "rename", id: ids.alb, name: 'The "front" 🚢 <door>' });
    done(document, { edit: "move", id: ids.vpc, layout: { x: -40, y: 12.5, w: 640, h: 480 } });
    done(document, { edit: "move", id: ids.vpc, layout: null });
    done(document, { edit: "reparent", id: ids.alb, parent: null });
    done(document, { edit: "removeEdge", id: ids.forward });
    done(
      document,
      { edit: "removeEdge", id: ids.run },
      { edit: "removeEdge", id: ids.forward },
      { edit: "removeNode", id: ids.service },
    );
    done(document, { edit: "setDesign", field: "/settings/production", value: true });
    done(document, { edit: "setDesign", field: "/usage/scenarios/typical/n1", value: { runMinutes: 10 } });
    done(document, {
      edit: "setDesign",
      field: "/environments/dev",
      value: { props: { [ids.service]: { desiredCount: 1 } } },
    });
  });

  it("keeps the logical id through a rename", () => {
    const { document, ids } = web();
    expect(done(document, { edit: "rename", id: ids.alb, name: "Other" }).nodes[ids.alb]?.logicalId).toBe("FrontDoor");
  });

  it("refuses in sentences what the design cannot take, and changes nothing", () => {
    const { document, ids } = web();
    expect(refusal(document, { edit: "removeNode", id: ids.vpc })).toContain("still holds");
    expect(refusal(document, { edit: "removeNode", id: ids.service })).toContain("still connected");
    expect(refusal(document, { edit: "removeNode", id: "n99" })).toContain("not in this design");
    expect(refusal(document, { edit: "reparent", id: ids.vpc, parent: ids.cluster })).toContain("inside itself");
    expect(refusal(document, { edit: "setField", id: ids.service, field: "/desiredCount", value: "two" })).toContain(
      "number",
    );
    expect(refusal(document, { edit: "setField", id: ids.service, field: "/__proto__/x", value: 1 })).toContain(
      "field",
    );
    expect(refusal(document, { edit: "setField", id: ids.task, field: "/containerDefinitions/c1" })).toContain(
      "Disconnect",
    );
    expect(refusal(document, { edit: "setDesign", field: "/nodes", value: {} })).toContain("does not name a part");
    expect(refusal(document, { edit: "setDesign", field: "/settings/region", value: "moon" })).not.toBe("");
    expect(refusal(document, { edit: "rename", id: ids.alb, name: "x".repeat(300) })).toContain("255");
    expect(refusal(document, { edit: "move", id: ids.alb, layout: { x: 0, y: 0, w: -1 } })).toContain("zero");
  });

  it("forgets what is said elsewhere of a node or an edge that goes, and says it again on undo", () => {
    const { document, ids } = web();
    const said = done(
      document,
      { edit: "setDesign", field: "/environments/dev", value: { props: { [ids.forward]: { listenerPort: 443 } } } },
      { edit: "setDesign", field: "/usage/scenarios/high", value: { [ids.internet]: { requests: 5 } } },
      {
        edit: "setDesign",
        field: "/suppressions",
        value: [{ rule: "ECS-LB-007", at: { edge: ids.forward }, reason: "Known" }],
      },
    );
    const gone = done(
      said,
      { edit: "removeEdge", id: ids.forward },
      ...Object.keys(said.edges).flatMap((id): Edit[] =>
        said.edges[id]?.from === ids.internet ? [{ edit: "removeEdge", id }] : [],
      ),
      { edit: "removeNode", id: ids.internet },
    );
    expect(gone.environments.dev?.props).toEqual({});
    expect(gone.usage.scenarios.high).toEqual({});
    expect(gone.suppressions).toEqual([]);
  });

  it("keeps every environment one that fits", () => {
    const { document, ids } = web();
    const rule = { fromPort: 80, toPort: 80, peer: { cidr: "10.0.0.0/8" } };
    const own = done(
      document,
      { edit: "setField", id: ids.service, field: "/securityGroups", value: { mode: "own", ingress: [rule] } },
      {
        edit: "setDesign",
        field: "/environments/dev",
        value: { props: { [ids.service]: { securityGroups: { ingress: [] } } } },
      },
    );
    expect(
      refusal(own, { edit: "setField", id: ids.service, field: "/securityGroups", value: { mode: "derived" } }),
    ).toContain("environment “dev”");
    expect(
      refusal(own, {
        edit: "setDesign",
        field: `/environments/dev/props/${ids.task}`,
        value: { containerDefinitions: { c1: null } },
      }),
    ).toContain("ends at this container");
  });

  it("refuses what a saved file could not give back", () => {
    const { document, ids } = web();
    const table = done(document, {
      edit: "addNode",
      id: "n90",
      node: { kind: "generic", name: "Table", logicalId: "Table", props: {} },
    });
    let deep: Json = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const set = (value: Json): Edit => ({ edit: "setField", id: "n90", field: "/properties", value: { x: value } });
    expect(refusal(table, set(deep))).toContain("nests deeper");
    expect(refusal(table, set(JSON.parse('{"__proto__":1}')))).toContain("__proto__");
    expect(refusal(table, set(Number.NaN))).toContain("finite");
    expect(done(table, set({ constructor: "kept" })).nodes.n90?.props).toEqual({
      properties: { x: { constructor: "kept" } },
    });
    expect(done(document, { edit: "setField", id: ids.task, field: "/runtimePlatform/cpuArchitecture" })).toEqual(
      document,
    );
    expect(done(document, { edit: "setDesign", field: "/name" }).name).toBe("Untitled design");
  });

  it("applies lists all or none", () => {
    const { document, ids } = web();
    const result = applyAll(document, [
      { edit: "rename", id: ids.alb, name: "New" },
      { edit: "removeNode", id: "n99" },
    ]);
    expect(result.ok).toBe(false);
    expect(document.nodes[ids.alb]?.name).toBe("Front door");
  });
});

describe("referencesOf", () => {
  it("finds every field that names another node", () => {
    const document = draw((draft) => {
      const alb = draft.add("alb");
      const queue = draft.add("sqsQueue");
      const cluster = draft.add("cluster");
      const service = draft.add("service", {
        securityGroups: { mode: "own", ingress: [{ fromPort: 80, toPort: 80, peer: { node: alb } }] },
      });
      const task = draft.add("taskDefinition");
      const schedule = draft.add("eventSchedule");
      draft.connect(schedule, "runTask", task, { cluster, deadLetterQueue: queue });
      expect(service).toBe("n4");
    });
    const { n4 } = document.nodes;
    const { e1 } = document.edges;
    expect(n4 && referencesOf(n4)).toEqual([{ field: "/securityGroups/ingress/0/peer/node", node: "n1" }]);
    expect(e1 && referencesOf(e1)).toEqual([
      { field: "/cluster", node: "n3" },
      { field: "/deadLetterQueue", node: "n2" },
    ]);
  });
});
