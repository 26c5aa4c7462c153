"use client";

import { useState } from "react";
import { download } from "../designs/files";
import { clipboard } from "../editor/clipboard";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Select } from "../ui/field";
import { choiceOf, codeChoices } from "./choices";
import { CodeView } from "./code-view";
import { useEmitted } from "./use-emitted";

const targetOptions = codeChoices.map(({ id, label }) => ({ value: id, label }));

/** What the design comes out as, live: pick a format, read, copy, download. */
export function CodePanel() {
  const [id, setId] = useState("cloudformation-yaml");
  const [path, setPath] = useState<string | undefined>();
  const choice = choiceOf(id);
  const emitted = useEmitted(choice);
  const empty = useEditor(({ analysis }) => Object.keys(analysis.stack.resources).length === 0);

  const files = emitted && "files" in emitted ? emitted.files : [];
  const file = files.find((candidate) => candidate.path === path) ?? files[0];
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <Select label="Format" value={id} options={targetOptions} onChange={setId} />
        {files.length > 1 && file && (
          <Select
            label="File"
            value={file.path}
            options={files.map((candidate) => ({ value: candidate.path, label: candidate.path }))}
            onChange={setPath}
          />
        )}
        <span className="flex-1" />
        {file && !empty && (
          <>
            <Button icon="copy" onClick={() => void copy(file.text)}>
              Copy
            </Button>
            <Button
              icon="download"
              onClick={() => download(file.path.split("/").at(-1) ?? "file", file.text, "text/plain")}
            >
              Download
            </Button>
          </>
        )}
      </div>
      <div className="min-h-0 flex-1">
        {emitted === undefined && <Empty icon="code" title="Loading…" />}
        {emitted && "problem" in emitted && <Empty icon="warning" title={emitted.problem} />}
        {emitted && "files" in emitted && (empty || !file) && (
          <Empty
            icon="code"
            title={empty ? "Nothing to write yet" : `This drawing has no ${choice.label.toLowerCase()}`}
          >
            {choice.about} It follows the drawing.
          </Empty>
        )}
        {file && !empty && <CodeView file={file} />}
      </div>
    </div>
  );
}

async function copy(text: string): Promise<void> {
  const { notify } = useEditor.getState();
  if (await clipboard.write(text)) notify("Copied.");
  else notify("The browser did not give access to the clipboard. Select the text and copy it.", "refusal");
}
