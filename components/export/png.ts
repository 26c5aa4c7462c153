import { withDesignOf } from "@/lib/export/diagram/carried";
import { pixelsOf } from "@/lib/export/diagram/pixels";
import type { OutFile } from "@/lib/export/target";
import type { BinaryFile } from "../code/choices";
import { useEditor } from "../editor/store";

/** Draws an SVG of ours as a PNG that carries the same design. */
export async function toPng({ path, text }: OutFile): Promise<BinaryFile> {
  const { width, height, note } = pixelsOf(text);
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gives no canvas to draw on.");
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("This browser could not draw a picture of this size. Export it as SVG.");
    if (note !== undefined) useEditor.getState().notify(note);
    const bytes = withDesignOf(text, new Uint8Array(await blob.arrayBuffer()));
    return { path: path.replace(/\.svg$/, ".png"), bytes };
  } finally {
    URL.revokeObjectURL(url);
  }
}
