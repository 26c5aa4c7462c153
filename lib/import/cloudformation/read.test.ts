import { describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { starters } from "../../document/starters";
import { cloudformation } from "../../export/cloudformation";
import type { Stack } from "../../stack/stack";
import { exportContext } from "../../testing/export-context";
import { sampleDesign } from "../../testing/sample-design";
import { plain, stackOf } from "../../testing/stack-faults";
import { readTemplate } from "./read";
import { isTemplate } from "./recognise";

const told = (text: string) => {
  const read = readTemplate(text);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
};

const stackIn = (text: string): Stack => {
  const read = readTemplate(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.template.stack;
};

/** Everything of a stack that a template carries, as JSON. */
function carried({ parameters, mappings, conditions, resources, outputs }: Stack): unknown {
  const bare = <T extends object>(record: Record<string, T>, drop: readonly string[]) =>
    Object.fromEntries(
      Object.entries(record).map(([id, one]) => [
        id,
        Object.fromEntries(
          Object.entries(one)
            .filter(([key, value]) => !drop.includes(key) && value !== undefined)
            .map(([key, value]) => [key, plain(value)]),
        ),
      ]),
    );
  return {
    parameters: bare(parameters, ["origin"]),
    mappings: plain(mappings),
    conditions: plain(conditions),
    resources: bare(resources, ["origins"]),
    outputs: bare(outputs, ["origin"]),
  };
}

/** Export and import are each other's inverse, in both formats. */
function hold(document: Document): number {
  const stack = stackOf(document);
  for (const format of ["yaml", "json"] as const) {
    const [file] = cloudformation.emit(stack, { format }, exportContext()).files;
    const text = file?.text ?? "";
    expect(isTemplate(text)).toBe(true);
    expect(carried(stackIn(text))).toEqual(carried(stack));
  }
  return Object.keys(stack.resources).length;
}

describe("a template that was exported reads back as the stack that it was made of", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    expect(hold(document)).toBeGreaterThan(5);
  });

  it("random designs", () => {
    let resources = 0;
    for (let seed = 1; seed <= 12; seed += 1) resources += hold(sampleDesign(seed, 60));
    expect(resources).toBeGreaterThan(500);
  });
});

const template = (resources: string, head = ""): string => `${head}Resources:\n${resources}`;

