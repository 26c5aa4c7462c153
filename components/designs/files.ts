import { slug } from "@/lib/core/ids";
import { MAX_TEXT, parseDocument, printDocument } from "@/lib/document/parse";
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

/** Lets the person choose a design file. */
export function chooseFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) void openFile(file);
  };
  input.click();
}

/** Opens a design file as a new design of this browser; a bad one is explained and changes nothing. */
export async function openFile(file: File): Promise<void> {
  const { notify } = useEditor.getState();
  if (file.size > MAX_TEXT) {
    notify(`“${file.name}” was not opened: it is far larger than any design. Your design is as it was.`, "refusal");
    return;
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    notify(`“${file.name}” could not be read. Check that it still exists. Your design is as it was.`, "refusal");
    return;
  }
  await openText(text, file.name);
}

/** Like {@link openFile}, from text. */
export async function openText(text: string, name: string): Promise<void> {
  const parsed = parseDocument(text);
  const { notify, announce } = useEditor.getState();
  if (!parsed.ok) {
    notify(`“${name}” was not opened. Your design is as it was.`, "refusal", parsed.problems);
    return;
  }
  openNew(await laidOut(parsed.value));
  announce(`Opened ${parsed.value.name}.`);
}
