import { RegisterTaskDefinitionRequest$ } from "@aws-sdk/client-ecs";
import { isObject } from "../core/json";

/**
 * Judges a task definition file by the ECS API's own shapes, as the AWS SDK carries them: known members, required ones,
 * value types. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function judgeRegister(input: unknown): string[] {
  const said: string[] = [];
  judge(input, RegisterTaskDefinitionRequest$, "", said);
  return said;
}

/** Simple types of the SDK's static schemas; 64 and 128 mark a list and a map of one. */
const simple: Readonly<Record<number, { what: string; test: (value: unknown) => boolean }>> = {
  0: { what: "text", test: (value) => typeof value === "string" },
  1: { what: "a number", test: (value) => typeof value === "number" },
  2: { what: "true or false", test: (value) => typeof value === "boolean" },
};
const LIST = 64;
const MAP = 128;

type Schema = unknown;

function judge(value: unknown, schema: Schema, at: string, said: string[]): void {
  if (typeof schema === "function") judge(value, (schema as () => Schema)(), at, said);
  else if (typeof schema === "number") judgeSimple(value, schema, at, said);
  else if (Array.isArray(schema)) {
    // [schema, traits] is a schema with traits of the member; [kind, namespace, name, …] is a shape.
    if (typeof schema[1] === "string") judgeShape(value, schema as Shape, at, said);
    else judge(value, schema[0], at, said);
  }
}

type Shape = [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: unknown,
  schemas: unknown,
  required?: number,
];

function judgeShape(
  value: unknown,
  [kind, , name, , members, schemas, required]: Shape,
  at: string,
  said: string[],
): void {
  if (kind === 1) judgeList(value, members, at, said);
  else if (kind === 2) judgeMap(value, schemas, at, said);
  else if (kind === 3) {
    if (!isObject(value)) {
      said.push(`${at}: must be a ${name}`);
      return;
    }
    const names = members as string[];
    for (const needed of names.slice(0, required ?? 0)) {
      if (value[needed] === undefined) said.push(`${at}: ${needed} is required`);
    }
    for (const [key, item] of Object.entries(value)) {
      const index = names.indexOf(key);
      if (index < 0) said.push(`${at}: ${key} is not a member of ${name}`);
      else judge(item, (schemas as Schema[])[index], `${at}/${key}`, said);
    }
  }
}

function judgeSimple(value: unknown, schema: number, at: string, said: string[]): void {
  if (schema & LIST) judgeList(value, schema & ~LIST, at, said);
  else if (schema & MAP) judgeMap(value, schema & ~MAP, at, said);
  else {
    const type = simple[schema];
    if (type && !type.test(value)) said.push(`${at}: must be ${type.what}, not ${JSON.stringify(value)}`);
  }
}

function judgeList(value: unknown, item: Schema, at: string, said: string[]): void {
  if (!Array.isArray(value)) said.push(`${at}: must be a list`);
  else
    value.forEach((one, index) => {
      judge(one, item, `${at}/${index}`, said);
    });
}

function judgeMap(value: unknown, item: Schema, at: string, said: string[]): void {
  if (!isObject(value)) said.push(`${at}: must be a map`);
  else for (const [key, one] of Object.entries(value)) judge(one, item, `${at}/${key}`, said);
}
