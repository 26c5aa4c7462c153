import * as z from "zod";
import type { EdgeStyle } from "../../catalog/relation";
import { relationOf } from "../../catalog/relations";
import { compareKeys } from "../../core/json";
import { count } from "../../core/text";
import { type Drawn, type Face, faceOf, linesOf } from "../../model/drawing/faces";
import { around, holds, type Rect, rectsOf } from "../../model/drawing/geometry";
import { headOf, type Point } from "../../model/drawing/lines";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target } from "../target";
import { baseline, drawBox, drawCard, titleOf } from "./cards";
import { carried } from "./carried";
import { edgeSentence, edgeTexts } from "./edge-text";
import { Page } from "./page";
import { fitted, shape, widthOf } from "./text";
import { mix, strokes, themes } from "./theme";
import { escapeXml, figure, xmlComment } from "./xml";

const options = z.strictObject({
  theme: z
    .enum(["light", "dark"])
    .default("light")
    .meta({ label: "Theme", help: "The background is part of the picture, so that it reads on any page." }),
  design: z.boolean().default(true).meta({
    label: "Carry the design",
    help: "The picture opens again in Bayplan. Whoever has it can read the whole design from it: leave the design out of pictures that you publish.",
  }),
});
export type SvgOptions = z.output<typeof options>;

/** The drawing as a picture: no browser, no font, no style sheet is needed to make it or to show it. */
export const svg: Target<SvgOptions> = {
  id: "svg",
  label: "SVG picture",
  about: "The drawing with outlined text and AWS's icons; it opens again in Bayplan.",
  options,
  environments: "single",
  emit(_stack, given, context) {
    return { files: [picture(given, context)], notes: notesOf(given, context) };
  },
};

const MARGIN = 32;
const LABEL = 12;
const HEADING = 16;

interface Board {
  /** Boxes first, outer ones before what stands in them. */
  faces: readonly Face[];
  rects: ReadonlyMap<string, Rect>;
  lines: readonly Drawn[];
}

const boards = new WeakMap<Model, Board>();

/** Where everything stands: the same for every theme, so worked out once per model. */
function boardOf(model: Model): Board {
  let board = boards.get(model);
  if (!board) {
    const rects = rectsOf(model.document);
    const faces = new Map(model.nodes.map((node) => [node.id, faceOf(node)]));
    const order = model.nodes.map((node) => ({ id: node.id, depth: depthOf(node) }));
    order.sort((a, b) => a.depth - b.depth || compareKeys(a.id, b.id));
    board = {
      faces: order.map(({ id }) => faces.get(id) as Face),
      rects,
      lines: linesOf(model.edges, faces, rects, edgeTexts),
    };
    boards.set(model, board);
  }
  return board;
}

function depthOf(node: ModelNode): number {
  let depth = 0;
  for (let at = node.parent; at; at = at.parent) depth += 1;
  return depth;
}

function picture({ theme: name, design }: SvgOptions, context: ExportContext): OutFile {
  const { model } = context;
  const theme = themes[name];
  const { faces, rects, lines } = boardOf(model);
  const page = new Page(theme, name);
  const grounds = new Map<string, string>();
  const groundUnder = (id: string | undefined): string =>
    (id === undefined ? undefined : grounds.get(id)) ?? theme.canvas;
  const boxes = faces.filter(({ box }) => box);
  for (const face of boxes) {
    const ground = mix(theme.surface, groundUnder(model.node(face.id)?.parent?.id), 0.45);
    grounds.set(face.id, ground);
    page.group(titleOf(face), { node: face.id, why: "drawn" }, () => {
      drawBox(page, face, rects.get(face.id) as Rect, ground);
    });
  }
  const labels: Rect[] = [];
  model.edges.forEach((edge, at) => {
    drawLine(page, edge, lines[at] as Drawn);
  });
  model.edges.forEach((edge, at) => {
    const { label } = (lines[at] as Drawn).route;
    if (!label.free || label.text === "") return;
    const inside = boxes.findLast(({ id }) => holds(rects.get(id) as Rect, label));
    labels.push(drawLabel(page, edge, label, groundUnder(inside?.id)));
  });
  for (const face of faces) {
    if (face.box) continue;
    page.group(titleOf(face), { node: face.id, why: "drawn" }, () => {
      drawCard(page, face, rects.get(face.id) as Rect);
    });
  }
  const extent = around([...rects.values(), ...labels, ...lines.map(({ route }) => extentOf(route.points))]) ?? {
    x: 0,
    y: 0,
    w: 320,
    h: 0,
  };
  const whole = drawSurroundings(page, context, extent);
  return print(page, whole, context, design ? carried(context.design) : []);
}

function notesOf({ design }: SvgOptions, { environment, model }: ExportContext): ExportNote[] {
  const foreign = model.nodes.find(({ name }) => shape(name).pieces.some((piece) => "run" in piece));
  return [
    ...(design && environment !== null
      ? [{ message: `The picture shows ${environment} and carries the whole design, with all its environments.` }]
      : []),
    ...(foreign
      ? [
          {
            message: `Characters beyond Latin letters, as in “${foreign.name}”, are shown in whatever font the viewer has.`,
            node: foreign.id,
          },
        ]
      : []),
  ];
}

