import { StackFacts } from "./nested/facts";
import { partition, type Room } from "./nested/partition";
import { closeTemplates } from "./nested/templates";
import type { Resource, Stack } from "./stack";

export interface NestedOptions {
  /** What each template is given; below what CloudFormation takes, so that it may grow before it is cut. */
  room: Room;
  /** How many outputs a template may have at most. */
  outputs: number;
  /** Length of a resource as it is written. */
  bytesOf(resource: Resource): number;
  /** Where the root finds the template of a nested stack. */
  urlOf(name: string): string;
}

export interface NestedStacks {
  root: Stack;
  /** Each takes from those before it; the name is the logical id of the nested stack in the root. */
  children: { name: string; stack: Stack }[];
  /** Outputs that stand in nested stacks because the root has no room for them. */
  moved: readonly string[];
}

/**
 * The stack as a root and nested stacks, for what one template cannot hold (`partition` says how it is divided).
 * Everything has the logical id, the properties and the physical names that it would have in one template: values that
 * cross go through outputs and parameters, `AWS::StackName` is that of the root. What waits for a resource of another
 * template waits for the whole of it. A circle that people drew themselves stays within one template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
export function nestStacks(stack: Stack, options: NestedOptions): NestedStacks {
  const facts = new StackFacts(stack);
  return closeTemplates(stack, facts, partition(stack, facts, options.room, options.bytesOf), options);
}
