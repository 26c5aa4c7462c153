import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { type Analysis, analyse } from "../editor/analysis";
import { exportInput } from "../editor/exporting";
import { type Random, random } from "../testing/random";
import { sampleDesign } from "../testing/sample-design";
import { nestedTemplates } from "./cloudformation/nested";
import type { ExportContext, OutFile, TargetId } from "./target";
import { targets } from "./targets";

/**
 * An edit leaves most resources alone, and they stay the same objects with everything that is kept of them. A law: after
 * any edits the files are those of a design that has just been opened, and nothing changes a stack once it is made.
 */

const options = { environment: null, scenario: "typical", prices: null } as const;
const room = { resources: 20, parameters: 60, outputs: 60, bytes: 60_000 };
const formats = ["cloudformation", "terraform", "task-definition", "cdk"] as const satisfies readonly TargetId[];

async function filesOf(analysis: Analysis): Promise<readonly OutFile[]> {
  const { stack, context } = exportInput(analysis, { prices: null });
  const nested = (["yaml", "json"] as const).flatMap((format) => {
    const told: ExportContext = { ...context, findings: [] };
    return nestedTemplates(stack, { format, context: told, why: ["too much"], room })?.files ?? [];
  });
  const whole = await Promise.all(formats.map(async (id) => (await targets[id]()).emit(stack, {}, context).files));
  // Where lines come from is worked out when it is asked for.
  return [...nested, ...whole.flat()].map(({ path, text, lines }) => ({ path, text, lines }));
}

/** What people do all day; undefined where the design has nothing to do it to. */
function editOf({ nodes, edges }: Document, dice: Random, turn: number): Edit[] | undefined {
  const ids = Object.keys(nodes);
  const of = (kind: string): string[] => ids.filter((id) => nodes[id]?.kind === kind);
  const [tasks, services, links] = [of("taskDefinition"), of("service"), Object.keys(edges)];
  const one = (list: readonly string[], edit: (id: string) => Edit): Edit[] | undefined =>
    list.length === 0 ? undefined : [edit(dice.pick(list))];
  const all: readonly (() => Edit[] | undefined)[] = [
    () => one(ids, (id) => ({ edit: "rename", id, name: `Part ${turn}` })),
    () => one(tasks, (id) => ({ edit: "setField", id, field: "/containerDefinitions/c1/memory", value: 128 * turn })),
    () => one(tasks, (id) => ({ edit: "setField", id, field: "/containerDefinitions/c1/name", value: `app${turn}` })),
    () => one(services, (id) => ({ edit: "setField", id, field: "/desiredCount", value: turn })),
    () =>
      one(of("vpc"), (id) => ({ edit: "setField", id, field: "/natGateways", value: dice.pick(["none", "perZone"]) })),
    () => one(links, (id) => ({ edit: "removeEdge", id })),
    () => one(ids, (id) => ({ edit: "move", id, layout: { x: turn, y: 0 } })),
    () => [{ edit: "setDesign", field: "/settings/production", value: dice.chance(0.5) }],
    () => [
      {
        edit: "addNode",
        id: `n${1000 + turn}`,
        node: { kind: "sqsQueue", name: `Queue ${turn}`, logicalId: `Later${turn}`, props: {} },
      },
    ],
  ];
  return dice.pick(all)();
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
}

describe("a design that is edited is written like one that is opened", () => {
  it.each([1, 2, 3, 4])("sample %i", async (seed) => {
    const dice = random(seed);
    const past: Document[] = [sampleDesign(seed, 50)];
    let warm = analyse(past[0] as Document, options);
    let kept = 0;
    for (let turn = 1; turn <= 12; turn += 1) {
      const now = warm.document;
      const edits = dice.chance(0.2) ? undefined : editOf(now, dice, turn);
      const edited = edits && applyAll(now, edits);
      // An undo, now and then.
      const document = edited?.ok ? edited.value.document : dice.pick(past);
      past.push(document);
      const before = warm.stack.resources;
      warm = analyse(document, options, warm.stack);
      const cold = analyse(JSON.parse(JSON.stringify(document)) as Document, options);
      freeze(warm.stack);
      kept += Object.values(warm.stack.resources).filter((resource) => before[resource.id] === resource).length;
      expect(await filesOf(warm), JSON.stringify(edits)).toEqual(await filesOf(cold));
      expect(warm.findings).toEqual(cold.findings);
      expect(JSON.stringify(warm.cost)).toBe(JSON.stringify(cold.cost));
    }
    // A law about objects that nobody keeps would say nothing.
    expect(kept).toBeGreaterThan(12 * 50);
  });
});
