import { describe, expect, it } from "vitest";
import { starters } from "../../document/starters";
import { buildModel } from "../../model/build";
import { lower } from "../../stack/lower";
import { exportContext } from "../../testing/export-context";
import { sampleDesign } from "../../testing/sample-design";
import { taskDefinition } from ".";
import { readDescribeStacks } from "./values";

const designs = [
  ...starters.map(({ id, document }): [string, typeof document] => [id, document]),
  ...Array.from({ length: 40 }, (_, index): [string, ReturnType<typeof sampleDesign>] => [
    `sample ${index + 1}`,
    sampleDesign(index + 1, 8 + index),
  ]),
];

it.each(designs)("the outputs of %s fill in every placeholder of its task definitions", (_name, document) => {
  const stack = lower(buildModel(document));
  const described = readDescribeStacks(
    JSON.stringify({
      Stacks: [
        {
          StackId: "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",
          StackName: "shop",
          Outputs: Object.keys(stack.outputs).map((OutputKey) => ({ OutputKey, OutputValue: `value-of-${OutputKey}` })),
          Parameters: Object.keys(stack.parameters).map((ParameterKey) => ({ ParameterKey, ParameterValue: "given" })),
        },
      ],
    }),
  );
  const values = described.ok ? described.value : {};
  const context = exportContext({ designName: document.name });
  const open = taskDefinition.emit(stack, { for: "register", values: {} }, context);
  const filled = taskDefinition.emit(stack, { for: "register", values }, context);
  expect(filled.notes).toEqual([]);
  expect(filled.files.map(({ path }) => path)).toEqual(open.files.map(({ path }) => path));
  for (const { text } of filled.files) expect(text).not.toContain("$" + "{");
  // What is listed before is what is there: no placeholder is passed over in silence.
  for (const { text } of open.files) {
    const written = new Set(text.match(/\$\{[^}]+\}/g));
    const said = open.notes.map(({ message }) => message).join(" ");
    for (const placeholder of written) expect(said).toContain(placeholder);
  }
});

describe("what describe-stacks says of nested stacks", () => {
  const rootId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1";
  const stack = (StackName: string, outputs: Record<string, string>, more = {}) => ({
    StackName,
    StackId: `arn:aws:cloudformation:eu-west-1:123456789012:stack/${StackName}/1`,
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    ...more,
  });
  const read = (...Stacks: object[]) => readDescribeStacks(JSON.stringify({ Stacks }));

  it("is read with the one that holds them, whatever the order, and not of another's", () => {
    const found = read(
      stack("shop-Nested-1", { WebTaskRoleArn: "arn:web", Both: "nested" }, { RootId: rootId, ParentId: rootId }),
      stack("shop", { Both: "root" }),
      stack("shop-other-Nested-1", { Strange: "no" }, { RootId: `${rootId}2`, ParentId: `${rootId}2` }),
    );
    expect(found.ok && found.value).toMatchObject({
      WebTaskRoleArn: "arn:web",
      Both: "root",
      "AWS::StackName": "shop",
    });
    expect(found.ok && Object.keys(found.value)).not.toContain("Strange");
  });

  it("is refused without the one that holds them, and where two stand alone", () => {
    const nested = stack("shop-Nested-1", {}, { RootId: rootId });
    expect(read(nested)).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining("no stack") }] });
    expect(read(nested, stack("shop", {}), stack("other", {}))).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining("holds 2 stacks") }],
    });
  });
});