describe("reading as people write", () => {
  it("gives short tags and long forms alike, and keeps dates, modes and account ids as text", () => {
    const stack = stackIn(
      template(
        [
          "  A:",
          "    Type: AWS::IAM::Role",
          "    Properties:",
          "      AssumeRolePolicyDocument: { Version: 2012-10-17, Statement: [] }",
          "      Account: 012345678901",
          "      Mode: 0755",
          "      Port: 8080",
          "      Version: 1.10",
          "      On: yes",
          "  B:",
          "    Type: Custom::Thing",
          "    DependsOn: A",
          "    Properties:",
          "      Short: !GetAtt A.Arn.Part",
          '      Long: { "Fn::GetAtt": A.Arn.Part }',
          "      Nested: !Join ['', [!Ref A, !Sub '${A.Arn}/x', !Select [0, !GetAZs '']]]",
          "      Cut: !Base64",
          "        Fn::Sub: ${A}",
        ].join("\n"),
      ),
    );
    expect(plain(stack.resources.A?.properties ?? {})).toEqual({
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
      Account: "012345678901",
      Mode: "0755",
      Port: 8080,
      Version: "1.10",
      On: true,
    });
    expect(stack.resources.B).toMatchObject({ raw: true, type: "Custom::Thing", dependsOn: ["A"] });
    expect(plain(stack.resources.B?.properties ?? {})).toEqual({
      Short: { "Fn::GetAtt": ["A", "Arn.Part"] },
      Long: { "Fn::GetAtt": ["A", "Arn.Part"] },
      Nested: {
        "Fn::Join": ["", [{ Ref: "A" }, { "Fn::Sub": "${A.Arn}/x" }, { "Fn::Select": [0, { "Fn::GetAZs": "" }] }]],
      },
      Cut: { "Fn::Base64": { "Fn::Sub": "${A}" } },
    });
  });

  it("keeps what a stack has no place for beside it", () => {
    const read = readTemplate(
      [
        'AWSTemplateFormatVersion: "2010-09-09"',
        "Metadata: { Note: x }",
        "Parameters: { P: { Type: String, MinLength: 3, Default: true } }",
        "Rules: { R: { Assertions: [] } }",
        "Resources: { Q: { Type: AWS::SQS::Queue, Extra: [1] } }",
        "Outputs: { O: { Value: !Ref Q, Export: { Name: !Sub '${AWS::StackName}-q' } } }",
      ].join("\n"),
    );
    expect(read.ok && plain(read.template.rest)).toEqual({
      AWSTemplateFormatVersion: "2010-09-09",
      Metadata: { Note: "x" },
      Rules: { R: { Assertions: [] } },
      Parameters: { P: { MinLength: 3 } },
      Resources: { Q: { Extra: [1] } },
      Outputs: { O: { Export: { Name: { "Fn::Sub": "${AWS::StackName}-q" } } } },
    });
    expect(read.ok && read.template.stack.parameters.P?.default).toBe("true");
  });

  it("unfolds aliases", () => {
    const stack = stackIn(template("  A: &q\n    Type: AWS::SQS::Queue\n    Properties: { DelaySeconds: 5 }\n  B: *q"));
    expect(stack.resources.B?.properties).toEqual({ DelaySeconds: 5 });
  });

  it.each([
    ["AWS::Serverless-2016-10-31", "Transform: AWS::Serverless-2016-10-31", false],
    ["a macro of one's own", "Transform: [AWS::LanguageExtensions, Own]", true],
  ])("says what %s does", (_what, line, opaque) => {
    const read = readTemplate(template("  Q: { Type: AWS::SQS::Queue }", `${line}\n`));
    expect(read.ok && read.template.transforms.some((one) => one.opaque)).toBe(opaque);
    expect(read.ok && read.template.notes.every((note) => note.line === 1 && note.message.endsWith("."))).toBe(true);
  });

  it.each([
    ["YAML", template("  A: { Type: AWS::SQS::Queue }\n  A: { Type: AWS::SNS::Topic }"), 3],
    ["JSON", '{"Resources":{"A":{"Type":"AWS::SQS::Queue"},\n"A":{"Type":"AWS::SNS::Topic"}}}', 2],
  ])("reads the last of two keys in %s, and says so", (_what, text, line) => {
    const read = readTemplate(text);
    expect(read.ok && read.template.stack.resources.A?.type).toBe("AWS::SNS::Topic");
    expect(read.ok && read.template.notes).toEqual([
      expect.objectContaining({ line, message: expect.stringMatching(/^A stands here for the second time/) }),
    ]);
  });

  it("keeps a loop as it stands, and says that it stands for more", () => {
    const read = readTemplate(
      template(
        "  Q: { Type: AWS::SQS::Queue }\n  Fn::ForEach::All: [X, [a, b], { 'Q${X}': { Type: AWS::SQS::Queue } }]",
        "Transform: AWS::LanguageExtensions\n",
      ),
    );
    expect(read.ok && Object.keys(read.template.stack.resources)).toEqual(["Q"]);
    expect(read.ok && read.template.transforms.find(({ opaque }) => opaque)).toMatchObject({ name: "Fn::ForEach" });
    expect(read.ok && plain(read.template.rest)).toMatchObject({
      Resources: { "Fn::ForEach::All": ["X", ["a", "b"], {}] },
    });
  });
});

