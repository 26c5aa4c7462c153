import { pointer } from "../core/pointer";
import type { Problem } from "../core/result";
import { MAX_PROBLEMS } from "./problems";

/** Deeper nesting than any design has; guards the recursive readers behind it. */
const MAX_DEPTH = 100;

/** True when brackets nest deeper than any design; cheap, and safe on text that is no JSON at all. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 92) index += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return false;
}

/**
 * Finds what `JSON.parse` lets pass in silence: keys given twice in one object, and keys that would reach the
 * prototype. `text` must be valid JSON.
 */
export function hiddenProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  const stack: { keys: Set<string> | null; segment: string | number }[] = [];
  const path = (): string => pointer(...stack.slice(0, -1).map((frame) => frame.segment));
  let expectKey = false;
  for (let index = 0; index < text.length && problems.length <= MAX_PROBLEMS; index += 1) {
    const character = text[index];
    if (character === '"') {
      const start = index;
      index += 1;
      while (text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
      const frame = stack[stack.length - 1];
      if (expectKey && frame?.keys) {
        const key = JSON.parse(text.slice(start, index + 1)) as string;
        if (frame.keys.has(key)) {
          problems.push({
            path: path() + pointer(key),
            message: `“${key}” is given twice in one object, so one of the two would be lost. Give each its own id.`,
          });
        }
        if (key === "__proto__") {
          problems.push({ path: path() + pointer(key), message: "“__proto__” is not a name that a design can use." });
        }
        frame.keys.add(key);
        frame.segment = key;
        expectKey = false;
      }
    } else if (character === "{" || character === "[") {
      stack.push({ keys: character === "{" ? new Set() : null, segment: 0 });
      expectKey = character === "{";
    } else if (character === "}" || character === "]") {
      stack.pop();
      expectKey = false;
    } else if (character === ",") {
      const frame = stack[stack.length - 1];
      if (frame?.keys) expectKey = true;
      else if (frame) frame.segment = Number(frame.segment) + 1;
    }
  }
  return problems;
}

/**
 * Why a value could not be saved in a design and read back as it is; undefined when it can. `above` counts the objects
 * and lists around it. Walks without recursion, so that no depth is too deep for it.
 */
export function unusable(value: unknown, above = 0): string | undefined {
  const open: { value: unknown; depth: number }[] = [{ value, depth: above }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: at, depth } = next;
    if (typeof at === "number" && !Number.isFinite(at)) return "A number in a design is finite.";
    if (typeof at === "function" || typeof at === "symbol" || typeof at === "bigint") {
      return "A design holds only what JSON can say.";
    }
    if (typeof at !== "object" || at === null) continue;
    if (depth >= MAX_DEPTH) return `This nests deeper than the ${MAX_DEPTH} levels that a design can have.`;
    if (Object.hasOwn(at, "__proto__")) return "“__proto__” is not a name that a design can use.";
    for (const item of Object.values(at)) open.push({ value: item, depth: depth + 1 });
  }
  return undefined;
}
