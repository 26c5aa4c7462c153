"use client";

import { strToU8, zipSync } from "fflate";
import { useState } from "react";
import { slug } from "@/lib/core/ids";
import { choiceOf, exportChoices } from "../code/choices";
import { useEmitted } from "../code/use-emitted";
import { download } from "../designs/files";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { useEditor } from "./store";
import { useFindingCounts } from "./use-findings";

const close = (): void => useEditor.setState({ dialog: undefined });

/** Files made at one fixed time, so that the same design gives the same archive. */
const MADE = new Date(1980, 0, 1);

/** Takes the design away as files: pick a format; with errors, only after saying so. */
export function ExportDialog() {
  const [id, setId] = useState(exportChoices[0]?.id ?? "");
  const [anyway, setAnyway] = useState(false);
  const choice = choiceOf(id);
  const emitted = useEmitted(choice);
  const name = useEditor(({ state }) => slug(state.document.name, "design"));
  const { error } = useFindingCounts();
  const nothing = useEditor(({ analysis }) => Object.keys(analysis.stack.resources).length === 0);
  const written = emitted && "files" in emitted && !nothing ? emitted : { files: [], notes: [] };
  const { files, notes } = written;
  const blocked = error > 0 && !anyway;
  const ready = files.length > 0 && !blocked;

  const single = (): void => {
    const [file] = files;
    if (!file) return;
    download(file.path.split("/").at(-1) ?? file.path, file.text, "text/plain");
    useEditor.getState().announce(`Downloaded ${file.path}.`);
  };
  const zip = (): void => {
    const entries = Object.fromEntries(files.map((file) => [file.path, strToU8(file.text)]));
    download(`${name}.zip`, zipSync(entries, { mtime: MADE }) as Uint8Array<ArrayBuffer>, "application/zip");
    useEditor.getState().announce(`Downloaded ${name}.zip.`);
  };

  return (
    <Dialog
      title="Export"
      about="Files for your repository. They follow the drawing and change only where it changed."
      onClose={close}
      footer={
        <>
          <Button icon="download" onClick={zip} disabled={!ready}>
            Download zip
          </Button>
          <Button icon="download" look="primary" onClick={files.length > 1 ? zip : single} disabled={!ready}>
            {files.length > 1 ? `Download ${files.length} files` : "Download"}
          </Button>
        </>
      }
    >
      <fieldset>
        <legend className="mb-1.5 font-medium">Format</legend>
        <div className="grid gap-1.5">
          {exportChoices.map(({ id: value, label, about }) => (
            <label
              key={value}
              className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="export-format"
                className="mt-1 accent-accent-solid"
                checked={value === id}
                onChange={() => setId(value)}
              />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="text-ink-2">{about}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {emitted && "problem" in emitted && (
        <p className="mt-3 rounded-md bg-error-soft px-3 py-2 text-error">{emitted.problem}</p>
      )}
      {emitted && "files" in emitted && files.length === 0 && (
        <p className="mt-3 text-ink-2">This drawing has nothing to write in this format.</p>
      )}
      {files.length > 0 && (
        <section aria-label="Files" className="mt-3">
          <h3 className="font-medium">{files.length === 1 ? "File" : `${files.length} files`}</h3>
          <ul className="mt-1 max-h-32 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
            {files.map((file) => (
              <li key={file.path} className="flex justify-between gap-4">
                <span className="break-all">{file.path}</span>
                <span className="shrink-0 text-ink-3">{file.text.split("\n").length - 1} lines</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notes.length > 0 && (
        <section aria-label="Notes" className="mt-3">
          <h3 className="font-medium">Good to know</h3>
          <ul className="mt-1 max-h-32 list-disc overflow-auto pl-5 text-ink-2">
            {notes.map(({ message, node, edge }) => (
              <li key={`${node ?? ""} ${edge ?? ""} ${message}`}>{message}</li>
            ))}
          </ul>
        </section>
      )}
      {error > 0 && (
        <div className="mt-3 rounded-md bg-error-soft px-3 py-2">
          <p className="flex gap-2 text-error">
            <Icon name="warning" className="mt-0.5" />
            <span>
              {error === 1 ? "1 error is" : `${error} errors are`} open: AWS would refuse this template or it would not
              work. Fix {error === 1 ? "it" : "them"} under Problems.
            </span>
          </p>
          <label className="mt-1.5 flex items-center gap-2 pl-6">
            <input
              type="checkbox"
              className="accent-accent-solid"
              checked={anyway}
              onChange={(event) => setAnyway(event.target.checked)}
            />
            Export anyway, with the errors as comments
          </label>
        </div>
      )}
    </Dialog>
  );
}
