import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stack } from "../../stack/stack";
import { att, Intrinsic, ref, sub, type Value } from "../../stack/value";
import { exportContext } from "../../testing/export-context";
import { readTemplate } from "../../testing/read-template";
import { cloudformation } from ".";

const context = exportContext({ names: { n1: 'The "web" 🚢' } });

/** The one resource comes from the node n1. */
const drawing = { "Bayplan::Drawing": { Web: "n1" } };

function stackOf(properties: Record<string, Value>): Stack {
  return {
    description: "A stack.",
    parameters: {},
    mappings: {},
    conditions: {},
    resources: {
      Web: {
        id: "Web",
        type: "AWS::ECS::Service",
        properties,
        dependsOn: ["Listener"],
        origins: {
          "": [{ node: "n1", why: "drawn" }],
          "/properties/Role": [{ edge: "e1", why: "derived" }],
        },
      },
    },
    outputs: {},
    constructs: [],
  };
}

const emit = (stack: Stack, format: "yaml" | "json", from = context): string =>
  cloudformation.emit(stack, { format }, from).files[0]?.text ?? "";

describe("CloudFormation export", () => {
  it("prints a template as a careful author would", () => {
    const stack = stackOf({
      Count: 2,
      Name: "web-1",
      Version: "2012-10-17",
      Switch: "yes",
      Time: "12:30",
      Empty: [],
      Role: att("WebRole", "Arn"),
      Image: sub("${Repository.RepositoryUri}:v1"),
      Zone: new Intrinsic("Fn::Select", [0, new Intrinsic("Fn::GetAZs", "")]),
      UserData: new Intrinsic("Fn::Base64", sub("#!/bin/bash\necho ECS_CLUSTER=${Cluster}\n")),
      Targets: [{ Id: "a", Arn: ref("Topic") }, "plain", [1]],
    });
    expect(emit(stack, "yaml")).toBe(`AWSTemplateFormatVersion: "2010-09-09"
Description: Test. A stack.

Resources:
  # The "web" 🚢 (n1)
  Web:
    Type: AWS::ECS::Service
    DependsOn: Listener
    Properties:
      Count: 2
      Name: web-1
      Version: "2012-10-17"
      Switch: "yes"
      Time: "12:30"
      Empty: []
      Role: !GetAtt WebRole.Arn
      Image: !Sub "\${Repository.RepositoryUri}:v1"
      Zone: !Select
        - 0
        - !GetAZs ""
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo ECS_CLUSTER=\${Cluster}
      Targets:
        - Id: a
          Arn: !Ref Topic
        - plain
        -
          - 1

Metadata:
  Bayplan::Drawing:
    Web: n1
`);
  });

  it("knows the node or edge of each line", () => {
    const file = cloudformation.emit(stackOf({ Count: 2, Role: att("R", "Arn") }), { format: "yaml" }, context)
      .files[0];
    const rows = file?.text.split("\n") ?? [];
    const role = rows.findIndex((row) => row.includes("Role:"));
    const count = rows.findIndex((row) => row.includes("Count:"));
    expect(file?.lines.find((line) => line.line === role)).toEqual({ line: role, edge: "e1" });
    expect(file?.lines.find((line) => line.line === count)).toEqual({ line: count, node: "n1", drawn: true });
  });

  const scalar = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      "yes",
      "1e3",
      "e2",
      "0x1f",
      "a: b",
      "# x",
      "a\nb\n",
      " lead",
      "- x",
      "!Ref X",
      "null",
      "a\n\n",
      "tail \nx",
      "\ttab",
    ),
  );
  const value = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 3 },
      ),
      scalar.map((text) => ref(`R${String(text).length}`)),
      fc.tuple(fc.string(), tie("value")).map(([text, inner]) => new Intrinsic("Fn::Sub", [text, { X: inner }])),
      tie("value").map((inner) => new Intrinsic("Fn::Base64", inner)),
    ),
  })).value;

  it("reads back from YAML as it reads back from JSON, whatever the values", () => {
    fc.assert(
      fc.property(value, (property) => {
        const stack = stackOf({ Property: property });
        expect(readTemplate(emit(stack, "yaml"))).toEqual(readTemplate(emit(stack, "json")));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("writes only characters that YAML 1.1 prints, and a number as a number", () => {
    const odd = "a\u2028b\u2029c\ufffe\uffff\ufeff\u0085\u0000\ud800z\udc00";
    const from = { ...context, names: { n1: odd }, findings: [{ rule: "ECS-GR-002", message: odd }], designName: odd };
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(odd, `${odd}\n${odd}\n`, "a\u2028\nb\n")),
        (text) => {
          const printed = emit(stackOf({ [text]: text, Block: `x${text}\nlast` }), "yaml", from);
          expect(printed).toMatch(
            /^[\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u,
          );
          expect(new TextDecoder().decode(new TextEncoder().encode(printed))).toBe(printed);
          expect(readTemplate(printed).Resources).toEqual(
            readTemplate(emit(stackOf({ [text]: text, Block: `x${text}\nlast` }), "json", from)).Resources,
          );
        },
      ),
      { numRuns: 300, seed: 5 },
    );
    // https://yaml.org/type/float.html: without a point it is text.
    expect(emit(stackOf({ Big: 1e21, Small: -1e-7, Both: 1.5e-9 }), "yaml")).toContain(
      "      Big: 1.0e+21\n      Small: -1.0e-7\n      Both: 1.5e-9\n",
    );
  });

  it("tells YAML where a key of more than 1,024 characters ends", () => {
    const key = "k".repeat(1_100);
    const stack = stackOf({ [key]: { [key]: "v" }, List: [{ [key]: 1 }] });
    expect(emit(stack, "yaml")).toContain(`      ? ${key}\n      :\n        ? ${key}\n        : v\n`);
    expect(readTemplate(emit(stack, "yaml"))).toEqual(readTemplate(emit(stack, "json")));
  });

  it("keeps what has to be done in the description, whatever the design is called", () => {
    const todo = "Push the image to Web image, then set WebDesiredCount.";
    for (const [name, begins] of [
      ["Shop", "Shop. "],
      ["🚢".repeat(255), "🚢🚢🚢"],
    ] as const) {
      const stack = { ...stackOf({}), description: `${"Long. ".repeat(100)}${todo}` };
      const { Description } = JSON.parse(emit(stack, "json", { ...context, designName: name }));
      expect(Description.startsWith(begins)).toBe(true);
      expect(Description.endsWith(todo)).toBe(true);
      expect(new TextEncoder().encode(Description).length).toBeLessThanOrEqual(1024);
    }
    const endless = { ...stackOf({}), description: "é".repeat(2_000) };
    const { Description } = JSON.parse(emit(endless, "json"));
    expect(new TextEncoder().encode(Description).length).toBeLessThanOrEqual(1024);
    expect(Description.endsWith("é…")).toBe(true);
  });

  it("says which limits of a template the design passes", () => {
    const outputs = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [
        `O${index}`,
        { value: "x", description: "", origin: { why: "derived" as const } },
      ]),
    );
    const { notes } = cloudformation.emit({ ...stackOf({}), outputs }, { format: "yaml" }, context);
    expect(notes.map((note) => note.message)).toEqual([
      "The template has 201 outputs; CloudFormation takes 200 in one. Split the design.",
    ]);
  });

  it("writes error findings as comments, and no comment can break out", () => {
    const from = {
      ...context,
      names: { n1: "evil\nInjected: true" },
      findings: [{ rule: "ECS-GR-002", message: "No cluster.\nConnect one." }],
    };
    const text = emit(stackOf({ Count: 1 }), "yaml", from);
    expect(text).toContain("# ERROR ECS-GR-002: No cluster. Connect one.\n");
    expect(Object.keys(readTemplate(text))).toEqual([
      "AWSTemplateFormatVersion",
      "Description",
      "Resources",
      "Metadata",
    ]);
    expect(readTemplate(emit(stackOf({ Count: 1 }), "json", from)).Metadata).toEqual({
      ...drawing,
      "Bayplan::Errors": from.findings,
    });
  });

  it("asks first for what nobody can leave out, beside the errors in JSON", () => {
    const origin = { why: "derived" as const };
    const parameters = {
      Count: { type: "Number", description: "", default: 0, origin },
      Needed: { type: "String", description: "", origin },
    };
    const stack = { ...stackOf({ Count: 1 }), parameters };
    const groups = {
      ParameterGroups: [
        { Label: { default: "Needed to deploy" }, Parameters: ["Needed"] },
        { Label: { default: "May stay as they are" }, Parameters: ["Count"] },
      ],
    };
    const from = { ...context, findings: [{ rule: "ECS-GR-002", message: "No cluster." }] };
    expect(readTemplate(emit(stack, "yaml", from)).Metadata).toEqual({
      "AWS::CloudFormation::Interface": groups,
      ...drawing,
    });
    expect(readTemplate(emit(stack, "json", from)).Metadata).toEqual({
      "AWS::CloudFormation::Interface": groups,
      ...drawing,
      "Bayplan::Errors": from.findings,
    });
  });
});
