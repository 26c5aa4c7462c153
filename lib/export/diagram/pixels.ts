/** Pixels a unit of the drawing is given, where there is room for them: as on a screen of double density. */
const SCALE = 2;
/** What browsers draw on one canvas. https://developer.mozilla.org/en-US/docs/Web/HTML/Element/canvas#maximum_canvas_size */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 16_000;

export interface Pixels {
  width: number;
  height: number;
  /** Pixels a unit. */
  scale: number;
  /** Said where the drawing is too large for its details to stay sharp. */
  note: string | undefined;
}

/** How large a PNG an SVG of ours becomes: its first line says its size. */
export function pixelsOf(svg: string): Pixels {
  const head = svg.slice(0, svg.indexOf(">"));
  const side = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(head)?.[1] ?? 1);
  const [w, h] = [side("width"), side("height")];
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (w * h)), LONGEST_SIDE / w, LONGEST_SIDE / h);
  const width = Math.max(1, Math.floor(w * scale));
  const height = Math.max(1, Math.floor(h * scale));
  const note =
    scale < SCALE
      ? `The drawing is too large for a PNG in full detail: it has ${width} × ${height} pixels, ${Math.round((scale / SCALE) * 100)} % of the usual. The SVG picture stays sharp.`
      : undefined;
  return { width, height, scale, note };
}
