import { posix } from "node:path";
import { parseSync } from "vite";

/** One place that breaks a rule of the house, with the reason and the way out. */
export interface Violation {
  file: string;
  line: number;
  message: string;
}

/** The folders of lib/, each importing only those before it (design.md §2). A new one needs a place here and a line in README.md. */
export const libFolders = [
  "core",
  "aws",
  "catalog",
  "document",
  "model",
  "stack",
  "network",
  "grants",
  "rules",
  "start",
  "cost",
  "export",
  "import",
  "review",
  "editor",
  "share",
  "store",
  "cli",
  "testing",
] as const;

/** Readers of the stack; what one of them found reaches another as plain data, through the caller. Rules may read flows and grants. */
const readers: Record<string, readonly string[]> = {
  network: [],
  grants: [],
  rules: ["network", "grants"],
  cost: [],
  export: [],
};

const maxLines = 400;
const uiPackages =
  /^(react|react-dom|next|cmdk|zustand|idb|react-resizable-panels|@xyflow\/[^/]+|@radix-ui\/[^/]+)(\/|$)/;
const browserGlobals = /^(window|localStorage|sessionStorage|navigator|indexedDB|requestAnimationFrame|HTMLElement)$/;
const mayUseNode = /^lib\/(cli|store)\//;
const isForTests = (path: string) => /\.(test|examples)\.tsx?$/.test(path) || path.startsWith("lib/testing/");
/** Prices and AWS's facts are tables; a long one is data, not a file with many concerns. */
const isData = (path: string) => path.startsWith("lib/cost/prices/") || path.startsWith("lib/aws/");

interface Place {
  /** app, components, lib, or what else stands at the top. */
  top: string;
  /** The folder below it ("" for a file of its own). */
  folder: string;
  /** The folder below that, which for exporters is one exporter. */
  sub: string;
}

function placeOf(path: string): Place {
  const [top = "", ...rest] = path.split("/");
  return { top, folder: rest.length > 1 ? (rest[0] ?? "") : "", sub: rest.length > 2 ? (rest[1] ?? "") : "" };
}

/** The project path that an import means, without its ending; null for a package. */
function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  return null;
}

function judgePackage(path: string, specifier: string): string | null {
  if (specifier.startsWith("@xyflow/") && !path.startsWith("components/canvas/"))
    return `imports ${specifier}: only components/canvas/ knows React Flow, so that it can be replaced. Let the canvas do this and pass it data of our own.`;
  if (!path.startsWith("lib/")) return null;
  if (uiPackages.test(specifier))
    return `imports ${specifier}: lib/ also runs in the CLI, on the server and in tests. Move what needs it to components/ or app/.`;
  if (specifier.startsWith("node:") && !mayUseNode.test(path))
    return `imports ${specifier}: lib/ also runs in the browser; only lib/cli and lib/store are at home in Node. Take what it gives as a parameter.`;
  return null;
}

function judgeLib(from: Place, to: Place, target: string): string | null {
  const [at, goal] = [from.folder, to.folder].map((folder) =>
    libFolders.indexOf(folder as (typeof libFolders)[number]),
  );
  if (at === undefined || goal === undefined || at < 0 || goal < 0) return null; // Said once, of the folder itself.
  if (to.folder === "testing")
    return `imports ${target}: only tests import lib/testing/. Move what the product needs out of it.`;
  if (goal > at)
    return `imports ${target}: data goes one way, and lib/${from.folder} stands before lib/${to.folder} (${libFolders.join(" → ")}). Move the shared part up to the lower folder, or take it as a parameter.`;
  const allowed = readers[from.folder];
  if (allowed && to.folder in readers && to.folder !== from.folder && !allowed.includes(to.folder))
    return `imports ${target}: ${from.folder} and ${to.folder} both read the stack and do not know each other. Let the caller pass what the other found as plain data.`;
  if (from.folder === "export" && to.folder === "export" && from.sub !== "" && from.sub !== "repository") {
    const registry = /^lib\/export\/targets(\.ts)?$/.test(target);
    if (registry || (to.sub !== "" && to.sub !== from.sub))
      return `imports ${target}: exporters never import each other (export/repository alone may, through the registry). Move the shared part to a file of lib/export itself or to the stack.`;
  }
  return null;
}

