import { describe, expect, it } from "vitest";
import { plain } from "../../testing/stack-faults";
import { valueFromJson } from "../from-json";
import type { Stack } from "../stack";
import { cidrBlocks } from "./cidr";
import { worldsOf } from "./worlds";

const origin = { why: "drawn" } as const;
const parameter = (type: string, normal?: string | number) => ({
  type,
  description: "",
  origin,
  ...(normal === undefined ? {} : { default: normal }),
});

const stackWith = (value: unknown, conditions: Record<string, unknown> = {}): Stack => ({
  description: "",
  parameters: {
    Given: parameter("String", "web"),
    Open: parameter("String"),
    Stage: { ...parameter("String"), allowedValues: ["dev", "prod"] },
    Port: parameter("Number", 8080),
    Zones: parameter("CommaDelimitedList", "a, b"),
    Looked: parameter("AWS::SSM::Parameter::Value<String>", "/path"),
  },
  mappings: { Sizes: { small: { cpu: 256 }, big: { cpu: 1024 } } },
  conditions: Object.fromEntries(Object.entries(conditions).map(([name, made]) => [name, valueFromJson(made)])),
  resources: {
    A: { id: "A", raw: true, type: "Custom::A", properties: { V: valueFromJson(value) }, origins: {} },
    Vpc: { id: "Vpc", type: "AWS::EC2::VPC", properties: { CidrBlock: "10.0.0.0/16" }, origins: {} },
  },
  outputs: {},
  constructs: [],
});

const resolved = (value: unknown, conditions?: Record<string, unknown>): unknown[] =>
  worldsOf(stackWith(value, conditions)).worlds.map(({ stack }) => plain(stack.resources.A?.properties.V ?? null));

describe("values are resolved as far as literals, defaults and mappings reach", () => {
  it.each<[string, unknown, unknown]>([
    ["a default", { Ref: "Given" }, "web"],
    ["a list", { Ref: "Zones" }, ["a", "b"]],
    ["no default stays", { Ref: "Open" }, { Ref: "Open" }],
    ["what Systems Manager holds stays", { Ref: "Looked" }, { Ref: "Looked" }],
    ["a resource stays", { Ref: "Vpc" }, { Ref: "Vpc" }],
    ["an attribute that is a property", { "Fn::GetAtt": ["Vpc", "CidrBlock"] }, "10.0.0.0/16"],
    [
      "another attribute stays",
      { "Fn::GetAtt": ["Vpc", "DefaultSecurityGroup"] },
      { "Fn::GetAtt": ["Vpc", "DefaultSecurityGroup"] },
    ],
    ["Join", { "Fn::Join": ["-", ["a", { Ref: "Given" }, { Ref: "Port" }]] }, "a-web-8080"],
    [
      "Join of the unknown",
      { "Fn::Join": ["-", ["a", { Ref: "Open" }]] },
      { "Fn::Join": ["-", ["a", { Ref: "Open" }]] },
    ],
    ["Split and Select", { "Fn::Select": ["1", { "Fn::Split": [",", "x,y"] }] }, "y"],
    ["Select past the end stays", { "Fn::Select": [2, ["x", "y"]] }, { "Fn::Select": [2, ["x", "y"]] }],
    ["FindInMap", { "Fn::FindInMap": ["Sizes", "small", "cpu"] }, 256],
    [
      "FindInMap by Region stays",
      { "Fn::FindInMap": ["Sizes", { Ref: "AWS::Region" }, "cpu"] },
      { "Fn::FindInMap": ["Sizes", { Ref: "AWS::Region" }, "cpu"] },
    ],
    ["FindInMap with a default", { "Fn::FindInMap": ["Sizes", "no", "cpu", { DefaultValue: 1 }] }, 1],
    ["Sub", { "Fn::Sub": "${Given}:${Port}" }, "web:8080"],
    ["Sub with its own names", { "Fn::Sub": ["${x}-${Given}", { x: { Ref: "Port" } }] }, "8080-web"],
    ["Sub of the unknown", { "Fn::Sub": "${Given}.${AWS::Region}" }, { "Fn::Sub": "web.${AWS::Region}" }],
    ["Sub of one reference", { "Fn::Sub": "${Vpc.Id}" }, { "Fn::GetAtt": ["Vpc", "Id"] }],
    ["Sub that quotes", { "Fn::Sub": "${!Literal} ${Given}" }, "${Literal} web"],
    ["Cidr", { "Fn::Select": [1, { "Fn::Cidr": [{ "Fn::GetAtt": ["Vpc", "CidrBlock"] }, 2, "8"] }] }, "10.0.1.0/24"],
    ["zones of this Region", { "Fn::GetAZs": { Ref: "AWS::Region" } }, { "Fn::GetAZs": "" }],
    ["NoValue takes away", [1, { Ref: "AWS::NoValue" }, 2], [1, 2]],
    ["a dynamic reference is not known", "{{resolve:ssm:/x}}", { "{{resolve}}": "{{resolve:ssm:/x}}" }],
    [
      "a key that is a prototype's",
      { "Fn::FindInMap": ["Sizes", "constructor", "name"] },
      { "Fn::FindInMap": ["Sizes", "constructor", "name"] },
    ],
  ])("%s", (_what, value, result) => {
    expect(resolved(value)).toEqual([result]);
  });

  it("makes no text without end", () => {
    let value: unknown = "x".repeat(1000);
    for (let depth = 0; depth < 8; depth += 1)
      value = {
        "Fn::Join": [
          "",
          Array(10)
            .fill(value)
            .slice(0, depth < 3 ? 10 : 1),
        ],
      };
    expect(JSON.stringify(resolved(value))?.length).toBeLessThan(3_000_000);
  });
});

