import bold from "./data/bold.json" with { type: "json" };
import regular from "./data/regular.json" with { type: "json" };
import { wellFormed } from "./xml";

export type Weight = "regular" | "bold";

interface Font {
  em: number;
  /** Width and outline of each letter, in units of the em. */
  glyphs: ReadonlyMap<string, readonly [width: number, outline: string]>;
  kerning: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const read = (data: {
  em: number;
  glyphs: unknown;
  kerning: Readonly<Record<string, Readonly<Record<string, number>>>>;
}): Font => ({
  em: data.em,
  glyphs: new Map(Object.entries(data.glyphs as Readonly<Record<string, [number, string]>>)),
  kerning: new Map(Object.entries(data.kerning).map(([left, row]) => [left, new Map(Object.entries(row))])),
});

/** Inter, regular and semibold, cut by scripts/build-glyphs.mjs. */
export const fonts: Readonly<Record<Weight, Font>> = {
  regular: read(regular as unknown as Parameters<typeof read>[0]),
  bold: read(bold as unknown as Parameters<typeof read>[0]),
};

/** Part of a line of text: outlined letters, or a run that has to be set in whatever font there is. In em units. */
export type Piece = { letter: string; x: number } | { run: string; x: number; width: number };

/** One line of text, measured. */
export interface Shaped {
  weight: Weight;
  pieces: readonly Piece[];
  /** In units of the em. */
  width: number;
}

/** Characters that take no room of their own: marks, joiners, selectors. */
const NO_WIDTH = /^[\p{M}\p{Cf}]$/u;
/** Characters that are as wide as high: East Asian scripts. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]$/u;
/** Emoji. */
const PICTURE = /^[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}]$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: names may hold them, pictures may not
const SPACES = /[\u0000-\u0020\u007F-\u009F\u2028\u2029]+/g;
/** Signs that turn the direction of what follows could reorder a whole picture; joiners and selectors stay. */
const TURNING = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF\u00AD]/g;

/** How wide a character without an outline is taken to be; such runs are stretched to this width. */
const estimate = (character: string, em: number): number =>
  NO_WIDTH.test(character) ? 0 : em * (PICTURE.test(character) ? 1.25 : WIDE.test(character) ? 1 : 0.62);

/** A name or a fact on one line, without what could break a picture. */
export const oneLine = (text: string): string =>
  wellFormed(text.normalize("NFC")).replace(SPACES, " ").replace(TURNING, "").trim();

/** More than fits on any card; what comes after is never looked at. */
const MOST = 400;

/** Lines set before: most words of a drawing come back, within it and after the next edit. */
const known = new Map<string, Shaped>();
const KEPT = 10_000;

function remembered(key: string, make: () => Shaped): Shaped {
  let shaped = known.get(key);
  if (!shaped) {
    shaped = make();
    if (known.size >= KEPT) known.clear();
    known.set(key, shaped);
  }
  return shaped;
}

/** Sets a line of text: where each letter goes, with kerning, and the width of all. */
export const shape = (text: string, weight: Weight = "regular"): Shaped =>
  remembered(`${weight} ${text}`, () => setLine(text, weight));

function setLine(text: string, weight: Weight): Shaped {
  const { em, glyphs, kerning } = fonts[weight];
  const pieces: Piece[] = [];
  let x = 0;
  let before = "";
  let count = 0;
  for (const character of oneLine(text)) {
    count += 1;
    if (count > MOST) break;
    const glyph = glyphs.get(character);
    const last = pieces.at(-1);
    if (glyph) {
      x += kerning.get(before)?.get(character) ?? 0;
      pieces.push({ letter: character, x });
      x += glyph[0];
      before = character;
      continue;
    }
    const width = estimate(character, em);
    if (last && "run" in last) {
      last.run += character;
      last.width += width;
    } else pieces.push({ run: character, x, width });
    x += width;
    before = "";
  }
  return { weight, pieces, width: x };
}

/** Width of a line in canvas units at a font size. */
export const widthOf = ({ weight, width }: Shaped, size: number): number => (width * size) / fonts[weight].em;

/** Sets a line so that it is no wider than `room`: what does not fit is left out and an ellipsis says so. */
export const fitted = (text: string, weight: Weight, size: number, room: number): Shaped =>
  remembered(`${weight} ${size} ${room} ${text}`, () => cutLine(text, weight, size, room));

function cutLine(text: string, weight: Weight, size: number, room: number): Shaped {
  const whole = shape(text, weight);
  const { em, glyphs } = fonts[weight];
  const most = (room * em) / size;
  if (whole.width <= most) return whole;
  const dots = glyphs.get("…")?.[0] ?? em;
  if (dots > most) return { weight, pieces: [], width: 0 };
  const pieces: Piece[] = [];
  let end = 0;
  for (const piece of whole.pieces) {
    const right = "letter" in piece ? piece.x + (glyphs.get(piece.letter)?.[0] ?? 0) : piece.x + piece.width;
    if (right + dots <= most) {
      pieces.push(piece);
      end = right;
      continue;
    }
    if ("run" in piece) {
      const cut = shorten(piece, most - dots, em);
      if (cut) {
        pieces.push(cut);
        end = cut.x + cut.width;
      }
    }
    break;
  }
  while (pieces.length > 0) {
    const last = pieces.at(-1) as Piece;
    if (!("letter" in last && last.letter === " ")) break;
    pieces.pop();
    end = last.x;
  }
  pieces.push({ letter: "…", x: end });
  return { weight, pieces, width: end + dots };
}

/** As many whole characters of a run as end before `most`. */
function shorten(piece: { run: string; x: number }, most: number, em: number) {
  let run = "";
  let width = 0;
  for (const character of piece.run) {
    const wider = width + estimate(character, em);
    if (piece.x + wider > most) break;
    run += character;
    width = wider;
  }
  return run === "" ? undefined : { run, x: piece.x, width };
}

/** Breaks text into at most `most` lines of this width at spaces; the last one says with an ellipsis that more follows. */
export function wrap(text: string, weight: Weight, size: number, room: number, most: number): Shaped[] {
  const words = oneLine(text.slice(0, MOST * 4)).split(" ");
  const lines: Shaped[] = [];
  let at = 0;
  while (at < words.length && lines.length < most) {
    if (lines.length === most - 1) return [...lines, fitted(words.slice(at).join(" "), weight, size, room)];
    let taken = 1;
    while (at + taken < words.length) {
      if (widthOf(shape(words.slice(at, at + taken + 1).join(" "), weight), size) > room) break;
      taken += 1;
    }
    lines.push(fitted(words.slice(at, at + taken).join(" "), weight, size, room));
    at += taken;
  }
  return lines;
}
