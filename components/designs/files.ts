import { slug } from "@/lib/core/ids";
import type { Result } from "@/lib/core/result";
import type { Document } from "@/lib/document/document";
import { parseDocument, printDocument } from "@/lib/document/parse";
import { isPicture, MAX_PICTURE } from "@/lib/import/picture/recognise";
import { laidOut } from "../editor/auto-layout";
import { useEditor } from "../editor/store";
import { openNew } from "./open";

/** Hands a file to the browser's downloads. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser needs the address until it has started the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Downloads the design file: the same bytes for the same design. */
export function saveFile(): void {
  const design = useEditor.getState().state.document;
  const name = `${slug(design.name, "design")}.bayplan.json`;
  download(name, printDocument(design), "application/json");
  useEditor.getState().announce(`Saved ${name}.`);
}

/** Held here: a field that nothing holds may be collected while its dialog is open, and the chosen file with it. */
let chooser: HTMLInputElement | undefined;

/** Lets the person choose a design file. */
export function chooseFile(): void {
  chooser ??= fileInput();
  // So that the same file can be chosen twice in a row.
  chooser.value = "";
  chooser.click();
}

function fileInput(): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.svg,.png,application/json,image/svg+xml,image/png";
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) void openFile(file);
  };
  return input;
}

/** Opens a design file, or a picture with a design, as a new design of this browser; a bad one is explained and changes nothing. */
export async function openFile(file: File): Promise<void> {
  const { notify } = useEditor.getState();
  if (file.size > MAX_PICTURE) {
    notify(`“${file.name}” was not opened: it is far larger than any design. Your design is as it was.`, "refusal");
    return;
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    notify(`“${file.name}” could not be read. Check that it still exists. Your design is as it was.`, "refusal");
    return;
  }
  if (isPicture(bytes)) {
    const { readPicture } = await import("@/lib/import/picture");
    await opened(await readPicture(bytes), file.name);
  } else await opened(parseDocument(new TextDecoder().decode(bytes)), file.name);
}

async function opened(parsed: Result<Document>, name: string): Promise<void> {
  const { notify, announce } = useEditor.getState();
  if (!parsed.ok) {
    notify(`“${name}” was not opened. Your design is as it was.`, "refusal", parsed.problems);
    return;
  }
  openNew(await laidOut(parsed.value));
  announce(`Opened ${parsed.value.name}.`);
}