describe("conditions", () => {
  const equals = (a: unknown, b: unknown) => ({ "Fn::Equals": [a, b] });
  it.each<[string, Record<string, unknown>, unknown[]]>([
    ["a default decides", { C: equals({ Ref: "Given" }, "web") }, ["yes"]],
    ["a number equals its text", { C: equals({ Ref: "Port" }, "8080") }, ["yes"]],
    ["one is named by another", { D: equals(1, 2), C: { "Fn::Not": [{ Condition: "D" }] } }, ["yes"]],
    ["one open part", { C: equals({ Ref: "Open" }, "x") }, ["yes", "no"]],
    ["an open part that does not matter", { C: { "Fn::And": [equals({ Ref: "Open" }, "x"), equals(1, 2)] } }, ["no"]],
    ["the same on both sides", { C: equals({ Ref: "Open" }, { Ref: "Open" }) }, ["yes"]],
    ["in a circle", { C: { "Fn::Not": [{ Condition: "C" }] } }, [{ "Fn::If": ["C", "yes", "no"] }]],
  ])("%s", (_what, conditions, results) => {
    expect(resolved({ "Fn::If": ["C", "yes", "no"] }, conditions)).toEqual(results);
  });

  it("tries the allowed values of a parameter instead, also where a mapping is read by them", () => {
    const isProd = { C: equals({ Ref: "Stage" }, "prod"), D: equals({ Ref: "Stage" }, "dev") };
    expect(resolved({ "Fn::If": ["C", "prod", { "Fn::If": ["D", "dev", "neither"] }] }, isProd)).toEqual([
      "dev",
      "prod",
    ]);
    const stack = stackWith({ "Fn::FindInMap": ["ByStage", { Ref: "Stage" }, "cpu"] });
    stack.mappings.ByStage = { dev: { cpu: 256 }, prod: { cpu: 1024 } };
    expect(worldsOf(stack).worlds.map((world) => world.stack.resources.A?.properties.V)).toEqual([256, 1024]);
  });

  it("follows 32 worlds at most, and says when there are more", () => {
    const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
    const conditions = Object.fromEntries(names.map((name) => [name, equals({ Ref: "Open" }, name)]));
    const { worlds, complete } = worldsOf(
      stackWith(
        names.map((name) => ({ "Fn::If": [name, 1, 0] })),
        conditions,
      ),
    );
    expect([worlds.length, complete]).toEqual([32, false]);
  });
});

describe("blocks of addresses", () => {
  // The examples of AWS's page.
  it.each<[string, number, number | undefined, string[] | undefined]>([
    [
      "192.168.0.0/24",
      6,
      5,
      [
        "192.168.0.0/27",
        "192.168.0.32/27",
        "192.168.0.64/27",
        "192.168.0.96/27",
        "192.168.0.128/27",
        "192.168.0.160/27",
      ],
    ],
    ["192.168.0.0/24", 9, 5, undefined],
    ["10.0.0.0/33", 1, 8, undefined],
    ["2001:db8::/56", 2, 64, ["2001:db8:0:0:0:0:0:0/64", "2001:db8:0:1:0:0:0:0/64"]],
    ["nothing", 1, 8, undefined],
  ])("%s in %d", (block, count, bits, blocks) => {
    expect(cidrBlocks(block, count, bits)).toEqual(blocks);
  });
});
