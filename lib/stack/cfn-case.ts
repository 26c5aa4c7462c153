import type { Properties, Value } from "./value";

/**
 * Properties spelt as the ECS API spells them (camelCase) in CloudFormation's spelling. Undefined and empty lists are
 * left out; keys of the maps named in `opaque` are the person's own and stay.
 */
export function cfnCase(value: object, opaque: ReadonlySet<string> = new Set()): Properties {
  const result: Properties = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || item === null || (Array.isArray(item) && item.length === 0)) continue;
    result[pascal(key)] = opaque.has(key) ? (item as Value) : convert(item, opaque);
  }
  return result;
}

export const pascal = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

function convert(item: unknown, opaque: ReadonlySet<string>): Value {
  if (Array.isArray(item)) return item.map((entry) => convert(entry, opaque));
  if (typeof item === "object" && item !== null) return cfnCase(item, opaque);
  return item as Value;
}
