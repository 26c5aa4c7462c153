import * as z from "zod";
import type { Target } from "@/lib/export/target";
import type { Choice } from "../code/choices";

/** An option that a person is asked for, read from the target's own schema. */
export type Asked = { key: string; label: string; help: string | undefined } & (
  | { type: "boolean"; initial: boolean }
  | { type: "choice"; initial: string; values: readonly string[] }
  | { type: "text"; initial: string }
);

interface Field {
  type?: string;
  enum?: readonly unknown[];
  default?: unknown;
  label?: string;
  help?: string;
}

/** Options with a label that the choice does not settle itself. Tables and lists are for the command line. */
export function askedOf(target: Target, choice: Choice): Asked[] {
  const schema = z.toJSONSchema(target.options, { io: "input", unrepresentable: "any" });
  const properties = (schema.properties ?? {}) as Record<string, Field>;
  return Object.entries(properties).flatMap(([key, field]): Asked[] => {
    if (field.label === undefined || Object.hasOwn(choice.options, key)) return [];
    const common = { key, label: field.label, help: field.help };
    if (field.type === "boolean") return [{ ...common, type: "boolean", initial: field.default === true }];
    if (field.enum) {
      const values = field.enum.map(String);
      return [{ ...common, type: "choice", values, initial: String(field.default ?? values[0] ?? "") }];
    }
    if (field.type === "string") return [{ ...common, type: "text", initial: String(field.default ?? "") }];
    return [];
  });
}
