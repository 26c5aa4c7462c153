import { parse } from "@cdktn/hcl2json";
import type { OutFile } from "../export/target";
import schema from "./terraform-schema.json" with { type: "json" };

/** Arguments (1: required), blocks and what can be read, as scripts/build-terraform-schema.mjs writes them. */
interface Shape {
  a: Record<string, number>;
  b?: Record<string, Shape>;
  /** Required block. */
  m?: number;
  r?: string[];
}
type Json = Record<string, unknown>;

const types = schema.types as unknown as Record<string, Shape>;
const kinds = ["resource", "data", "ephemeral"] as const;

/** Arguments that every block takes. https://developer.hashicorp.com/terraform/language/meta-arguments */
const meta = new Set(["count", "depends_on", "for_each", "lifecycle", "provider"]);

/** All blocks of a module, read by HashiCorp's own parser: kind → type → name → body. */
export async function readModule(
  files: readonly OutFile[],
): Promise<Record<string, Record<string, Record<string, Json>>>> {
  const module: Record<string, Record<string, Record<string, Json>>> = {};
  for (const { path, text } of files) {
    if (!path.endsWith(".tf")) continue;
    const parsed = (await parse(path, text)) as Record<string, Record<string, Record<string, Json[]>>>;
    for (const kind of kinds) {
      for (const [type, named] of Object.entries(parsed[kind] ?? {})) {
        for (const [name, bodies] of Object.entries(named)) {
          const ofKind = module[kind] ?? {};
          module[kind] = ofKind;
          const ofType = ofKind[type] ?? {};
          ofKind[type] = ofType;
          if (ofType[name] || bodies.length !== 1) throw new Error(`${kind} ${type}.${name} stands there twice.`);
          ofType[name] = bodies[0] as Json;
        }
      }
    }
  }
  return module;
}

/** What the provider would refuse of a module: unknown types and arguments, missing ones, references into nothing. */
export async function moduleFaults(files: readonly OutFile[]): Promise<string[]> {
  const module = await readModule(files);
  const faults: string[] = [];
  for (const kind of kinds) {
    for (const [type, named] of Object.entries(module[kind] ?? {})) {
      const shape = types[`${kind} ${type}`];
      if (!shape) faults.push(`${kind} ${type} is not in the schema.`);
      for (const [name, body] of Object.entries(named)) {
        const where = `${kind} ${type}.${name}`;
        if (shape) bodyFaults(where, body, shape, faults);
        for (const reference of referencesIn(body)) referenceFault(where, reference, module, faults);
      }
    }
  }
  return faults;
}

function bodyFaults(where: string, body: Json, shape: Shape, faults: string[]): void {
  const given = new Set(Object.keys(body));
  for (const [name, value] of Object.entries(body)) {
    if (meta.has(name) || name in shape.a) continue;
    if (name === "dynamic") {
      for (const [block, inner] of Object.entries(value as Record<string, { content: Json[] }[]>)) {
        given.add(block);
        for (const one of inner) for (const content of one.content) innerFaults(where, block, content, shape, faults);
      }
    } else if (!Array.isArray(value)) faults.push(`${where}: ${name} is not an argument.`);
    else for (const one of value) innerFaults(where, name, one as Json, shape, faults);
  }
  for (const [name, required] of Object.entries(shape.a)) {
    if (required === 1 && !given.has(name)) faults.push(`${where}: ${name} is missing.`);
  }
  for (const [name, inner] of Object.entries(shape.b ?? {})) {
    if (inner.m === 1 && !given.has(name)) faults.push(`${where}: block ${name} is missing.`);
  }
}

function innerFaults(where: string, name: string, body: Json, shape: Shape, faults: string[]): void {
  const inner = shape.b?.[name];
  if (inner) bodyFaults(`${where} ${name}`, body, inner, faults);
  else faults.push(`${where}: ${name} is neither argument nor block.`);
}

/** "aws_vpc.network.id", with "data." before it where it is looked up. */
export function referencesIn(value: unknown): string[] {
  const code = JSON.stringify(value);
  return [
    ...code.matchAll(/(?<![\w."-])((?:data\.|ephemeral\.)?aws_[a-z0-9_]+\.[a-z0-9_]+(?:\[\*\])?(?:\.[a-z0-9_]+)?)/g),
  ].map(([, found]) => (found as string).replace("[*]", ""));
}

function referenceFault(
  where: string,
  reference: string,
  module: Record<string, Record<string, Record<string, Json>>>,
  faults: string[],
): void {
  const parts = reference.split(".");
  const kind = parts[0] === "data" || parts[0] === "ephemeral" ? (parts.shift() as string) : "resource";
  const [type = "", name = "", attribute] = parts;
  if (!module[kind]?.[type]?.[name]) faults.push(`${where} speaks of ${reference}, which is not there.`);
  const shape = types[`${kind} ${type}`];
  if (attribute !== undefined && shape && !shape.r?.includes(attribute) && !(attribute in shape.a))
    faults.push(`${where} reads ${reference}, which the type does not have.`);
}
