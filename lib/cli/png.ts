import { withDesignOf } from "../export/diagram/carried";
import { pixelsOf } from "../export/diagram/pixels";
import type { OutFile } from "../export/target";
import { Unusable } from "./command";
import type { Io } from "./io";

/** Draws an SVG of ours as a PNG that carries the same design. */
export async function toPng({ text }: OutFile, io: Pick<Io, "err">): Promise<Uint8Array> {
  // Loaded only here: it is native code, which not every machine has.
  const { default: sharp } = await import("sharp").catch(() => {
    throw new Unusable(
      "A PNG needs the package sharp, which cannot be loaded on this machine. Export the picture as SVG: --to svg.",
    );
  });
  const { width, height, scale, note } = pixelsOf(text);
  if (note !== undefined) io.err(`${note}\n`);
  const drawn = await sharp(new TextEncoder().encode(text), { density: 72 * scale, unlimited: true })
    .resize(width, height, { fit: "fill" })
    .png()
    .toBuffer();
  return withDesignOf(text, drawn);
}
