import { isObject, type Json } from "@/lib/core/json";
import { readAt, writeAt } from "@/lib/core/pointer";
import { ok, type Problem, type Result } from "@/lib/core/result";
import type { Document } from "@/lib/document/document";
import { applyAll } from "@/lib/document/edits/apply";
import type { Edit } from "@/lib/document/edits/edit";

/**
 * The edits that set one field of a node or edge (undefined puts the default back). A document stores only what was
 * set; where the schema does not take a part alone, such as one switch of two, the part around it is written as it
 * takes effect now.
 */
export function fieldEdits(
  document: Document,
  id: string,
  effective: unknown,
  field: string,
  value: Json | undefined,
): Result<Edit[]> {
  const plain: Edit[] = [{ edit: "setField", id, field, ...(value === undefined ? {} : { value }) }];
  const first = applyAll(document, plain);
  if (first.ok) return ok(plain);
  const props = document.nodes[id]?.props ?? document.edges[id]?.props;
  for (let at = parentOf(field); at !== ""; at = parentOf(at)) {
    if (readAt(props, at) !== undefined) continue;
    const base = readAt(effective, at);
    const written = isObject(base) || Array.isArray(base) ? writeAt(base, field.slice(at.length), value) : null;
    if (!written) continue;
    const whole: Edit[] = [{ edit: "setField", id, field: at, value: written.value as Json }];
    if (applyAll(document, whole).ok) return ok(whole);
  }
  return { ok: false, problems: first.problems as readonly Problem[] };
}

const parentOf = (field: string): string => field.slice(0, Math.max(0, field.lastIndexOf("/")));

/** A number as typed: undefined for nothing, a sentence for what is none. */
export function readNumber(typed: string, whole: boolean): { value: number | undefined } | { problem: string } {
  const text = typed.trim().replace(/[\u00a0\s]/g, "");
  if (text === "") return { value: undefined };
  const value = Number(text);
  if (!/^[-+]?\d+(\.\d+)?$/.test(text) || !Number.isFinite(value)) return { problem: "Write a number, such as 80." };
  if (whole && !Number.isSafeInteger(value)) return { problem: "Write a whole number, such as 80." };
  return { value };
}

/** JSON as typed, or a sentence that says where it ends to be JSON. */
export function readJson(typed: string): { value: Json | undefined } | { problem: string } {
  if (typed.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(typed) as Json };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const line = at === undefined ? undefined : typed.slice(0, Number(at)).split("\n").length;
    return {
      problem: `This is not JSON${line === undefined ? "" : `: line ${line} cannot be read`}. It is kept here and not saved.`,
    };
  }
}
