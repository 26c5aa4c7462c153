import { describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { applyAll } from "../../document/edits/apply";
import type { Edit } from "../../document/edits/edit";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import type { Stack } from "../../stack/stack";
import { type Random, random } from "../../testing/random";
import { sampleDesign } from "../../testing/sample-design";
import type { ExportContext, OutFile } from "../target";
import { cloudformation } from ".";
import { type Format, printers } from "./file";
import { nestedTemplates } from "./nested";
import { sharing } from "./shared";

/**
 * An edit leaves most resources alone, and they stay the same objects with everything that is kept of them. A law: after
 * any edits the files are those of a design that has just been opened, and nothing changes a stack once it is made.
 */

const options = { environment: null, scenario: "typical", prices: null } as const;
const room = { resources: 20, parameters: 60, outputs: 60, bytes: 60_000 };
const formats = ["yaml", "json"] as const satisfies readonly Format[];

/** Where lines come from is worked out when it is asked for. */
const plain = ({ path, text, lines }: OutFile): OutFile => ({ path, text, lines });

const nested = (stack: Stack, context: ExportContext, format: Format): OutFile[] =>
  (nestedTemplates(stack, { format, context, why: ["too much"], room })?.files ?? []).map(plain);

/** What the editor writes, which keeps what it wrote before. */
const warm = (stack: Stack, context: ExportContext): OutFile[] =>
  formats.flatMap((format) => [
    ...cloudformation.emit(stack, { format }, context).files.map(plain),
    ...nested(sharing(stack), context, format),
  ]);

/** The same of resources that nobody has seen before. */
const cold = (stack: Stack, context: ExportContext): OutFile[] =>
  formats.flatMap((format) => [
    plain(printers[format].file(stack, context, "template").file),
    ...nested(stack, context, format),
  ]);

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
  it.each([1, 2, 3, 4, 5, 6])("sample %i", (seed) => {
    const dice = random(seed);
    const past: Document[] = [sampleDesign(seed, 50)];
    let now = past[0] as Document;
    let kept: Stack["resources"] = {};
    let count = 0;
    for (let turn = 1; turn <= 12; turn += 1) {
      const edits = dice.chance(0.2) ? undefined : editOf(now, dice, turn);
      const edited = edits && applyAll(now, edits);
      // An undo, now and then.
      now = edited?.ok ? edited.value.document : dice.pick(past);
      past.push(now);
      const { stack, context } = exportInput(analyse(now, options), { prices: null });
      freeze(stack);
      const fresh = exportInput(analyse(JSON.parse(JSON.stringify(now)) as Document, options), { prices: null });
      expect(warm(stack, context), JSON.stringify(edits)).toEqual(cold(fresh.stack, fresh.context));
      const { resources } = sharing(stack);
      count += Object.values(resources).filter((resource) => kept[resource.id] === resource).length;
      kept = resources;
    }
    // A law about objects that nobody keeps would say nothing.
    expect(count).toBeGreaterThan(12 * 50);
  });
});
