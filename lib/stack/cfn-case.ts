import type { Properties, Value } from "./value";

/**
 * Properties spelt as the ECS API spells them (camelCase) in CloudFormation's spelling. Undefined and empty lists are
 * left out; keys of the maps named in `opaque` are the person's own and stay.
 */
export function cfnCase(value: object, opaque: ReadonlySet<string> = new Set()): Properties {
  const result: Properties = {};
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined || item === null || (Array.isArray(item) && item.length === 0)) continue;
    result[pascal(key)] = opaque.has(key) ? (item as Value) : convert(item, opaque);
  }
  return result;
}

const spelt = new Map<string, string>();

/** "containerPort" → "ContainerPort". Keys are the catalog's, so that there are few. */
export function pascal(key: string): string {
  let name = spelt.get(key);
  if (name === undefined) {
    name = key.charAt(0).toUpperCase() + key.slice(1);
    spelt.set(key, name);
  }
  return name;
}

function convert(item: unknown, opaque: ReadonlySet<string>): Value {
  if (Array.isArray(item)) return item.map((entry) => convert(entry, opaque));
  if (typeof item === "object" && item !== null) return cfnCase(item, opaque);
  return item as Value;
}
