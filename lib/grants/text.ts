import type { Tri } from "./tri";

/** A part of a text that only the deployment knows. */
export interface Token {
  /** What it stands for; equal tokens are equal texts. */
  token: string;
  /** Characters that it may hold: an account's digits, a name, a path (a name with slashes), or any. */
  holds: "digits" | "name" | "path" | "text";
  /** The generated name of one resource of the stack: never equal to that of another. */
  own?: boolean;
  /** So many characters, where that is known. */
  length?: number;
}

/** Literal runs and tokens. As a pattern, `*` and `?` in the literal runs are wildcards. */
export type Text = readonly (string | Token)[];

const classes: { readonly [H in Token["holds"]]: (character: string) => boolean } = {
  digits: (character) => character >= "0" && character <= "9",
  name: (character) => character !== ":" && character !== "/",
  path: (character) => character !== ":",
  text: () => true,
};

/** As people read it: "arn:aws:sqs:eu-west-1:${AWS::AccountId}:${Orders}", "!Select [0, !Ref Arns]". */
export const show = (text: Text): string => {
  const [only] = text;
  if (text.length === 1 && typeof only === "object" && /^(!|the export )/.test(only.token)) return only.token;
  return text.map((part) => (typeof part === "string" ? part : `\${${part.token}}`)).join("");
};

/** What stands before the `count`th separator in the literal runs; all of it where there are fewer. */
export function before(text: Text, separator: string, count = 1): Text {
  const parts: Text[number][] = [];
  let left = count;
  for (const part of text) {
    if (typeof part !== "string") {
      parts.push(part);
      continue;
    }
    const runs = part.split(separator);
    if (runs.length - 1 >= left) return [...parts, runs.slice(0, left).join(separator)];
    left -= runs.length - 1;
    parts.push(part);
  }
  return parts;
}

type Atom = { character: string; wild?: "*" | "?" } | { token: Token; rest: boolean; at?: number };

const cache = new WeakMap<Text, { pattern?: Atom[]; subject?: Atom[] }>();

/** A token holds at least one character: its first, and whatever follows; or as many as it is long. */
function atomsOf(text: Text, as: "pattern" | "subject"): Atom[] {
  const known = cache.get(text) ?? {};
  cache.set(text, known);
  known[as] ??= text.flatMap((part): Atom[] => {
    if (typeof part !== "string") {
      if (part.length !== undefined)
        return Array.from({ length: part.length }, (_, at) => ({ token: part, rest: false, at }));
      return [
        { token: part, rest: false },
        { token: part, rest: true },
      ];
    }
    return [...part].map((character) =>
      as === "pattern" && (character === "*" || character === "?") ? { character, wild: character } : { character },
    );
  });
  return known[as];
}

/**
 * Whether a pattern with `*` and `?` matches a text, as far as the template says: yes for every deployment, no for
 * any, maybe where it depends on a name, account or value that the template does not fix.
 */
export function matches(pattern: Text, subject: Text): Tri {
  if (pattern.length === 1 && pattern[0] === "*") return "yes";
  const quick = quickly(pattern, subject);
  if (quick) return quick;
  const [left, right] = [atomsOf(pattern, "pattern"), atomsOf(subject, "subject")];
  if (walk(left, right, certainly)) return "yes";
  return walk(left, right, possibly) ? "maybe" : "no";
}

/** Most texts are equal part by part, or differ before anything in them is open. */
function quickly(pattern: Text, subject: Text): Tri | undefined {
  for (let index = 0; ; index += 1) {
    const [left, right] = [pattern[index], subject[index]];
    if (left === undefined && right === undefined) return "yes";
    if (typeof left !== "string" || typeof right !== "string") {
      if (!left || !right || typeof left === "string" || typeof right === "string") return undefined;
      if (left.token === right.token) continue;
      return left.own && right.own ? "no" : undefined;
    }
    const wild = left.search(/[*?]/);
    if (wild < 0 && left === right) continue;
    const fixed = wild < 0 ? left.length : wild;
    const length = Math.min(fixed, right.length);
    if (left.slice(0, length) !== right.slice(0, length)) return "no";
    const last = index === pattern.length - 1 && left.slice(wild) === "*";
    return last && wild >= 0 && right.length >= fixed ? "yes" : undefined;
  }
}

/** Where one step leads: how many atoms of the pattern and of the subject it takes. */
type Step = (left: Atom | undefined, right: Atom | undefined) => readonly (readonly [number, number])[];

function walk(left: readonly Atom[], right: readonly Atom[], step: Step): boolean {
  const width = right.length + 1;
  const seen = new Uint8Array((left.length + 1) * width);
  const open = [0];
  while (open.length > 0) {
    const at = open.pop() as number;
    if (seen[at] === 1) continue;
    seen[at] = 1;
    const [i, j] = [Math.floor(at / width), at % width];
    if (i === left.length && j === right.length) return true;
    for (const [down, along] of step(left[i], right[j])) {
      if (i + down <= left.length && j + along <= right.length) open.push((i + down) * width + j + along);
    }
  }
  return false;
}

const same = (left: Atom, right: Atom): boolean =>
  "token" in left &&
  "token" in right &&
  left.token.token === right.token.token &&
  left.rest === right.rest &&
  left.at === right.at;

/** Every deployment agrees: only equal tokens match each other, and only a star takes a token. */
const certainly: Step = (left, right) => {
  if (!left) return [];
  if ("wild" in left && left.wild === "*")
    return right
      ? [
          [1, 0],
          [0, 1],
        ]
      : [[1, 0]];
  if (!right) return [];
  if ("token" in left) return same(left, right) ? [[1, 1]] : [];
  // A question mark takes one character, whichever it is.
  if ("token" in right) return left.wild === "?" && right.at !== undefined ? [[1, 1]] : [];
  return left.wild === "?" || left.character === right.character ? [[1, 1]] : [];
};

/** Some deployment agrees: a token may hold whatever its class allows. */
const possibly: Step = (left, right) => {
  const steps: [number, number][] = [];
  if (left && "wild" in left && left.wild === "*") {
    steps.push([1, 0]);
    if (right) steps.push([0, 1]);
  }
  if (left && "token" in left && left.rest) steps.push([1, 0]);
  if (right && "token" in right && right.rest) steps.push([0, 1]);
  if (!left || !right) return steps;
  if ("token" in left && "token" in right) {
    if (left.token.token === right.token.token) steps.push([1, 1]);
    else if (!(left.token.own && right.token.own)) steps.push([0, 1], [1, 0], [1, 1]);
  } else if ("token" in left) {
    if (holds(left.token, right)) steps.push(left.rest ? [0, 1] : [1, 1]);
  } else if ("token" in right) {
    if (holds(right.token, left)) steps.push(right.rest ? [1, 0] : [1, 1]);
  } else if (left.wild === "?" || (left.wild === undefined && left.character === right.character)) steps.push([1, 1]);
  return steps;
};

const holds = (token: Token, atom: Atom): boolean =>
  !("token" in atom) && (atom.wild !== undefined || classes[token.holds](atom.character));
