import { isObject, own, printJson } from "../core/json";
import { fail, ok, type Result } from "../core/result";
import { DOCUMENT_VERSION, type Document, mergePatch, scenarios, type Usage } from "./document";
import { hiddenProblems, isTooDeep, unusable } from "./json-text";
import { migrate } from "./migrations";
import { capped, problemsOf } from "./problems";
import { documentSchema } from "./schema";
import { environmentProblems, readable, structure } from "./structure";

/** Largest text that is read, in characters: far above any design, far below what would stall a browser. */
export const MAX_TEXT = 20_000_000;

/** Prints a design: sorted keys, one property per line, so that a pull request shows what changed. */
export const printDocument = (document: Document): string => printJson(document);

/**
 * Reads a design from text. What is no design at all is refused with everything that is wrong, each with a JSON
 * Pointer; what AWS would refuse opens and is a finding later (`design.md` §9.5).
 */
export function parseDocument(text: string): Result<Document> {
  if (text.length > MAX_TEXT) {
    return fail({ path: "", message: `The file has ${text.length} characters; a design has at most ${MAX_TEXT}.` });
  }
  if (isTooDeep(text)) {
    return fail({ path: "", message: "The file nests far deeper than any design does, so it is not one." });
  }
  let data: unknown;
  try {
    data = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return fail({ path: "", message: notJson(text, error) });
  }
  const hidden = hiddenProblems(text);
  const read = readDocument(data);
  if (hidden.length === 0) return read;
  return { ok: false, problems: capped([...hidden, ...(read.ok ? [] : read.problems)]) };
}

function notJson(text: string, error: unknown): string {
  if (text.trim() === "") return "The file is empty. A design is a JSON object.";
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (position === undefined) {
    return "The file is not complete JSON: it breaks off or has a stray character. Open the file it was saved from again.";
  }
  const before = text.slice(0, Number(position));
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return `The file is not JSON: it breaks at line ${line}, column ${column}. A design is a JSON object.`;
}

/** Like {@link parseDocument}, from data that is already parsed. */
export function readDocument(input: unknown): Result<Document> {
  if (!isObject(input)) return fail({ path: "", message: "A design is a JSON object with version, nodes and edges." });
  const version = input.version;
  if (typeof version === "number" && version > DOCUMENT_VERSION) {
    return fail({
      path: "/version",
      message: `This design has version ${version}; this Bayplan reads up to version ${DOCUMENT_VERSION}. Open it with a newer Bayplan.`,
    });
  }
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return fail({ path: "/version", message: `A design states its version, 1 to ${DOCUMENT_VERSION}.` });
  }
  const flaw = unusable(input);
  if (flaw) return fail({ path: "", message: flaw });
  const data = migrate(input, version);
  const checked = documentSchema.safeParse(data, { reportInput: true });
  if (!checked.success) {
    // What has the right shape is looked at all the same, so that everything that is wrong is listed together.
    const shape = problemsOf(checked.error.issues);
    const spoken = new Set(shape.map((problem) => problem.path));
    const others = structure(readable(data)).filter((problem) => !spoken.has(problem.path));
    return { ok: false, problems: capped([...shape, ...others]) };
  }
  const document = complete(data as Partial<Document>, checked.data as unknown as Document);
  const names = Object.keys(document.environments);
  const problems = [...structure(document), ...names.flatMap((name) => environmentProblems(document, name))];
  return problems.length > 0 ? { ok: false, problems: capped(problems) } : ok(document);
}

/** Missing sections are filled in; props stay as the person wrote them, without defaults. */
function complete(data: Partial<Document>, checked: Document): Document {
  return {
    version: DOCUMENT_VERSION,
    name: checked.name,
    settings: checked.settings,
    nodes: data.nodes ?? {},
    edges: data.edges ?? {},
    layout: checked.layout,
    usage: checked.usage,
    environments: checked.environments,
    suppressions: checked.suppressions,
  };
}

/** The design as one environment sees it; the design itself when the name is null. */
export function inEnvironment(document: Document, name: string | null): Document {
  const environment = name !== null && Object.hasOwn(document.environments, name) ? document.environments[name] : null;
  if (!environment) return document;
  const patchAll = <T extends { props: unknown }>(items: Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(items).map(([id, item]) => {
        const patch = Object.hasOwn(environment.props, id) ? environment.props[id] : undefined;
        return [id, patch ? { ...item, props: mergePatch(item.props, patch) } : item];
      }),
    );
  return {
    ...document,
    nodes: patchAll(document.nodes),
    edges: patchAll(document.edges),
    usage: {
      scenarios: Object.fromEntries(
        scenarios.map((name) => [name, patchUsage(document.usage.scenarios[name], environment.usage[name])]),
      ) as Document["usage"]["scenarios"],
    },
  };
}

/** Figures that an environment gives stand in place of the design's; all others stay. */
function patchUsage(usage: Usage, patch: Usage | undefined): Usage {
  if (!patch) return usage;
  const patched = Object.entries(patch).map(([id, figures]) => [id, { ...own(usage, id), ...figures }]);
  return { ...usage, ...Object.fromEntries(patched) };
}
