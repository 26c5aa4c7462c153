import { pointer } from "../core/pointer";
import type { Problem } from "../core/result";

/** Deeper nesting than any design has; guards the recursive readers behind it. */
const MAX_DEPTH = 100;

/**
 * Finds what `JSON.parse` lets pass in silence: keys given twice in one object, and nesting that is too deep.
 * `text` must be valid JSON.
 */
export function hiddenProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  const stack: { keys: Set<string> | null; segment: string | number }[] = [];
  const path = (): string => pointer(...stack.slice(0, -1).map((frame) => frame.segment));
  let expectKey = false;
  for (let index = 0; index < text.length; index += 1) {
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
        frame.keys.add(key);
        frame.segment = key;
        expectKey = false;
      }
    } else if (character === "{" || character === "[") {
      stack.push({ keys: character === "{" ? new Set() : null, segment: 0 });
      expectKey = character === "{";
      if (stack.length > MAX_DEPTH) {
        problems.push({ path: path(), message: `This is nested more than ${MAX_DEPTH} levels deep. No design is.` });
        return problems;
      }
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
