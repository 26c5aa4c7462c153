import * as z from "zod";
import { kindOf } from "../../catalog";
import type { PaletteGroup } from "../../catalog/kind";
import type { EdgeStyle } from "../../catalog/relation";
import { relationOf } from "../../catalog/relations";
import { clip } from "../../core/text";
import { isKind } from "../../model/build";
import { faceOf } from "../../model/drawing/faces";
import type { ModelEdge, ModelNode } from "../../model/model";
import { containerOf } from "../../model/queries";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target } from "../target";
import { edgeTexts } from "./edge-text";
import { oneLine } from "./text";

const options = z.strictObject({});

/** A flowchart for READMEs, as GitHub and GitLab render it. https://mermaid.js.org/syntax/flowchart.html */
export const mermaid: Target<z.output<typeof options>> = {
  id: "mermaid",
  label: "Mermaid",
  about: "A flowchart as text for READMEs; GitHub and GitLab draw it.",
  options,
  environments: "single",
  emit(_stack, _options, context) {
    const file = chart(context);
    return { files: [file], notes: notesOf(file, context) };
  },
};

/** What Mermaid draws unless a page says otherwise. https://mermaid.js.org/config/schema-docs/config.html */
const MAX_TEXT = 50_000;
const MAX_EDGES = 500;
const LONGEST = 60;

/** Brackets by what a node is: they are Mermaid's way to say a shape. */
const shapes = {
  Traffic: ["(", ")"],
  Compute: ["[", "]"],
  Images: ["[", "]"],
  Storage: ["[(", ")]"],
  Events: ["([", "])"],
  Configuration: ["[", "]"],
  Network: ["[", "]"],
  Other: ["[", "]"],
} as const satisfies Record<PaletteGroup, readonly [string, string]>;

const arrows = { traffic: "==>", data: "-.->", event: "-.->", thin: "-->" } as const satisfies Record<
  EdgeStyle,
  string
>;

/** Letters and digits of all scripts, and signs that mean nothing to Mermaid or to the Markdown in its labels. */
const PLAIN = /[\p{L}\p{N}\p{M} ,:/()·→…–?=@'’“”!-]/u;

const WORD = /[\p{L}\p{N}]/u;

/** Text inside quotes: all other characters become entity codes, so that no name can end its label or mean something. */
function quoted(text: string, length = LONGEST): string {
  const characters = [...clip(oneLine(text), length)];
  const isPlain = (character: string, at: number): boolean => {
    const [before, after] = [characters[at - 1] ?? "", characters[at + 1] ?? ""];
    // "1." or "-" at the start would be a list, "_" beside a word emphasis.
    if (character === ".") return characters.slice(0, at).some((other) => !/\d/.test(other));
    if (character === "_") return WORD.test(before) && WORD.test(after);
    return PLAIN.test(character) && !(at === 0 && /[-=]/.test(character));
  };
  return characters
    .map((character, at) => (isPlain(character, at) ? character : `#${character.codePointAt(0)};`))
    .join("");
}

/** Ids may spell words that Mermaid reserves, such as style1; those as the editor gives them cannot. */
const idOf = (node: ModelNode): string => (/^n\d+$/.test(node.id) ? node.id : `n_${node.id}`);
/** A stand-in inside a box, for lines between it and what it holds: Mermaid has no such lines. */
const insideOf = (node: ModelNode): string => `${idOf(node)}_itself`;

/** Whatever holds others is drawn around them, even a kind that should not. */
const isBox = (node: ModelNode): boolean => node.children.length > 0;

function isAbove(box: ModelNode, node: ModelNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (at === box) return true;
  return false;
}

function chart(context: ExportContext): OutFile {
  const { model, designName, findings } = context;
  const lines = new Lines();
  if (designName !== "") {
    lines.add("---");
    lines.add(`title: ${JSON.stringify(clip(oneLine(designName), LONGEST))}`);
    lines.add("---");
  }
  for (const { rule, message } of findings) lines.add(`%% ERROR ${rule}: ${oneLine(message)}`);
  lines.add("flowchart LR");
  const inner = new Set(
    model.edges.flatMap(({ from, to }) =>
      isBox(from) && (isAbove(from, to) || from === to) ? [from] : isBox(to) && isAbove(to, from) ? [to] : [],
    ),
  );
  const draw = (node: ModelNode, indent: string): void => {
    const origin = { node: node.id, why: "drawn" } as const;
    const { name, kindName, lines: facts } = faceOf(node);
    if (!isBox(node)) {
      lines.add(`${indent}${idOf(node)}${labelOf(node)}`, origin);
      return;
    }
    const title = [quoted(name), quoted([kindName, ...facts].join(" · "))].join(" · ");
    lines.add(`${indent}subgraph ${idOf(node)}["${title}"]`, origin);
    if (inner.has(node)) lines.add(`${indent}  ${insideOf(node)}["${quoted(name)}"]`, origin);
    for (const child of node.children) draw(child, `${indent}  `);
    lines.add(`${indent}end`, origin);
  };
  for (const node of model.nodes) if (!node.parent) draw(node, "  ");
  for (const edge of model.edges) lines.add(`  ${link(edge, inner)}`, { edge: edge.id, why: "drawn" });
  return { path: "diagram.mmd", text: lines.text(), lines: lines.origins };
}

/** Name, kind and the first fact, then the rows: a line each. */
function labelOf(node: ModelNode): string {
  const { name, kindName, lines, rows } = faceOf(node);
  const [open, close] = shapes[kindOf(node.kind).group];
  const parts = [
    quoted(name),
    quoted([kindName, ...lines.slice(0, 1)].join(" · ")),
    ...rows.map((row) => quoted([row.title, ...row.lines].join(" "))),
  ];
  return `${open}"${parts.join("<br/>")}"${close}`;
}

function link(edge: ModelEdge, inner: ReadonlySet<ModelNode>): string {
  const { from, to } = edge;
  const end = (node: ModelNode, other: ModelNode): string =>
    inner.has(node) && (node === other || isAbove(node, other)) ? insideOf(node) : idOf(node);
  const words = [
    containerName(from, edge.fromContainer),
    edgeTexts(edge)[0] ?? "",
    containerName(to, edge.toContainer),
  ];
  const text = quoted(words.filter((word) => word !== "").join(" "));
  const label = text === "" ? "" : `|"${text}"|`;
  return `${end(from, to)} ${arrows[relationOf(edge.relation).style]}${label} ${end(to, from)}`;
}

/** Which container a line belongs to, where there is more than one. */
function containerName(node: ModelNode, container: string | undefined): string {
  if (container === undefined || !isKind(node, "taskDefinition")) return "";
  if (Object.keys(node.props.containerDefinitions).length < 2) return "";
  return containerOf(node, container)?.name ?? "";
}

function notesOf(file: OutFile, { model }: ExportContext): ExportNote[] {
  const large = file.text.length > MAX_TEXT || model.edges.length > MAX_EDGES;
  return large
    ? [
        {
          message: `Mermaid draws at most ${MAX_TEXT} characters and ${MAX_EDGES} connections by default, so GitHub will not show this chart. Use the SVG picture.`,
        },
      ]
    : [];
}