function judgeImport(path: string, specifier: string): string | null {
  const found = targetOf(path, specifier);
  if (found === null) return judgePackage(path, specifier);
  if (found.startsWith(".."))
    return `imports ${specifier}, which lies outside the project. Everything that is needed stands in the repository.`;
  // `../core` names the folder's index.
  const target = /^lib\/[^/]+$/.test(found) ? `${found}/index` : found;
  const [from, to] = [placeOf(path), placeOf(target)];
  const arrows = ["app", "components", "lib"];
  if (arrows.indexOf(to.top) < arrows.indexOf(from.top) && arrows.includes(to.top))
    return `imports ${target}: app → components → lib, never back. Pass it in as a parameter or a property.`;
  if (to.top === "e2e" || to.top === "scripts")
    return `imports ${target}: ${to.top}/ stands beside the product and is no part of it. Move the shared part to lib/.`;
  return from.top === "lib" && to.top === "lib" ? judgeLib(from, to, target) : null;
}

type Tree = { type?: string; start?: number } & Record<string, unknown>;

function visit(node: unknown, see: (node: Tree) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, see);
  else if (node !== null && typeof node === "object") {
    if ("type" in node) see(node as Tree);
    for (const child of Object.values(node)) if (typeof child === "object") visit(child, see);
  }
}

const nameOf = (node: unknown): string => {
  const { type, name, property } = (node ?? {}) as Tree;
  return type === "MemberExpression" ? nameOf(property) : typeof name === "string" ? name : "";
};

/** What a piece of code does that no import shows: branching on a kind, reaching for the browser or the clock. */
function judgeNode(path: string, node: Tree): string | null {
  if (node.type === "SwitchStatement" && /^kind$|Kind$/.test(nameOf(node.discriminant)))
    return "branches on a kind with `switch`: the next kind would be forgotten here. Ask a closed table (lib/core/dispatch.ts) or a property that the catalog declares.";
  if (!path.startsWith("lib/") || node.type !== "MemberExpression") return null;
  const owner = node.object as Tree;
  const [object, member] = [owner.type === "Identifier" ? nameOf(owner) : "", nameOf(node)];
  if (browserGlobals.test(object))
    return `reaches for ${object}: lib/ has no browser. Take what it gives as a parameter.`;
  if ((object === "Date" && member === "now") || (object === "Math" && member === "random"))
    return `calls ${object}.${member}: the same document gives the same bytes everywhere. Take the value as a parameter.`;
  return null;
}

/**
 * All that one file does against the rules of the house. `path` is relative to the project, with forward slashes.
 * Tests, examples and lib/testing may import anything and be of any length.
 */
export function violationsIn(path: string, source: string): Violation[] {
  if (isForTests(path)) return [];
  const found: Violation[] = [];
  const say = (offset: number, message: string | null) => {
    if (message) found.push({ file: path, line: source.slice(0, offset).split("\n").length, message });
  };

  const { folder, top } = placeOf(path);
  if (top === "lib" && !libFolders.includes(folder as (typeof libFolders)[number]))
    say(0, `stands in lib/${folder}, which is no folder of lib/. Put it where it belongs: ${libFolders.join(", ")}.`);
  const lines = source.replace(/\n$/, "").split("\n").length;
  if (lines > maxLines && !isData(path))
    say(0, `has ${lines} lines, more than ${maxLines}: it has more than one concern. Take one of them out.`);

  const { module, program, errors } = parseSync(path, source, { lang: path.endsWith("x") ? "tsx" : "ts" });
  for (const error of errors) say(error.labels[0]?.start ?? 0, `does not parse: ${error.message}`);
  const judge = (at: number, specifier: string) => say(at, judgeImport(path, specifier));
  for (const { start, moduleRequest } of module.staticImports) judge(start, moduleRequest.value);
  for (const { start, entries } of module.staticExports) {
    const request = entries[0]?.moduleRequest;
    if (request) judge(start, request.value);
  }
  visit(program, (node) => {
    if (node.type === "TSImportType" || node.type === "ImportExpression") {
      const { value } = (node.source ?? {}) as { value?: unknown };
      if (typeof value === "string") judge(node.start ?? 0, value);
    }
    say(node.start ?? 0, judgeNode(path, node));
  });
  return found;
}
