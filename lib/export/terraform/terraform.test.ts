import { parse } from "@cdktn/hcl2json";
import { describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { starters } from "../../document/starters";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import { referredBy } from "../../stack/value";
import { sampleDesign } from "../../testing/sample-design";
import { moduleFaults, referencesIn } from "../../testing/terraform-judge";
import { snake } from "../snake-names";
import { startWriting, terraform } from ".";
import { blocksById } from "./blocks";
import { type Block, object, Printer, raw, text } from "./hcl";

const input = (document: Document) =>
  exportInput(analyse(document, { environment: null, scenario: "typical", prices: null }), { prices: null });
const emitted = (document: Document) => {
  const { stack, context } = input(document);
  return terraform.emit(stack, {}, context);
};

const designs: [string, Document][] = [
  ...starters.map(({ id, document }): [string, Document] => [`starter ${id}`, document]),
  ...Array.from({ length: 40 }, (_, seed): [string, Document] => [`random design ${seed}`, sampleDesign(seed, 30)]),
];

describe("the Terraform export", () => {
  it.each(designs)("writes what the provider's schema knows: %s", async (_, document) => {
    const { files, notes } = emitted(document);
    expect(await moduleFaults(files)).toEqual([]);
    expect(notes).toEqual([]);
  });

  it.each(designs)("has the stack's resources, and waits where the stack waits: %s", (_, document) => {
    const { stack, context } = input(document);
    const writing = startWriting(stack, context);
    const blocks = blocksById(writing);
    const waits = closure(
      new Map(
        Object.values(stack.resources).map(({ id, properties, dependsOn }) => [
          id,
          [...referredBy(properties), ...(dependsOn ?? [])].filter((other) => Object.hasOwn(stack.resources, other)),
        ]),
      ),
    );
    // All blocks of a resource stand for it together.
    const owners = new Map([...blocks].flatMap(([id, list]) => list.map((block) => [addressOf(block), id] as const)));
    const ownerOf = (id: string): string => owners.get(writing.address(id) ?? "") ?? "nothing";
    const reached = closure(
      new Map(
        [...blocks].map(([id, list]) => [id, list.flatMap(uses).flatMap((address) => owners.get(address) ?? [])]),
      ),
    );
    for (const [id, others] of waits) {
      expect(ownerOf(id), id).not.toBe("nothing");
      const mine = new Set([ownerOf(id), ...(reached.get(ownerOf(id)) ?? [])]);
      for (const other of others) expect(mine, `${id} → ${other}`).toContain(ownerOf(other));
    }
  });
});

const addressOf = ({ labels }: Block): string => labels.join(".");
const uses = (block: Block): string[] => {
  const printer = new Printer();
  printer.block(block);
  return referencesIn(printer.lines.text()).map((reference) => reference.split(".").slice(0, 2).join("."));
};

/** Everything that is reached from each key. */
function closure(direct: ReadonlyMap<string, readonly string[]>): Map<string, Set<string>> {
  return new Map(
    [...direct.keys()].map((start) => {
      const seen = new Set<string>();
      const open = [...(direct.get(start) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(...(direct.get(next) ?? []));
      }
      seen.delete(start);
      return [start, seen];
    }),
  );
}

describe("destroying", () => {
  it("takes services away before what their tasks need to stop in order", () => {
    const { stack, context } = input(starters.find(({ id }) => id === "web-ec2")?.document as Document);
    const blocks = blocksById(startWriting(stack, context));
    const edges = new Map([...blocks.values()].flat().map((block) => [addressOf(block), uses(block)]));
    const before = closure(edges).get("aws_ecs_service.web");
    // https://github.com/hashicorp/terraform-provider-aws/issues/11409: a provider in use cannot be taken from its cluster
    for (const address of [
      "aws_ecs_cluster_capacity_providers.main_cluster_capacity_providers",
      "aws_ecs_capacity_provider.instances",
      "aws_autoscaling_group.instances_auto_scaling_group",
      "aws_ecs_cluster.main_cluster",
      "aws_lb_listener.front_door_listener443",
      "aws_iam_role_policy.web_task_execution_role_default_policy",
    ])
      expect(before).toContain(address);
  });
});

describe("texts of the drawing", () => {
  it.each([
    "${HOME} and $${HOME}",
    "%{ if true }x%{ endif }",
    'a "quoted" back\\slash',
    "two\nlines\tand a tab",
    "🚢 \u2028 \u0007",
    "$",
    "ends in $",
  ])("are never read as code: %j", async (given) => {
    const printer = new Printer();
    printer.block({
      type: "variable",
      labels: ["x"],
      from: undefined,
      comment: given,
      entries: [{ is: "attribute", name: "default", value: text(given), from: undefined }],
    });
    const parsed = (await parse("x.tf", printer.lines.text())) as { variable: { x: { default: string }[] } };
    const read = parsed.variable.x[0]?.default.replaceAll("$${", "${").replaceAll("%%{", "%{");
    expect(read).toBe(given);
  });

  it("that are names become names of Terraform, none twice", () => {
    expect(["WebImage", "VPCN1PrivateSubnet1", "ALBN4", "n1", "1st", "AWS"].map(snake)).toEqual([
      "web_image",
      "vpcn1_private_subnet1",
      "albn4",
      "n1",
      "_1st",
      "aws",
    ]);
  });
});

it("prints as terraform fmt leaves it", () => {
  const printer = new Printer();
  const attribute = (name: string, value: Parameters<typeof object>[0][string]) =>
    ({ is: "attribute", name, value: value ?? raw("null"), from: undefined }) as const;
  printer.block({
    type: "resource",
    labels: ["aws_thing", "one"],
    from: undefined,
    entries: [
      attribute("name", text(raw("var.name"), "-one")),
      attribute("description", text("One")),
      attribute("settings", object({ a: text("1"), longer: text("2"), inner: object({ b: raw("true") }) })),
      attribute("last", raw("1")),
      { is: "block", block: { type: "empty", labels: [], entries: [], from: undefined } },
    ],
  });
  // Checked with terraform fmt 1.11.4.
  expect(printer.lines.text()).toBe(`resource "aws_thing" "one" {
  name        = "\${var.name}-one"
  description = "One"

  settings = {
    a      = "1"
    longer = "2"
    inner = {
      b = true
    }
  }

  last = 1

  empty {}
}
`);
});
