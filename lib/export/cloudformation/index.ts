import * as z from "zod";
import { list } from "../../core/text";
import type { Origin, Resource, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { Lines, Trail } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target } from "../target";
import { printJsonValue, quoted } from "./json";
import { head, resourceBody } from "./template";
import { comment, printEntry, scalar } from "./yaml";

const VERSION = "2010-09-09";

/** Limits of one template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
const MAX_PARAMETERS = 200;
const MAX_OUTPUTS = 200;
const MAX_BYTES = 1_048_576;

const options = z.strictObject({
  format: z.enum(["yaml", "json"]).default("yaml").meta({ label: "Format" }),
});
export type CloudFormationOptions = z.output<typeof options>;

/** A CloudFormation template in YAML or JSON. */
export const cloudformation: Target<CloudFormationOptions> = {
  id: "cloudformation",
  label: "CloudFormation",
  about: "One template: parameters, resources, outputs.",
  options,
  environments: "merged",
  emit(stack, { format }, context) {
    const file = format === "json" ? jsonFile(stack, context) : yamlFile(stack, context);
    return { files: [file], notes: notes(stack, file) };
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

function yamlFile(stack: Stack, context: ExportContext): OutFile {
  const lines = new Lines();
  const { description, sections, outputs } = head(stack, context);
  for (const finding of context.findings) lines.add(comment(`# ERROR ${finding.rule}: ${finding.message}`));
  lines.add(`AWSTemplateFormatVersion: "${VERSION}"`);
  lines.add(`Description: ${scalar(description)}`);
  for (const section of sections) printSection(lines, section.title, section.entries, originOf(stack, section.title));
  lines.add("");
  lines.add(Object.keys(stack.resources).length === 0 ? "Resources: {}" : "Resources:");
  for (const resource of Object.values(stack.resources)) {
    const trail = Trail.of(resource);
    const from = source(resource, context);
    if (from !== "") lines.add(comment(`  # ${from}`), trail.origin);
    lines.add(`  ${resource.id}:`, trail.origin);
    for (const [key, value] of Object.entries(resourceBody(resource))) {
      printEntry(lines, "    ", key, value, trail.into(key === "Properties" ? "properties" : key));
    }
  }
  if (Object.keys(outputs).length > 0) printSection(lines, "Outputs", outputs, originOf(stack, "Outputs"));
  return { path: "template.yaml", text: lines.text(), lines: lines.origins };
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

function jsonFile(stack: Stack, context: ExportContext): OutFile {
  const lines = new Lines();
  const { description, sections, outputs } = head(stack, context);
  lines.add("{");
  lines.add(`  "AWSTemplateFormatVersion": "${VERSION}",`);
  lines.add(`  "Description": ${quoted(description)},`);
  // JSON has no comments: findings stand with the metadata.
  const findings: Value = context.findings.map(({ rule, message }) => ({ rule, message }));
  const metadata = {
    ...sections.find(({ title }) => title === "Metadata")?.entries,
    ...(context.findings.length > 0 ? { "Bayplan::Errors": findings } : {}),
  };
  if (Object.keys(metadata).length > 0)
    printJsonValue(lines, "  ", '"Metadata": ', metadata, ",", Trail.fixed(undefined));
  for (const section of sections) {
    if (section.title === "Metadata") continue;
    printBlock(lines, section.title, section.entries, ",", originOf(stack, section.title));
  }
  const resources = Object.values(stack.resources);
  const last = Object.keys(outputs).length === 0 ? "" : ",";
  if (resources.length === 0) lines.add(`  "Resources": {}${last}`);
  else {
    lines.add('  "Resources": {');
    resources.forEach((resource, index) => {
      printJsonResource(lines, resource, index < resources.length - 1 ? "," : "");
    });
    lines.add(`  }${last}`);
  }
  if (last !== "") printBlock(lines, "Outputs", outputs, "", originOf(stack, "Outputs"));
  lines.add("}");
  return { path: "template.json", text: lines.text(), lines: lines.origins };
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

function notes(stack: Stack, file: OutFile): ExportNote[] {
  const found: ExportNote[] = keptNotes(stack);
  const counts: [string, object, number][] = [
    ["resources", stack.resources, MAX_RESOURCES],
    ["parameters", stack.parameters, MAX_PARAMETERS],
    ["outputs", stack.outputs, MAX_OUTPUTS],
  ];
  for (const [what, entries, most] of counts) {
    const count = Object.keys(entries).length;
    if (count > most) {
      found.push({
        message: `The template has ${count} ${what}; CloudFormation takes ${most} in one. Split the design.`,
      });
    }
  }
  const bytes = byteLength(file.text);
  if (bytes > MAX_BYTES) {
    found.push({
      message: `The template has ${bytes} bytes; CloudFormation takes ${MAX_BYTES} from S3. Split the design.`,
    });
  }
  return found;
}

/** CloudFormation takes no condition in DeletionPolicy: what one environment keeps, all keep. */
function keptNotes({ environments, resources }: Stack): ExportNote[] {
  return Object.entries(environments?.kept ?? {}).map(([id, names]) => {
    const { node, edge } = resources[id]?.origins[""]?.[0] ?? {};
    return {
      message: `${id} outlives its stack in every environment because ${list(names)} ${names.length === 1 ? "asks" : "ask"} for it; a template says this once for all.`,
      ...(node === undefined ? {} : { node }),
      ...(edge === undefined ? {} : { edge }),
    };
  });
}

/** Length in UTF-8, without making the bytes: two for small letters beyond ASCII, three beyond, four for a pair. */
function byteLength(text: string): number {
  const two = text.match(/[\u0080-\u07ff]/g)?.length ?? 0;
  const three = text.match(/[\u0800-\ud7ff\ue000-\uffff]/g)?.length ?? 0;
  const half = text.match(/[\ud800-\udfff]/g)?.length ?? 0;
  return text.length + two + 2 * three + half;
}
