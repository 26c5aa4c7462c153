import { isObject, printJson } from "../core/json";
import { pointer } from "../core/pointer";
import { fail, ok, type Problem, type Result } from "../core/result";
import { DOCUMENT_VERSION, type Document, endpoint, mergePatch } from "./document";
import { hiddenProblems, isTooDeep } from "./json-text";
import { migrate } from "./migrations";
import { problemsOf } from "./problems";
import { documentSchema, edge as edgeSchema, node as nodeSchema } from "./schema";

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
  if (hidden.length > 0) return { ok: false, problems: hidden };
  return readDocument(data);
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
  const data = migrate(input, version);
  const checked = documentSchema.safeParse(data, { reportInput: true });
  if (!checked.success) return { ok: false, problems: problemsOf(checked.error.issues) };
  const document = complete(data as Partial<Document>, checked.data as unknown as Document);
  const problems = [...structure(document), ...environments(document)];
  return problems.length > 0 ? { ok: false, problems } : ok(document);
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

/** Ids that are used twice, ends and parents that lead nowhere, boxes that hold themselves. */
export function structure(document: Document): Problem[] {
  const problems: Problem[] = [];
  const logicalIds = new Map<string, string>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const at = pointer("nodes", id);
    const other = logicalIds.get(node.logicalId);
    if (other !== undefined) {
      problems.push({
        path: `${at}/logicalId`,
        message: `The logical id “${node.logicalId}” is also that of ${other}. Each resource needs its own.`,
      });
    }
    logicalIds.set(node.logicalId, id);
    if (node.parent !== undefined && !Object.hasOwn(document.nodes, node.parent)) {
      problems.push({ path: `${at}/parent`, message: `The parent “${node.parent}” is not a node of this design.` });
    }
  }
  for (const id of cyclic(document)) {
    problems.push({
      path: pointer("nodes", id, "parent"),
      message: "This box stands inside itself, through its parents. Take it out of one of them.",
    });
  }
  for (const [id, edge] of Object.entries(document.edges)) {
    const at = pointer("edges", id);
    if (Object.hasOwn(document.nodes, id)) {
      problems.push({ path: at, message: `“${id}” is a node and an edge. Give the edge its own id.` });
    }
    for (const side of ["from", "to"] as const) {
      const missing = danglingEnd(document, edge[side]);
      if (missing) problems.push({ path: `${at}/${side}`, message: missing });
    }
  }
  const known = (id: string): boolean => Object.hasOwn(document.nodes, id) || Object.hasOwn(document.edges, id);
  for (const id of Object.keys(document.layout)) {
    if (!Object.hasOwn(document.nodes, id)) {
      problems.push({ path: pointer("layout", id), message: `“${id}” is not a node of this design.` });
    }
  }
  document.suppressions.forEach((suppression, index) => {
    const at = suppression.at.node ?? suppression.at.edge;
    if (at !== undefined && !known(at)) {
      problems.push({ path: pointer("suppressions", index, "at"), message: `“${at}” is not in this design.` });
    }
  });
  return problems;
}

/** Why an end of an edge leads nowhere; undefined when it does not. */
export function danglingEnd(document: Document, end: string): string | undefined {
  const { node: id, container } = endpoint(end);
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  if (!node) return `“${id}” is not a node of this design, so the edge leads nowhere.`;
  if (container === undefined) return undefined;
  const containers = "containerDefinitions" in node.props ? node.props.containerDefinitions : undefined;
  return containers && Object.hasOwn(containers, container)
    ? undefined
    : `“${node.name}” has no container “${container}”, so the edge leads nowhere.`;
}

function cyclic(document: Document): string[] {
  const safe = new Set<string>();
  const inCycle: string[] = [];
  for (const start of Object.keys(document.nodes)) {
    if (safe.has(start)) continue;
    const path = new Set<string>();
    let id: string | undefined = start;
    while (id !== undefined && !safe.has(id) && !path.has(id)) {
      path.add(id);
      id = Object.hasOwn(document.nodes, id) ? document.nodes[id]?.parent : undefined;
    }
    if (id === start) inCycle.push(start);
    else if (id === undefined || safe.has(id)) for (const seen of path) safe.add(seen);
  }
  return inCycle;
}

/** Environments may change props and usage of what exists, to values of the right shape. */
function environments(document: Document): Problem[] {
  const problems: Problem[] = [];
  for (const [name, environment] of Object.entries(document.environments)) {
    for (const [id, patch] of Object.entries(environment.props)) {
      const at = pointer("environments", name, "props", id);
      const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
      const edge = Object.hasOwn(document.edges, id) ? document.edges[id] : undefined;
      const target = node ?? edge;
      if (!target) {
        problems.push({ path: at, message: `“${id}” is not in this design. An environment changes only what exists.` });
        continue;
      }
      const patched = { ...target, props: mergePatch(target.props, patch) };
      const result = (node ? nodeSchema : edgeSchema).safeParse(patched, { reportInput: true });
      if (!result.success) {
        problems.push(
          ...problemsOf(
            result.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) })),
            at,
          ),
        );
      }
    }
  }
  return problems;
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
  const usage = document.usage.scenarios;
  return {
    ...document,
    nodes: patchAll(document.nodes),
    edges: patchAll(document.edges),
    usage: {
      scenarios: {
        low: { ...usage.low, ...environment.usage.low },
        typical: { ...usage.typical, ...environment.usage.typical },
        high: { ...usage.high, ...environment.usage.high },
      },
    },
  };
}
