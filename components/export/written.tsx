"use client";

import { count, list } from "@/lib/core/text";
import type { ExportNote, OutFile } from "@/lib/export/target";
import { Icon } from "../ui/icon";

/** Notes that are shown at once; more are counted. */
const MOST_NOTES = 100;

const lineCount = (text: string): number => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

/** What would be written: the files with their length. */
export function FileList({ files }: { files: readonly OutFile[] }) {
  return (
    <section aria-label="Files">
      <h3 className="font-medium">{count(files.length, "file")}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <ul tabIndex={0} className="mt-1 max-h-44 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
        {files.map(({ path, text }) => (
          <li key={path} className="flex justify-between gap-4">
            <span className="break-all">{path}</span>
            <span className="shrink-0 text-ink-3">{count(lineCount(text), "line")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the person should know about these files. */
export function Notes({ notes }: { notes: readonly ExportNote[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-label="Notes" className="mt-4">
      <h3 className="font-medium">Good to know</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <ul tabIndex={0} className="mt-1 grid max-h-40 list-disc gap-1 overflow-auto pl-5 text-ink-2">
        {notes.slice(0, MOST_NOTES).map(({ message, node, edge }) => (
          <li key={`${node ?? ""} ${edge ?? ""} ${message}`}>{message}</li>
        ))}
        {notes.length > MOST_NOTES && <li>And {notes.length - MOST_NOTES} more.</li>}
      </ul>
    </section>
  );
}

/** Errors come first: AWS would refuse what is written, so it is written only after a second word. */
export function Errors({
  errors,
  where,
  anyway,
  onAnyway,
}: {
  errors: number;
  /** The environments that have them, where not all have the same. */
  where: readonly string[];
  anyway: boolean;
  onAnyway(anyway: boolean): void;
}) {
  if (errors === 0) return null;
  return (
    <div className="mb-4 rounded-md bg-error-soft px-3 py-2">
      <p className="flex gap-2 text-error">
        <Icon name="warning" className="mt-0.5" />
        <span>
          {errors === 1 ? "1 error is" : `${errors} errors are`} open: AWS would refuse this template or it would not
          work. Fix {errors === 1 ? "it" : "them"} under Problems{where.length > 0 && ` in ${list(where)}`}.
        </span>
      </p>
      <label className="mt-1.5 flex items-center gap-2 pl-6">
        <input
          type="checkbox"
          className="accent-accent-solid"
          checked={anyway}
          onChange={(event) => onAnyway(event.target.checked)}
        />
        Export anyway, with the errors as comments
      </label>
    </div>
  );
}
