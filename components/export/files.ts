import type { OutFile } from "@/lib/export/target";
import type { BinaryFile, Choice } from "../code/choices";
import { download } from "../designs/files";

/** Files made at one fixed time, so that the same design gives the same archive. */
const MADE = new Date(1980, 0, 1);

/** The files of a choice as they are written: text as UTF-8, or what the choice makes of it. */
export async function binaryFiles(choice: Choice, files: readonly OutFile[]): Promise<BinaryFile[]> {
  if (choice.convert) {
    const convert = await choice.convert();
    const made: BinaryFile[] = [];
    for (const file of files) made.push(await convert(file));
    return made;
  }
  const encoder = new TextEncoder();
  return files.map(({ path, text }) => ({ path, bytes: encoder.encode(text) }));
}

/** Downloads all files as one archive and gives its name. */
export async function downloadZip(name: string, files: readonly BinaryFile[]): Promise<string> {
  const { zipSync } = await import("fflate");
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
  download(`${name}.zip`, zipSync(entries, { mtime: MADE }) as Uint8Array<ArrayBuffer>, "application/zip");
  return `${name}.zip`;
}

/** Downloads one file under its own name, without its folder. */
export function downloadFile({ path, bytes }: BinaryFile): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  download(name, bytes, "application/octet-stream");
  return name;
}
