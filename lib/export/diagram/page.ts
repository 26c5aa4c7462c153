import { darkInk, glyphs, hasArtwork, type IconName } from "../../catalog/icons";
import type { Origin } from "../../stack/stack";
import icons from "./data/icons.json" with { type: "json" };
import { fonts, type Piece, type Shaped, type Weight } from "./text";
import type { Theme, ThemeName } from "./theme";
import { escapeXml, figure } from "./xml";

const artwork = icons as Readonly<Record<string, { viewBox: string; body: string }>>;
const prefix: Readonly<Record<Weight, string>> = { regular: "r", bold: "b" };

interface Markup {
  /** Elements that show the outlined letters, in units of the em. */
  uses: string;
  letters: readonly (readonly [id: string, letter: string])[];
  runs: readonly Extract<Piece, { run: string }>[];
}

const markups = new WeakMap<Shaped, Markup>();

function markupOf(shaped: Shaped): Markup {
  let markup = markups.get(shaped);
  if (!markup) {
    const letters: [string, string][] = [];
    const runs: Extract<Piece, { run: string }>[] = [];
    let uses = "";
    for (const piece of shaped.pieces) {
      if ("run" in piece) runs.push(piece);
      else if (piece.letter !== " " && piece.letter !== "\u00A0") {
        const id = `${prefix[shaped.weight]}${(piece.letter.codePointAt(0) ?? 0).toString(16)}`;
        letters.push([id, piece.letter]);
        uses += `<use href="#${id}"${piece.x === 0 ? "" : ` x="${piece.x}"`}/>`;
      }
    }
    markup = { uses, letters, runs };
    markups.set(shaped, markup);
  }
  return markup;
}

/** One printed line and the part of the drawing that it shows. */
export interface PageLine {
  text: string;
  origin: Origin | undefined;
}

/** Collects the elements of a picture, and which letters and icons they use: each is defined once, however often it is shown. */
export class Page {
  readonly lines: PageLine[] = [];
  private readonly letters = new Map<string, { letter: string; weight: Weight }>();
  private readonly pictures = new Set<IconName>();
  private readonly tiles = new Set<number>();
  private origin: Origin | undefined;

  constructor(
    readonly theme: Theme,
    private readonly name: ThemeName,
  ) {}

  add(text: string): void {
    this.lines.push({ text, origin: this.origin });
  }

  /** A group with a name for screen readers and for the pointer; what `inside` adds belongs to the same origin. */
  group(title: string, origin: Origin, inside: () => void): void {
    this.part(origin, () => {
      this.add(`<g><title>${escapeXml(title)}</title>`);
      inside();
      this.add("</g>");
    });
  }

  part(origin: Origin, inside: () => void): void {
    this.origin = origin;
    inside();
    this.origin = undefined;
  }

  /** A line of text whose baseline starts at x, y. */
  text(shaped: Shaped, x: number, y: number, size: number, colour: string): void {
    const { weight } = shaped;
    const scale = size / fonts[weight].em;
    const { uses, letters, runs } = markupOf(shaped);
    for (const [id, letter] of letters) this.letters.set(id, { letter, weight });
    const at = `translate(${figure(x)} ${figure(y)}) scale(${Math.round(scale * 1e5) / 1e5})`;
    if (uses !== "") this.add(`<g fill="${colour}" transform="${at}">${uses}</g>`);
    for (const { run, x: from, width } of runs) {
      const heavy = weight === "bold" ? ' font-weight="600"' : "";
      // Whatever font there is, the run takes the room it was given.
      const room = width > 0 ? ` textLength="${figure(width * scale)}" lengthAdjust="spacingAndGlyphs"` : "";
      const place = `x="${figure(x + from * scale)}" y="${figure(y)}"`;
      this.add(
        `<text ${place} font-family="sans-serif" font-size="${size}"${heavy}${room} fill="${colour}">${escapeXml(run)}</text>`,
      );
    }
  }

  /** AWS's artwork as it is, with the rounded corners of the interface; our own glyph where there is none. */
  icon(icon: IconName, x: number, y: number, size: number): void {
    if (!hasArtwork(icon) || darkInk.has(icon)) {
      const stroke = `fill="none" stroke="${this.theme.ink2}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"`;
      const at = `translate(${figure(x)} ${figure(y)}) scale(${figure(size / 24)})`;
      this.add(`<path d="${glyphs[icon]}" ${stroke} transform="${at}"/>`);
      return;
    }
    this.pictures.add(icon);
    this.tiles.add(size);
    const use = `<use href="#i-${icon}" width="${size}" height="${size}"/>`;
    this.add(`<g transform="translate(${figure(x)} ${figure(y)})" clip-path="url(#tile${size})">${use}</g>`);
  }

  /** Definitions of all that was used, in an order that does not depend on where it stands. */
  definitions(): string[] {
    const tiles = [...this.tiles].sort((a, b) => a - b);
    const letters = [...this.letters].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      ...tiles.map((size) => `<clipPath id="tile${size}"><rect width="${size}" height="${size}" rx="3"/></clipPath>`),
      ...[...this.pictures].sort().map((icon) => {
        const { viewBox, body } = artwork[icon] ?? { viewBox: "0 0 24 24", body: "" };
        return `<symbol id="i-${icon}" viewBox="${viewBox}">${body}</symbol>`;
      }),
      ...letters.map(
        ([id, { letter, weight }]) => `<path id="${id}" d="${fonts[weight].glyphs.get(letter)?.[1] ?? ""}"/>`,
      ),
    ];
  }

  get isDark(): boolean {
    return this.name === "dark";
  }
}
