import type * as z from "zod";
import { pointer } from "../core/pointer";
import type { Problem } from "../core/result";
import { list } from "../core/text";

/** As many as a person can read; how many more there are is said. */
export const MAX_PROBLEMS = 100;

/** The first problems, and a last one that counts those left out. */
export function capped(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MAX_PROBLEMS;
  if (more <= 0) return problems;
  const last = { path: "", message: `${more === 1 ? "One more problem is" : `${more} more problems are`} not listed.` };
  return [...problems.slice(0, MAX_PROBLEMS), last];
}

/** Turns zod's issues into sentences with a JSON Pointer each; `at` is where the checked value stands. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], at = ""): Problem[] {
  return issues.map((issue) => ({
    path: at + pointer(...issue.path.map(String)),
    message: sentence(issue),
  }));
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `${list(issue.keys.map((key) => `“${key}”`))} ${issue.keys.length === 1 ? "is" : "are"} not known here. Remove ${issue.keys.length === 1 ? "it" : "them"} or check the spelling.`;
    case "invalid_value":
      return `This must be ${list(
        issue.values.map((value) => `“${String(value)}”`),
        "or",
      )}.`;
    case "invalid_union":
      return "note" in issue && issue.note === "No matching discriminator"
        ? "This is not one of the known kinds. A newer Bayplan may know it; this one cannot open it."
        : "This has none of the shapes that are allowed here.";
    case "invalid_key":
      // Keys are ids or names; the pattern that refuses one says which.
      return `${(issue.issues[0]?.message ?? "This key is not allowed here").replace(/\.$/, "")}.`;
    case "invalid_type":
      return issue.message === "Invalid input: expected nonoptional, received undefined" || issue.input === undefined
        ? `This is missing or not ${article(issue.expected)}.`
        : `This must be ${article(issue.expected)}.`;
    default:
      return `${issue.message.replace(/\.$/, "")}.`;
  }
}

const names: Record<string, string> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
const article = (expected: string): string => names[expected] ?? expected;
