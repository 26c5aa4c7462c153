import * as z from "zod";
import type { Stack } from "../../stack/stack";
import { descriptionOf } from "../description";
import type { ExportContext, OutFile, Target } from "../target";
import { dataSources, locals, outputs, provider, variables, versions } from "./around";
import { blocksOf } from "./blocks";
import { type Block, Printer } from "./hcl";
import { table } from "./types";
import { exprOf } from "./values";
import { Writing } from "./writing";

const options = z.strictObject({});
export type TerraformOptions = z.output<typeof options>;

/** One Terraform module in HCL that makes the same resources, for the AWS provider. */
export const terraform: Target<TerraformOptions> = {
  id: "terraform",
  label: "Terraform",
  about: "One module in HCL that makes the same resources.",
  options,
  environments: "single",
  emit(stack, _options, context) {
    const writing = startWriting(stack, context);
    return { files: files(writing, stack, context), notes: writing.notes };
  },
};

/** An export that has given everything its name, and written nothing yet. */
export function startWriting(stack: Stack, context: ExportContext): Writing {
  const writing = new Writing(stack, context, table, exprOf);
  // Names of the module's own come first.
  for (const name of ["name", "region"]) writing.variables.of(name);
  for (const id of Object.keys(stack.parameters)) writing.variables.of(id);
  for (const id of Object.keys(stack.resources)) writing.names.of(id);
  return writing;
}

function files(writing: Writing, stack: Stack, context: ExportContext): OutFile[] {
  const made = [...blocksOf(writing)].sort(([a], [b]) => (a < b ? -1 : 1));
  const found = locals(writing);
  const said = outputs(writing);
  const wanted = variables(writing, context.model.region);
  const head = [
    ...context.findings.map(({ rule, message }) => `ERROR ${rule}: ${message}`),
    inVariables(writing, descriptionOf(context.designName, stack.description)),
  ];
  const around: [string, Block[], string[]][] = [
    ["versions.tf", versions(), head],
    ["providers.tf", provider(), []],
    ["variables.tf", wanted, []],
    ["locals.tf", found, []],
    ["data.tf", dataSources(writing), []],
  ];
  return [
    ...around.filter(([, blocks]) => blocks.length > 0).map(([path, blocks, comments]) => file(path, blocks, comments)),
    ...made.map(([path, blocks]) => file(path, blocks, [])),
    ...(said.length > 0 ? [file("outputs.tf", said, [])] : []),
    { path: ".gitignore", text: ".terraform/\n*.tfstate\n*.tfstate.*\n*.tfplan\n", lines: [] },
  ];
}

/** Parameters go by the names of their variables. */
function inVariables({ stack, variables: names }: Writing, description: string): string {
  return Object.keys(stack.parameters)
    .sort((a, b) => b.length - a.length)
    .reduce((said, id) => said.replace(new RegExp(`\\b${id}\\b`, "g"), names.of(id)), description);
}

function file(path: string, blocks: readonly Block[], comments: readonly string[]): OutFile {
  const printer = new Printer();
  for (const comment of comments) printer.comment(comment);
  blocks.forEach((one, at) => {
    if (at > 0 || comments.length > 0) printer.lines.add("");
    printer.block(one);
  });
  return { path, text: printer.lines.text(), lines: printer.lines.origins };
}
