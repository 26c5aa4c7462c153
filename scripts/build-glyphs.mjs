// Builds lib/export/diagram/data/: what pictures are made of beside the design. Outlines and widths of Inter's letters
// (pinned dev dependency @fontsource/inter, OFL-1.1), and AWS's icons, cut out of the sprite that build-icons.mjs made.
// Run it after one of them changes; the result is committed.
// Usage: node scripts/build-glyphs.mjs
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import opentype from "opentype.js";

const root = join(import.meta.dirname, "..");
const fonts = join(root, "node_modules", "@fontsource", "inter");
const data = join(root, "lib", "export", "diagram", "data");
/** Outlines are cut to this many units per em: a fortieth of a pixel at the sizes that pictures use. */
const EM = 500;

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));
/** Latin, Latin-1, Latin Extended-A, what typography and money need. */
const characters = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xac),
  ...range(0xae, 0x17f),
  ..."‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄₣₤₦₩₫€₱₹₺₽₿™↑↓−",
];
/** Arrows that the font's web files leave out are the upright ones, turned about the middle of their square. */
const turned = { "→": "↑", "←": "↓" };

const subsets = ["latin", "latin-ext", "vietnamese"];
const weights = { regular: 400, bold: 600 };

function open(weight) {
  return subsets.map((subset) => {
    const bytes = readFileSync(join(fonts, "files", `inter-${subset}-${weight}-normal.woff`));
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
}

const number = (value) => String(Math.round(value) || 0);

/** Path data in whole units, each command relative to the end of the one before: a third shorter than absolute. */
function pathData(commands, map) {
  let [x, y] = [0, 0];
  let d = "";
  const point = (px, py) => map(px, py).map(Math.round);
  for (const c of commands) {
    if (c.type === "Z") {
      d += "z";
      continue;
    }
    const points = [
      ...(c.x1 === undefined ? [] : [point(c.x1, c.y1)]),
      ...(c.x2 === undefined ? [] : [point(c.x2, c.y2)]),
    ];
    const [ex, ey] = point(c.x, c.y);
    if (c.type === "M") d += `M${ex} ${ey}`;
    else if (c.type === "L") {
      if (ex === x && ey === y) continue;
      d += ex === x ? `v${number(ey - y)}` : ey === y ? `h${number(ex - x)}` : pairs("l", [[ex, ey]], x, y);
    } else d += pairs(c.type.toLowerCase(), [...points, [ex, ey]], x, y);
    [x, y] = [ex, ey];
  }
  return d;
}

const pairs = (letter, points, x, y) =>
  letter +
  points
    .map(([px, py]) => `${number(px - x)} ${number(py - y)}`)
    .join(" ")
    .replaceAll(" -", "-");

function cut(weight) {
  const opened = open(weight);
  const glyphOf = (character) => {
    for (const font of opened) {
      const index = font.charToGlyphIndex(character);
      if (index > 0) return { font, glyph: font.glyphs.get(index) };
    }
    return undefined;
  };
  const glyphs = {};
  for (const character of [...characters, ...Object.keys(turned)]) {
    const found = glyphOf(turned[character] ?? character);
    if (!found) continue;
    const { font, glyph } = found;
    const scale = EM / font.unitsPerEm;
    const path = glyph.getPath(0, 0, font.unitsPerEm);
    const box = path.getBoundingBox();
    const [middleX, middleY] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
    const tall = box.y2 - box.y1;
    // A quarter turn to the right; the width is that of the arrow with the same space at its sides as before.
    const side = Math.max(0, glyph.advanceWidth - (box.x2 - box.x1)) / 2;
    const map = turned[character]
      ? (x, y) => [(middleY - y + tall / 2 + side) * scale, (x - middleX + middleY) * scale]
      : (x, y) => [x * scale, y * scale];
    const advance = turned[character] ? tall + 2 * side : glyph.advanceWidth;
    glyphs[character] = [Math.round(advance * scale), pathData(path.commands, map)];
  }
  return { glyphs, kerning: kerningOf(opened[0], glyphs) };
}

/** Pairs of plain letters, digits and signs that stand closer or wider than their widths say. */
function kerningOf(font, glyphs) {
  const plain = Object.keys(glyphs).filter((character) => /[!-~]/.test(character));
  const tables = font.position?.getKerningTables?.("latn") ?? font.position?.defaultKerningTables ?? [];
  const of = Object.fromEntries(plain.map((character) => [character, font.charToGlyphIndex(character)]));
  const kerning = {};
  for (const left of plain) {
    for (const right of plain) {
      const value = Math.round((font.position.getKerningValue(tables, of[left], of[right]) * EM) / font.unitsPerEm);
      if (value !== 0) kerning[left] = { ...kerning[left], [right]: value };
    }
  }
  return kerning;
}

/** An object with one property a line. */
const lines = (record) =>
  `{\n${Object.entries(record)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(",\n")}\n}`;

mkdirSync(data, { recursive: true });
for (const [name, weight] of Object.entries(weights)) {
  const { glyphs, kerning } = cut(weight);
  const text = `{\n"em": ${EM},\n"glyphs": ${lines(glyphs)},\n"kerning": ${lines(kerning)}\n}\n`;
  writeFileSync(join(data, `${name}.json`), text);
  const turnedPairs = Object.values(kerning).reduce((sum, row) => sum + Object.keys(row).length, 0);
  console.log(
    `Wrote ${name}.json: ${Object.keys(glyphs).length} letters, ${turnedPairs} pairs, ${Math.ceil(text.length / 1024)} kB.`,
  );
}

const sprite = readFileSync(join(root, "public", "icons", "aws.svg"), "utf8");
const symbols = [...sprite.matchAll(/<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)<\/symbol>/g)];
const icons = Object.fromEntries(symbols.map(([, name, viewBox, body]) => [name, { viewBox, body }]));
writeFileSync(join(data, "icons.json"), `${lines(icons)}\n`);
console.log(`Wrote icons.json: ${symbols.length} icons.`);
