import { templateQuotas } from "../../aws/template-quotas";
import { count, list } from "../../core/text";
import { nestStacks } from "../../stack/nested";
import type { Room } from "../../stack/nested/partition";
import type { Stack } from "../../stack/stack";
import { capabilityOf } from "../capabilities";
import type { Emission, ExportContext } from "../target";
import { type Format, printers } from "./file";
import { limitNotes, tooMuch } from "./limits";

/** Four fifths of what a template may have, so that a design may grow for a while before anything moves. */
const usual: Room = {
  resources: templateQuotas.resources * 0.8,
  parameters: templateQuotas.parameters * 0.8,
  outputs: templateQuotas.outputs * 0.8,
  bytes: templateQuotas.bytes * 0.8,
};

/** Folder of the nested templates, beside the root. */
export const NESTED = "nested";

interface Nesting {
  format: Format;
  context: ExportContext;
  /** What the one template has too much of, in words. */
  why: readonly string[];
  /** What each template is given. */
  room?: Room;
}

/** The root template and those that it nests; undefined where nothing can be taken out of the one. */
export function nestedTemplates(stack: Stack, { format, context, why, room = usual }: Nesting): Emission | undefined {
  const printer = printers[format];
  const { root, children, moved } = nestStacks(stack, {
    room,
    outputs: templateQuotas.outputs,
    bytesOf: (resource) => printer.bytes(resource, context),
    urlOf: (name) => `${NESTED}/${name}.${format}`,
  });
  if (children.length === 0) return undefined;
  const templates = [
    { stack: root, ...printer.file(root, context, "template") },
    ...children.map((child) => ({
      stack: child.stack,
      // The errors of the design stand in the root.
      ...printer.file(child.stack, { ...context, findings: [] }, `${NESTED}/${child.name}`),
    })),
  ];
  // A root that still has all of it is no better than the one template.
  if (tooMuch(root, templates[0]?.bytes).length >= why.length) return undefined;
  const messages = [...howTo(stack, children.length, format, why), ...whereMoved(moved)];
  return {
    files: templates.map(({ file }) => file),
    notes: [...messages.map((message) => ({ message })), ...limitNotes(templates)],
  };
}

function howTo(stack: Stack, children: number, format: Format, why: readonly string[]): string[] {
  const total = Object.keys(stack.resources).length;
  const json = format === "json" ? "--use-json " : "";
  const packaged = `packaged.${format}`;
  const said = [
    `One template would have ${list(why)}, so template.${format} nests ${count(children, "template")}. Deploy them through a bucket of yours: aws cloudformation package --template-file template.${format} --s3-bucket BUCKET ${json}--output-template-file ${packaged} && aws cloudformation deploy --template-file ${packaged} --s3-bucket BUCKET --stack-name NAME --capabilities ${capabilityOf(stack)}`,
    "CloudFormation makes a resource that moves to another template anew and then deletes the old one. What holds data or has a name of its own therefore stays in the root while there is room, and most edits move nothing. Where this design was deployed as one template, much of it moves, and what may exist only once, such as the port of a listener, stands in its own way: deploy under a new name, or move it with aws cloudformation create-stack-refactor and nest the stacks by a resource import.",
  ];
  if (total > templateQuotas.nestedResources) {
    said.push(
      `CloudFormation creates, changes or deletes at most ${templateQuotas.nestedResources} resources of nested stacks in one operation, and the first deployment of this design needs ${total}. Split the design.`,
    );
  }
  return said;
}

function whereMoved(moved: readonly string[]): string[] {
  if (moved.length === 0) return [];
  const some = moved.slice(0, 3);
  const names = moved.length > some.length ? [...some, `${moved.length - some.length} more`] : some;
  return [
    `A template takes ${templateQuotas.outputs} outputs, so ${list(names)} ${moved.length === 1 ? "is an output" : "are outputs"} of the nested stacks. To read all of them: aws cloudformation describe-stacks --query "{Stacks: Stacks[?starts_with(StackName, 'NAME')]}"`,
  ];
}
