import { equalJson, isObject, type Json, type JsonObject, own } from "../core/json";
import { type Pointer, pointer, segmentsOf, writeAt } from "../core/pointer";
import { fail, ok, type Result } from "../core/result";
import { type Document, type Environment, mergePatch, scenarios, type Usage } from "../document/document";
import { apply } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { inEnvironment } from "../document/parse";
import { ENVIRONMENT_PATTERN } from "../document/schema";

/** What the editor calls the design as drawn, beside its environments. */
export const BASE = "Base";

const place = (name: string, ...at: readonly string[]): Pointer => pointer("environments", name, ...at);

/** Sets a part of an environment, or takes it out where nothing is left to say. */
const say = (field: Pointer, value: unknown): Edit => ({
  edit: "setDesign",
  field,
  ...(isObject(value) && Object.keys(value).length === 0 ? {} : { value: value as Json }),
});

/**
 * The design as a person sees it in an environment, to try edits on: without the other environments, whose patches are
 * made for the design as drawn.
 */
export const seenIn = (document: Document, name: string | null): Document =>
  name === null ? document : { ...inEnvironment(document, name), environments: {} };

/** The merge patch (RFC 7396) that makes `after` of `before`; undefined where they are equal. */
function patchBetween(before: unknown, after: unknown): Json | undefined {
  if (equalJson(before, after)) return undefined;
  if (!isObject(after)) return after as Json;
  const from = isObject(before) ? before : {};
  const patch: JsonObject = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(after, key)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const part = patchBetween(own(from, key), value);
    if (part !== undefined) patch[key] = part;
  }
  return patch;
}

/**
 * Edits of fields and figures as edits of one environment, which keeps the differences only. What stands in the design
 * for all environments (nodes, connections, names, settings) is edited as ever, and so is what these edits add. Refused
 * with a sentence where the design or the environment cannot take it.
 */
export function inPatch(document: Document, name: string, edits: readonly Edit[]): Result<Edit[]> {
  const written: Edit[] = [];
  const added = new Set<string>();
  let current = document;
  for (const edit of edits) {
    if (edit.edit === "addNode" || edit.edit === "addEdge") added.add(edit.id);
    const meant = meantIn(current, name, edit, added);
    if (!meant.ok) return meant;
    const result = apply(current, meant.value);
    if (!result.ok) return result;
    current = result.value.document;
    written.push(meant.value);
  }
  return ok(written);
}

function meantIn(document: Document, name: string, edit: Edit, added: ReadonlySet<string>): Result<Edit> {
  if (edit.edit === "setField" && !added.has(edit.id)) return fieldIn(document, name, edit);
  if (edit.edit === "setDesign" && segmentsOf(edit.field)?.[0] === "usage") return usageIn(document, name, edit);
  if (edit.edit === "reconnect") {
    // The ends move for all environments; props that are only seen in this one do not.
    const stored = own(document.edges, edit.id);
    const seen = stored && own(inEnvironment(document, name).edges, edit.id);
    if (seen && equalJson(seen.props, edit.edge.props) && seen.relation === edit.edge.relation) {
      return ok({ ...edit, edge: { ...edit.edge, props: stored.props } as typeof edit.edge });
    }
  }
  return ok(edit);
}

function fieldIn(document: Document, name: string, edit: Extract<Edit, { edit: "setField" }>): Result<Edit> {
  const { id, field, value } = edit;
  const props = (own(document.nodes, id) ?? own(document.edges, id))?.props;
  const environment = own(document.environments, name);
  // Both are refused by the edit itself, in its own words.
  if (!props || !environment) return ok(edit);
  const wanted = writeAt(mergePatch(props, own(environment.props, id) ?? {}), field, value);
  if (!wanted || field === "") return ok(edit);
  const patch = patchBetween(props, wanted.value) ?? {};
  if (!equalJson(mergePatch(props, patch), wanted.value)) {
    return fail({
      path: "",
      message: `An environment cannot switch this off: an empty entry in it means the default. Switch it off in ${BASE}, and on in the environments that want it.`,
    });
  }
  return ok(say(place(name, "props", id), patch));
}

function usageIn(document: Document, name: string, edit: Extract<Edit, { edit: "setDesign" }>): Result<Edit> {
  const environment = own(document.environments, name);
  if (!environment) return ok(edit);
  const wanted = writeAt({ usage: inEnvironment(document, name).usage }, edit.field, edit.value);
  const figures = (wanted?.value as Pick<Document, "usage"> | undefined)?.usage?.scenarios;
  if (!figures) return ok(edit);
  const usage: Environment["usage"] = {};
  for (const scenario of scenarios) {
    const differing: Usage = {};
    for (const [id, given] of Object.entries(figures[scenario] ?? {})) {
      const drawn = own(document.usage.scenarios[scenario], id) ?? {};
      const own_ = Object.fromEntries(Object.entries(given).filter(([key, quantity]) => own(drawn, key) !== quantity));
      if (Object.keys(own_).length > 0) differing[id] = own_;
    }
    if (Object.keys(differing).length > 0) usage[scenario] = differing;
  }
  return ok(say(place(name, "usage"), usage));
}

/** Edits that take back what an environment says of a field and of everything in it. */
export function resetEdits(document: Document, name: string, id: string, field: Pointer): Edit[] {
  const patch = own(own(document.environments, name)?.props ?? {}, id);
  if (!patch) return [];
  return [say(place(name, "props", id), without(patch, segmentsOf(field) ?? []) ?? {})];
}

/** The patch without one part; undefined where nothing is left. */
function without(patch: Json, [head, ...rest]: readonly string[]): Json | undefined {
  if (head === undefined) return undefined;
  if (!isObject(patch) || !Object.hasOwn(patch, head)) return patch;
  const { [head]: part, ...others } = patch as JsonObject;
  const left = without(part as Json, rest);
  const kept = left === undefined ? others : { ...others, [head]: left };
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** Why an environment cannot have this name; undefined when it can. `but` is the name that it has now. */
export function nameProblem(document: Document, name: string, but?: string): string | undefined {
  if (!ENVIRONMENT_PATTERN.test(name)) {
    return "A name of an environment is letters, digits and hyphens, begins with a letter and has at most 63 of them.";
  }
  if (name.toLowerCase() === BASE.toLowerCase()) return `${BASE} is the design as drawn. Choose another name.`;
  const taken = Object.keys(document.environments).find((other) => other.toLowerCase() === name.toLowerCase());
  return taken === undefined || taken === but ? undefined : `There is an environment “${taken}” already.`;
}

/** Adds an environment: one that changes nothing, or one that begins as another is. */
export function addEnvironment(document: Document, name: string, like?: string): Result<Edit[]> {
  const problem = nameProblem(document, name);
  if (problem) return fail({ path: "", message: problem });
  const value = (like === undefined ? undefined : own(document.environments, like)) ?? { props: {}, usage: {} };
  return ok([{ edit: "setDesign", field: place(name), value: value as unknown as Json }]);
}

export function renameEnvironment(document: Document, name: string, to: string): Result<Edit[]> {
  const problem = nameProblem(document, to, name);
  if (problem) return fail({ path: "", message: problem });
  if (to === name) return ok([]);
  const value = own(document.environments, name) as unknown as Json;
  return ok([
    { edit: "setDesign", field: place(name) },
    { edit: "setDesign", field: place(to), value },
  ]);
}

export const removeEnvironment = (name: string): Edit[] => [{ edit: "setDesign", field: place(name) }];