describe("what cannot be read is said with its line", () => {
  const bomb = [
    "a0: &a0 [x,x,x,x,x,x,x,x,x,x]",
    ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(",")}]`),
  ].join("\n");

  it.each<[string, string, RegExp]>([
    ["nothing", "", /^1: A template is a map/],
    ["a list", "- a\n", /^1: A template is a map/],
    ["no resources", "Resources:\n", /no Resources/],
    ["an open bracket", 'Resources: {"a": [}', /a bracket is not closed/],
    [
      "an unknown tag",
      template("  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      X: !Nope 1"),
      /^5: CloudFormation knows no tag !Nope/,
    ],
    ["a tag that makes things", template("  A: !!js/function 'x'"), /knows no tag/],
    ["a binary", template("  A: { Type: AWS::SQS::Queue, Properties: { X: !!binary aGk= } }"), /knows no tag/],
    [
      "a merge",
      template("  A: &a { Type: AWS::SQS::Queue }\n  B: { <<: *a }"),
      /^3: CloudFormation takes no merge keys/,
    ],
    ["aliases without end", `${bomb}\nResources: *a9`, /unfold to more than any template holds/],
    [
      "an alias in itself",
      template("  A: &a { Type: AWS::SQS::Queue, Properties: { X: *a } }"),
      /stands inside of what it stands for/,
    ],
    ["an alias of nothing", template("  A: *nothing"), /nothing/],
    ["endless nesting", `Resources: ${"[".repeat(50_000)}`, /./],
    ["deep nesting", `Resources: { A: ${"[".repeat(300)}${"]".repeat(300)} }`, /nests deeper than 100 levels/],
    [
      "a section that is none",
      template("  A: { Type: AWS::SQS::Queue }", "Resource: {}\n"),
      /^1: CloudFormation has no section Resource/,
    ],
    [
      "a prototype as a resource",
      '{"Resources":{"__proto__":{"Type":"AWS::SQS::Queue"}}}',
      /“__proto__” is no logical id/,
    ],
    ["a resource that is a list", template("  A: []"), /^2: The resource A has no Type/],
    ["a type that is a number", template("  A: { Type: 1 }"), /has no Type/],
    [
      "properties that are text",
      template("  A: { Type: AWS::SQS::Queue, Properties: x }"),
      /Properties of A have to be a map/,
    ],
    [
      "a reference to nothing",
      template("  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub '${Gone}-x'"),
      /^5: QueueName of A refers to Gone/,
    ],
    [
      "an attribute of nothing",
      template("  A:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !GetAtt A }"),
      /^4: QueueName of A has a Ref or an Fn::GetAtt that names nothing/,
    ],
    [
      "a condition that is not there",
      template("  A: { Type: AWS::SQS::Queue, Condition: C }"),
      /names the condition C/,
    ],
    [
      "a mapping that is not there",
      template("  A: { Type: AWS::SQS::Queue, Properties: { X: !FindInMap [M, a, b] } }"),
      /looks up M/,
    ],
    ["waiting for nothing", template("  A: { Type: AWS::SQS::Queue, DependsOn: B }"), /waits for B/],
    [
      "a policy that is none",
      template("  A: { Type: AWS::SQS::Queue, DeletionPolicy: Keep }"),
      /DeletionPolicy of A is none of/,
    ],
    [
      "an output without value",
      template("  A: { Type: AWS::SQS::Queue }\nOutputs: { O: {} }"),
      /^3: The output O has no Value/,
    ],
    [
      "a parameter without type",
      template("  A: { Type: AWS::SQS::Queue }", "Parameters:\n  P: {}\n"),
      /^2: The parameter P has no Type/,
    ],
    ["two documents", `${template("  A: { Type: AWS::SQS::Queue }")}\n---\na: 1`, /second document/],
    ["more than CloudFormation takes", `# ${"x".repeat(1_048_576)}`, /longer than 1048576 bytes/],
  ])("%s", (_what, text, says) => {
    const all = told(text);
    expect(all.length).toBeGreaterThan(0);
    expect(all.join("\n")).toMatch(says);
  });

  it("leaves the prototype alone", () => {
    const stack = stackIn(
      '{"Resources":{"A":{"Type":"AWS::SQS::Queue","Properties":{"__proto__":{"polluted":true}}},"constructor":{"Type":"AWS::SQS::Queue"}}}',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(stack.resources.A?.properties ?? {})).toEqual(["__proto__"]);
    expect(Object.keys(stack.resources)).toEqual(["A", "constructor"]);
  });
});

describe("recognising", () => {
  it.each([
    ['{"Resources":{}}', true],
    ["AWSTemplateFormatVersion: 2010-09-09\n", true],
    ["---\nDescription: x\nResources:\n  A:\n", true],
    ['{"version":1,"nodes":{},"edges":{}}', false],
    ['{"version":1,"nodes":{"n1":{"props":{"Resources":{}}}}', false],
    ["services:\n  web:\n    image: x\n", false],
    ["", false],
  ])("%s", (text, is) => {
    expect(isTemplate(text)).toBe(is);
  });
});