function drawLine(page: Page, edge: ModelEdge, { route }: Drawn): void {
  const style = relationOf(edge.relation).style;
  const colour = page.theme.edge[style];
  const words = route.label.text === "" ? "" : `: ${route.label.text}`;
  const [before, end] = [route.points.at(-2), route.points.at(-1)];
  page.group(`${edgeSentence(edge)}${words}`, { edge: edge.id, why: "drawn" }, () => {
    page.add(`<path d="${route.path}" fill="none" stroke="${colour}" ${strokes[style]}/>`);
    if (before && end) page.add(`<path d="${headOf(before, end)}" fill="${colour}"/>`);
  });
}

/** Words on a line, on a plate in the colour of what is under them. */
function drawLabel(page: Page, edge: ModelEdge, at: Point & { text: string }, ground: string): Rect {
  const words = shape(at.text);
  const w = widthOf(words, LABEL);
  const plate = { x: at.x - w / 2 - 3, y: at.y - 8, w: w + 6, h: 16 };
  page.part({ edge: edge.id, why: "drawn" }, () => {
    const { x, y, h } = plate;
    page.add(
      `<rect x="${figure(x)}" y="${figure(y)}" width="${figure(plate.w)}" height="${h}" rx="3" fill="${ground}"/>`,
    );
    page.text(words, at.x - w / 2, baseline(y, h, LABEL), LABEL, page.theme.label);
  });
  return plate;
}

function extentOf(points: readonly Point[]): Rect {
  return around(points.map(({ x, y }) => ({ x: x - 4, y: y - 4, w: 8, h: 8 }))) as Rect;
}

const styleNames = {
  traffic: "Traffic",
  data: "Data",
  event: "Events",
  thin: "Runs, pulls, uses",
} as const satisfies Record<EdgeStyle, string>;

/** Name and place of the design above the drawing, what the lines mean below it; gives the whole extent. */
function drawSurroundings(page: Page, context: ExportContext, drawing: Rect): Rect {
  const { model, designName, environment } = context;
  const { theme } = page;
  const w = Math.max(drawing.w, 320);
  const name = fitted(designName === "" ? "Untitled design" : designName, "bold", HEADING, w);
  page.text(name, drawing.x, drawing.y - 46, HEADING, theme.ink);
  const facts = [model.region, environment ?? "", model.production ? "production" : ""].filter((part) => part !== "");
  page.text(fitted(facts.join(" · "), "regular", LABEL, w), drawing.x, drawing.y - 28, LABEL, theme.ink3);

  const used = new Set<EdgeStyle>(model.edges.map(({ relation }) => relationOf(relation).style));
  const shown = (Object.keys(styleNames) as EdgeStyle[]).filter((style) => used.has(style));
  const y = drawing.y + drawing.h + 32;
  let x = drawing.x;
  for (const style of shown) {
    const words = shape(styleNames[style]);
    const wide = 32 + widthOf(words, 11);
    if (x > drawing.x && x + wide > drawing.x + w) break;
    page.add(`<path d="M${figure(x)} ${figure(y)}h24" fill="none" stroke="${theme.edge[style]}" ${strokes[style]}/>`);
    page.text(words, x + 32, baseline(y - 8, 16, 11), 11, theme.ink3);
    x += wide + 24;
  }
  const [top, bottom] = [64, shown.length > 0 ? 44 : 0];
  return {
    x: drawing.x - MARGIN,
    y: drawing.y - top - MARGIN + 4,
    w: w + 2 * MARGIN,
    h: drawing.h + top + bottom + 2 * MARGIN - 4,
  };
}

function print(page: Page, whole: Rect, context: ExportContext, metadata: readonly string[]): OutFile {
  const { model, designName, findings } = context;
  const lines = new Lines();
  const size = [whole.x, whole.y, whole.w, whole.h].map(figure);
  const [x, y, w, h] = size;
  const name = designName === "" ? "Untitled design" : designName;
  lines.add(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${size.join(" ")}" role="img" aria-labelledby="bayplan-title bayplan-about">`,
  );
  for (const { rule, message } of findings) lines.add(xmlComment(`ERROR ${rule}: ${message}`));
  lines.add(`<title id="bayplan-title">${escapeXml(name)}</title>`);
  lines.add(
    `<desc id="bayplan-about">Architecture diagram of ${count(model.nodes.length, "part")} and ${count(model.edges.length, "connection")}, drawn with Bayplan.</desc>`,
  );
  lines.add("<defs>");
  for (const definition of page.definitions()) lines.add(definition);
  lines.add("</defs>");
  lines.add(`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${page.theme.canvas}"/>`);
  for (const { text, origin } of page.lines) lines.add(text, origin);
  for (const line of metadata) lines.add(line);
  lines.add("</svg>");
  return { path: "diagram.svg", text: lines.text(), lines: lines.origins };
}
