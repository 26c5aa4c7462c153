import { describe, expect, it } from "vitest";
import { isObject } from "../core/json";
import { cloudformation } from "../export/cloudformation";
import { readTemplate } from "../import/cloudformation/read";
import { templateFlows, traceTemplate } from "../network/templates";
import { propertiesFromJson } from "../stack/from-json";
import type { Resource, Stack } from "../stack/stack";
import { exportContext } from "../testing/export-context";
import { type Random, random } from "../testing/random";
import { sampleDesign } from "../testing/sample-design";
import { plain, stackOf } from "../testing/stack-faults";
import { startsOfTemplate } from "./template";

/** Templates that nobody in his senses would write: values of any shape in the place of others. */
const odd: readonly unknown[] = [
  null,
  "",
  0,
  -1,
  65_536,
  1e300,
  true,
  [],
  {},
  [[[]]],
  "0.0.0.0/0",
  "999.0.0.0/99",
  "::/0",
  "*",
  "${",
  "${AWS::Region}",
  "{{resolve:ssm:x}}",
  { Ref: "AWS::NoValue" },
  { Ref: "AWS::Region" },
  { "Fn::Sub": [1, 2] },
  { "Fn::Sub": ["${x}", null] },
  { "Fn::Join": "x" },
  { "Fn::Select": [9, []] },
  { "Fn::Split": ["", ""] },
  { "Fn::Cidr": ["10.0.0.0/8", 1e9, -5] },
  { "Fn::FindInMap": [] },
  { "Fn::If": [] },
  { "Fn::ImportValue": { "Fn::Sub": "${x}" } },
  { "Fn::Unheard": {} },
  { __proto__: null, constructor: 1 },
];

/** Puts odd values in some places of a template. */
function spoil(dice: Random, value: unknown, depth: number): unknown {
  if (depth > 2 && dice.chance(0.04)) return dice.pick(odd);
  if (Array.isArray(value)) return value.map((item) => spoil(dice, item, depth + 1));
  // Reading refuses references that name nothing.
  if (!isObject(value) || Object.hasOwn(value, "Fn::GetAtt")) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === "Type" ? item : spoil(dice, item, depth + 1)]),
  );
}

/** A stack whose properties hold odd values. */
function spoiled(seed: number): Stack {
  const dice = random(seed);
  const stack = stackOf(sampleDesign(1 + (seed % 5), 25));
  const resources = Object.entries(stack.resources).map(([id, resource]): [string, Resource] => {
    const properties = spoil(dice, plain(resource.properties), 2) as Record<string, unknown>;
    return [id, { ...resource, properties: isObject(properties) ? propertiesFromJson(properties) : {} }];
  });
  return { ...stack, resources: Object.fromEntries(resources) };
}

describe("templates of strangers", () => {
  it("are answered in sentences, whatever their properties hold", () => {
    let blocked = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const stack = spoiled(seed);
      const dice = random(seed);
      const ids = ["internet", ...Object.keys(stack.resources)];
      const { flows, unserved } = templateFlows(stack);
      const starts = startsOfTemplate(stack);
      const traces = Array.from({ length: 4 }, () => traceTemplate(stack, dice.pick(ids), dice.pick(ids)));
      const said = [...flows, ...traces].flatMap(({ hops }) => hops.map(({ why }) => why));
      const all = [...said, ...unserved.map(({ why }) => why), ...starts.map(({ why }) => why)];
      expect(all.filter((why) => /\[object|undefined|NaN/.test(why))).toEqual([]);
      // Expressions are said in words.
      expect(said.filter((why) => why.includes('{"name"'))).toEqual([]);
      blocked += flows.filter(({ verdict }) => verdict !== "open").length;
    }
    expect(blocked).toBeGreaterThan(50);
  });

  it("are refused in sentences with their lines, or read", () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const [file] = cloudformation.emit(stackOf(sampleDesign(seed, 20)), { format: "json" }, exportContext()).files;
      const read = readTemplate(JSON.stringify(spoil(random(seed), JSON.parse(file?.text ?? "{}"), 0), null, 1));
      const problems = read.ok ? [] : read.problems;
      expect(problems.filter(({ line, message }) => line < 1 || !message.endsWith("."))).toEqual([]);
    }
  });
});
