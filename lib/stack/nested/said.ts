import type { Resource } from "../stack";
import type { Value } from "../value";
import { keyOf, type Reading, readValue, type Taken, variablesIn } from "./references";

/** What a resource says by itself, whatever stack it stands in. */
export interface Said {
  /** References, each once. */
  targets: readonly Taken[];
  /** The ids that they name and that it waits for, each once and in order. */
  ids: readonly string[];
  /** Conditions of its values; its own stands with it. */
  conditions: ReadonlySet<string>;
  /** What it looks up: a mapping and a key, undefined where only deployment knows it. */
  lookups: readonly (readonly [name: string | undefined, key: string | undefined])[];
  /** Resources of which it takes an attribute whose name only deployment knows. */
  unnamed: readonly string[];
  /** Words of texts that look resources up in a stack that they are told. */
  helpers: readonly string[];
  /** Variables that its texts bring along. */
  variables: ReadonlySet<string>;
}

/**
 * Helpers on instances that look a resource up in the stack that they are told.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html
 */
const helpers = /\bcfn-(?:signal|init|hup|get-metadata)\b|\bsignal-resource\b|\bdescribe-stack-resources?\b/;

/** All of a resource that can hold values. */
const valuesOf = ({ properties, metadata, creationPolicy, updatePolicy }: Resource): Value[] =>
  [properties, metadata, creationPolicy, updatePolicy].filter((value) => value !== undefined);

/** Resources are never changed once they are made. */
const known = new WeakMap<Resource, Said>();

/** Reads a resource, once for each that there is. */
export function saidBy(resource: Resource): Said {
  let said = known.get(resource);
  if (!said) {
    said = read(resource);
    known.set(resource, said);
  }
  return said;
}

function read(resource: Resource): Said {
  const targets = new Map<string, Taken>();
  const conditions = new Set<string>();
  const lookups: [string | undefined, string | undefined][] = [];
  const unnamed: string[] = [];
  const words: string[] = [];
  const variables = new Set<string>();
  const reading: Reading = {
    target: (target) => {
      const key = keyOf(target);
      targets.set(key, { ...target, key });
      return undefined;
    },
    condition: (name) => void conditions.add(name),
    mapping: (name, key) => void lookups.push([name, key]),
    unnamed: (id) => void unnamed.push(id),
    text: (text) => {
      // The shortest helper is cfn-hup.
      if (text.length >= 7 && helpers.test(text)) words.push(...(text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []));
    },
  };
  for (const value of valuesOf(resource)) {
    readValue(value, reading);
    variablesIn(value, variables);
  }
  const taken = [...targets.values()];
  const ids = [...new Set([...taken.map(({ id }) => id), ...(resource.dependsOn ?? [])])].sort();
  return { targets: taken, ids, conditions, lookups, unnamed, helpers: words, variables };
}
