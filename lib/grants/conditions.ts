import { isObject } from "../core/json";
import { Intrinsic, type Value } from "../stack/value";
import { type Names, textOf } from "./names";
import { matches, type Text } from "./text";
import { allOf, anyOf, not, type Tri } from "./tri";

/** What is known of a request, by key in lower case: a value, or that the key is absent. Anything else is unknown. */
export type Context = ReadonlyMap<string, Text | "absent">;

type Compare = (wanted: Text, given: Text) => Tri;

const lower = (text: Text): Text => text.map((part) => (typeof part === "string" ? part.toLowerCase() : part));
/** Wildcards count for nothing in the equal-operators. */
const exactly: Compare = (wanted, given) => {
  const plain = wanted.some((part) => typeof part === "string" && /[*?]/.test(part));
  if (!plain) return matches(wanted, given);
  if ([...wanted, ...given].some((part) => typeof part !== "string")) return "maybe";
  return wanted.join("") === given.join("") ? "yes" : "no";
};

const ARN_PARTS = 6;

/** The six parts of an ARN one by one, as IAM compares them. */
function partsOf(text: Text): Text[] {
  const parts: (string | Text[number])[][] = [[]];
  for (const piece of text) {
    if (typeof piece !== "string") {
      parts[parts.length - 1]?.push(piece);
      continue;
    }
    piece.split(":").forEach((run, index) => {
      if (index > 0 && parts.length < ARN_PARTS) parts.push([]);
      else if (index > 0) parts[parts.length - 1]?.push(":");
      if (run !== "") parts[parts.length - 1]?.push(run);
    });
  }
  return parts;
}

const arnLike: Compare = (wanted, given) => {
  const [left, right] = [partsOf(wanted), partsOf(given)];
  // A single token may be the whole ARN.
  if (left.length < ARN_PARTS || right.length < ARN_PARTS) return matches(wanted, given);
  return allOf(left.map((part, index) => matches(part, right[index] ?? [])));
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, { compare: Compare; negated?: boolean }>> = {
  stringequals: { compare: exactly },
  stringnotequals: { compare: exactly, negated: true },
  stringequalsignorecase: { compare: (wanted, given) => exactly(lower(wanted), lower(given)) },
  stringnotequalsignorecase: { compare: (wanted, given) => exactly(lower(wanted), lower(given)), negated: true },
  stringlike: { compare: matches },
  stringnotlike: { compare: matches, negated: true },
  arnequals: { compare: arnLike },
  arnnotequals: { compare: arnLike, negated: true },
  arnlike: { compare: arnLike },
  arnnotlike: { compare: arnLike, negated: true },
  bool: { compare: (wanted, given) => exactly(lower(wanted), lower(given)) },
};

/** Whether all conditions of a statement hold for a request. */
export function conditionsHold(names: Names, conditions: Value | undefined, context: Context): Tri {
  if (conditions === undefined) return "yes";
  if (!isObject(conditions) || conditions instanceof Intrinsic) return "maybe";
  return allOf(
    Object.entries(conditions).flatMap(([operator, keys]) =>
      isObject(keys) && !((keys as unknown) instanceof Intrinsic)
        ? Object.entries(keys).map(([key, values]) => holds(names, operator, key, values as Value, context))
        : ["maybe" as const],
    ),
  );
}

function holds(names: Names, operator: string, key: string, values: Value, context: Context): Tri {
  const [, set, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const given = context.get(key.toLowerCase());
  const wanted = (Array.isArray(values) ? values : [values]).map((value) => textOf(names, value));
  if (base.toLowerCase() === "null") {
    if (given === undefined) return "maybe";
    return anyOf(wanted.map((text) => exactly(lower(text), [given === "absent" ? "true" : "false"])));
  }
  const name = base.toLowerCase();
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (given === undefined || !known) return "maybe";
  if (given === "absent") {
    // Without the key a plain comparison fails, a negated one and one "if exists" hold.
    return ifExists !== undefined || known.negated || set?.toLowerCase() === "forallvalues" ? "yes" : "no";
  }
  const equal = anyOf(wanted.map((text) => known.compare(text, given)));
  return known.negated ? not(equal) : equal;
}
