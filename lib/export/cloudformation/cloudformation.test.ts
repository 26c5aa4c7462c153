import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stack } from "../../stack/stack";
import { att, Intrinsic, ref, sub, type Value } from "../../stack/value";
import { readTemplate } from "../../testing/read-template";
import type { ExportContext } from "../target";
import { cloudformation } from ".";

const context: ExportContext = { findings: [], names: { n1: 'The "web" 🚢' }, designName: "Test" };

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
`);
  });

  it("knows the node or edge of each line", () => {
    const file = cloudformation.emit(stackOf({ Count: 2, Role: att("R", "Arn") }), { format: "yaml" }, context)
      .files[0];
    const rows = file?.text.split("\n") ?? [];
    const role = rows.findIndex((row) => row.includes("Role:"));
    const count = rows.findIndex((row) => row.includes("Count:"));
    expect(file?.lines.find((line) => line.line === role)).toEqual({ line: role, edge: "e1" });
    expect(file?.lines.find((line) => line.line === count)).toEqual({ line: count, node: "n1" });
  });

  const scalar = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      "yes",
      "1e3",
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

  it("writes error findings as comments, and no comment can break out", () => {
    const from = {
      ...context,
      names: { n1: "evil\nInjected: true" },
      findings: [{ rule: "ECS-GR-002", message: "No cluster.\nConnect one." }],
    };
    const text = emit(stackOf({ Count: 1 }), "yaml", from);
    expect(text).toContain("# ERROR ECS-GR-002: No cluster. Connect one.\n");
    expect(Object.keys(readTemplate(text))).toEqual(["AWSTemplateFormatVersion", "Description", "Resources"]);
    expect(readTemplate(emit(stackOf({ Count: 1 }), "json", from)).Metadata).toEqual({
      "Bayplan::Errors": from.findings,
    });
  });
});
