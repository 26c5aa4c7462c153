import { expect, it } from "vitest";
import { exportContext } from "../../testing/export-context";
import { sampleDesign } from "../../testing/sample-design";
import { stackOf } from "../../testing/stack-faults";
import { cdk } from ".";

it("says of an app that nobody could deploy why, and what deploys", () => {
  const large = stackOf(sampleDesign(2, 200));
  const count = Object.keys(large.resources).length;
  const said = cdk.emit(large, {}, exportContext()).notes.map(({ message }) => message);
  expect(said[0]).toBe(
    `The stack has ${count} resources; CloudFormation takes 500 in one and cdk synth refuses more. Split the design, or take the CloudFormation export, which nests templates.`,
  );
  const small = cdk.emit(stackOf(sampleDesign(2, 40)), {}, exportContext()).notes;
  expect(small.filter(({ message }) => message.includes("CloudFormation takes"))).toEqual([]);
});
