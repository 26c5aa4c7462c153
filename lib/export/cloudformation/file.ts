import type { Origin, Resource, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { type Block, Lines, Trail } from "../lines";
import type { ExportContext, OutFile } from "../target";
import { printJsonValue, quoted } from "./json";
import { head, resourceBody } from "./template";
import { comment, printEntry, scalar } from "./yaml";

const VERSION = "2010-09-09";

export type Format = "yaml" | "json";

/** One template as a file, and the length of a resource in it. */
export const printers: Readonly<
  Record<
    Format,
    {
      /** `name` is the path without its ending. */
      file(stack: Stack, context: ExportContext, name: string): Printed;
      bytes(resource: Resource, context: ExportContext): number;
    }
  >
> = {
  yaml: { file: yamlFile, bytes: (resource, context) => yamlResource(resource, context).bytes + 1 },
  // With the comma that stands behind all but the last, and the end of the line.
  json: { file: jsonFile, bytes: (resource) => jsonResource(resource).bytes + 2 },
};

/** Resources are never changed once they are made: what is the same resource is printed once. */
const printedYaml = new WeakMap<Resource, { from: string; block: Block }>();
const printedJson = new WeakMap<Resource, Block>();

function yamlResource(resource: Resource, context: ExportContext): Block {
  const from = source(resource, context);
  const known = printedYaml.get(resource);
  if (known?.from === from) return known.block;
  const lines = new Lines();
  printYamlResource(lines, resource, from);
  const block = lines.block();
  printedYaml.set(resource, { from, block });
  return block;
}

function jsonResource(resource: Resource): Block {
  const known = printedJson.get(resource);
  if (known) return known;
  const lines = new Lines();
  printJsonResource(lines, resource);
  const block = lines.block();
  printedJson.set(resource, block);
  return block;
}

export interface Printed {
  file: OutFile;
  /** Length of its text in UTF-8. */
  bytes: number;
}

/** A file whose origins are put together only when somebody asks for them. */
function fileOf(path: string, lines: Lines): Printed {
  let origins: OutFile["lines"] | undefined;
  const file = {
    path,
    text: lines.text(),
    get lines() {
      origins ??= lines.origins;
      return origins;
    },
  };
  return { file, bytes: lines.bytes };
}

/** "Front door (n3)": which part of the drawing a resource comes from. */
function source(resource: Resource, context: ExportContext): string {
  const origins = resource.origins[""] ?? [];
  const said = ({ node, edge }: Origin): string =>
    node === undefined ? `connection ${edge}` : `${context.names[node] ?? node} (${node})`;
  const [first] = origins;
  if (origins.length === 1 && first) return said(first);
  return [...new Set(origins.map(said))].slice(0, 3).join(", ");
}

function yamlFile(stack: Stack, context: ExportContext, name: string): Printed {
  const lines = new Lines();
  const { description, sections, outputs, metadata } = head(stack, context);
  for (const finding of context.findings) lines.add(comment(`# ERROR ${finding.rule}: ${finding.message}`));
  lines.add(`AWSTemplateFormatVersion: "${VERSION}"`);
  lines.add(`Description: ${scalar(description)}`);
  for (const section of sections) printSection(lines, section.title, section.entries, originOf(stack, section.title));
  lines.add("");
  lines.add(Object.keys(stack.resources).length === 0 ? "Resources: {}" : "Resources:");
  for (const resource of Object.values(stack.resources)) lines.put(yamlResource(resource, context));
  if (Object.keys(outputs).length > 0) printSection(lines, "Outputs", outputs, originOf(stack, "Outputs"));
  if (Object.keys(metadata).length > 0) printSection(lines, "Metadata", metadata, () => undefined);
  return fileOf(`${name}.yaml`, lines);
}

function printYamlResource(lines: Lines, resource: Resource, from: string): void {
  const trail = Trail.of(resource);
  if (from !== "") lines.add(comment(`  # ${from}`), trail.origin);
  lines.add(`  ${resource.id}:`, trail.origin);
  for (const [key, value] of Object.entries(resourceBody(resource))) {
    printEntry(lines, "    ", key, value, trail.into(key === "Properties" ? "properties" : key));
  }
}

function printSection(
  lines: Lines,
  title: string,
  entries: Properties,
  origin: (name: string) => Origin | undefined,
): void {
  lines.add("");
  lines.add(`${title}:`);
  for (const [name, value] of Object.entries(entries)) printEntry(lines, "  ", name, value, Trail.fixed(origin(name)));
}

const originOf =
  (stack: Stack, title: string) =>
  (name: string): Origin | undefined =>
    title === "Parameters"
      ? stack.parameters[name]?.origin
      : title === "Outputs"
        ? stack.outputs[name]?.origin
        : undefined;

function jsonFile(stack: Stack, context: ExportContext, name: string): Printed {
  const lines = new Lines();
  const { description, sections, outputs, ...about } = head(stack, context);
  lines.add("{");
  lines.add(`  "AWSTemplateFormatVersion": "${VERSION}",`);
  lines.add(`  "Description": ${quoted(description)},`);
  // JSON has no comments: findings stand with the metadata.
  const findings: Value = context.findings.map(({ rule, message }) => ({ rule, message }));
  const metadata = { ...about.metadata, ...(context.findings.length > 0 ? { "Bayplan::Errors": findings } : {}) };
  for (const section of sections)
    printBlock(lines, section.title, section.entries, ",", originOf(stack, section.title));
  const resources = Object.values(stack.resources);
  const end = Object.keys(metadata).length === 0 ? "" : ",";
  const last = Object.keys(outputs).length === 0 ? end : ",";
  if (resources.length === 0) lines.add(`  "Resources": {}${last}`);
  else {
    lines.add('  "Resources": {');
    resources.forEach((resource, index) => {
      lines.put(jsonResource(resource));
      if (index < resources.length - 1) lines.extend(",");
    });
    lines.add(`  }${last}`);
  }
  if (Object.keys(outputs).length > 0) printBlock(lines, "Outputs", outputs, end, originOf(stack, "Outputs"));
  if (end !== "") printBlock(lines, "Metadata", metadata, "", () => undefined);
  lines.add("}");
  return fileOf(`${name}.json`, lines);
}

function printJsonResource(lines: Lines, resource: Resource): void {
  const trail = Trail.of(resource);
  const body = Object.entries(resourceBody(resource));
  lines.add(`    ${quoted(resource.id)}: {`, trail.origin);
  body.forEach(([key, value], index) => {
    const at = trail.into(key === "Properties" ? "properties" : key);
    printJsonValue(lines, "      ", `${quoted(key)}: `, value, index < body.length - 1 ? "," : "", at);
  });
  lines.add("    }", trail.origin);
}

function printBlock(
  lines: Lines,
  title: string,
  entries: Properties,
  tail: string,
  origin: (name: string) => Origin | undefined,
): void {
  lines.add(`  ${quoted(title)}: {`);
  const rows = Object.entries(entries);
  rows.forEach(([name, value], index) => {
    const end = index < rows.length - 1 ? "," : "";
    printJsonValue(lines, "    ", `${quoted(name)}: `, value, end, Trail.fixed(origin(name)));
  });
  lines.add(`  }${tail}`);
}
