import type { Origin, Resource, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { Lines, Trail } from "../lines";
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
      file(stack: Stack, context: ExportContext, name: string): OutFile;
      bytes(resource: Resource, context: ExportContext): number;
    }
  >
> = {
  yaml: {
    file: yamlFile,
    bytes: (resource, context) => {
      const lines = new Lines();
      printYamlResource(lines, resource, context);
      return byteLength(lines.text());
    },
  },
  json: {
    file: jsonFile,
    bytes: (resource) => {
      const lines = new Lines();
      printJsonResource(lines, resource, ",");
      return byteLength(lines.text());
    },
  },
};

/** "Front door (n3)": which part of the drawing a resource comes from. */
function source(resource: Resource, context: ExportContext): string {
  const origins = resource.origins[""] ?? [];
  const parts = origins.map((origin) => {
    if (origin.node !== undefined) return `${context.names[origin.node] ?? origin.node} (${origin.node})`;
    return `connection ${origin.edge}`;
  });
  return [...new Set(parts)].slice(0, 3).join(", ");
}

function yamlFile(stack: Stack, context: ExportContext, name: string): OutFile {
  const lines = new Lines();
  const { description, sections, outputs, metadata } = head(stack, context);
  for (const finding of context.findings) lines.add(comment(`# ERROR ${finding.rule}: ${finding.message}`));
  lines.add(`AWSTemplateFormatVersion: "${VERSION}"`);
  lines.add(`Description: ${scalar(description)}`);
  for (const section of sections) printSection(lines, section.title, section.entries, originOf(stack, section.title));
  lines.add("");
  lines.add(Object.keys(stack.resources).length === 0 ? "Resources: {}" : "Resources:");
  for (const resource of Object.values(stack.resources)) printYamlResource(lines, resource, context);
  if (Object.keys(outputs).length > 0) printSection(lines, "Outputs", outputs, originOf(stack, "Outputs"));
  if (Object.keys(metadata).length > 0) printSection(lines, "Metadata", metadata, () => undefined);
  return { path: `${name}.yaml`, text: lines.text(), lines: lines.origins };
}

function printYamlResource(lines: Lines, resource: Resource, context: ExportContext): void {
  const trail = Trail.of(resource);
  const from = source(resource, context);
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

function jsonFile(stack: Stack, context: ExportContext, name: string): OutFile {
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
      printJsonResource(lines, resource, index < resources.length - 1 ? "," : "");
    });
    lines.add(`  }${last}`);
  }
  if (Object.keys(outputs).length > 0) printBlock(lines, "Outputs", outputs, end, originOf(stack, "Outputs"));
  if (end !== "") printBlock(lines, "Metadata", metadata, "", () => undefined);
  lines.add("}");
  return { path: `${name}.json`, text: lines.text(), lines: lines.origins };
}

function printJsonResource(lines: Lines, resource: Resource, tail: string): void {
  const trail = Trail.of(resource);
  const body = Object.entries(resourceBody(resource));
  lines.add(`    ${quoted(resource.id)}: {`, trail.origin);
  body.forEach(([key, value], index) => {
    const at = trail.into(key === "Properties" ? "properties" : key);
    printJsonValue(lines, "      ", `${quoted(key)}: `, value, index < body.length - 1 ? "," : "", at);
  });
  lines.add(`    }${tail}`, trail.origin);
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

/** Length in UTF-8, without making the bytes: two for small letters beyond ASCII, three beyond, four for a pair. */
export function byteLength(text: string): number {
  // Almost every text is ASCII.
  if (!/[\u0080-\uffff]/.test(text)) return text.length;
  const two = text.match(/[\u0080-\u07ff]/g)?.length ?? 0;
  const three = text.match(/[\u0800-\ud7ff\ue000-\uffff]/g)?.length ?? 0;
  const half = text.match(/[\ud800-\udfff]/g)?.length ?? 0;
  return text.length + two + 2 * three + half;
}
