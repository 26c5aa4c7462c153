"use client";

import "./code.css";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { OutFile } from "@/lib/export/target";
import { download } from "../designs/files";
import { clipboard } from "../editor/clipboard";
import { useEditor } from "../editor/store";
import { Empty } from "../ui/empty";
import { bases } from "./bases";
import { ChangesView } from "./changes-view";
import { choiceOf } from "./choices";
import { type CodeHandle, CodeView } from "./code-view";
import type { FileChange } from "./difference";
import { FileTree } from "./file-tree";
import { FIND_HEIGHT, FindBar } from "./find-bar";
import { allKeys, foldsOf, unfoldedAt } from "./folds";
import { languageOf } from "./languages";
import { useCodePanel } from "./panel-state";
import type { Hit } from "./search";
import { linesOf, type Place } from "./text-lines";
import { Toolbar } from "./toolbar";
import { type Compared, useChanges } from "./use-changes";
import { useEmitted } from "./use-emitted";
import { usePlaces } from "./use-places";
import { useSearch } from "./use-search";

const noFiles: readonly OutFile[] = [];
const noFolds: ReadonlySet<string> = new Set();
const noChanges: ReadonlyMap<string, FileChange> = new Map();

interface Target {
  path: string;
  line: number;
  column: number;
  block: "nearest" | "start";
}

/** What the design comes out as, live: pick a format, read, search, compare, copy, download. */
export function Panel() {
  const { choice: id, paths, folded: allFolded, changes: comparing, base } = useCodePanel();
  const choice = choiceOf(id);
  const emitted = useEmitted(choice);
  const nothing = useEditor(({ judged }) => Object.keys(judged.stack.resources).length === 0);
  const files = emitted && "files" in emitted && !nothing ? emitted.files : noFiles;
  const file = files.find((candidate) => candidate.path === paths[id]) ?? files[0];
  const text = file?.text ?? "";
  const lines = useMemo(() => linesOf(text), [text]);
  const language = languageOf(file?.path ?? "");
  const folds = useMemo(() => foldsOf(lines, language), [lines, language]);
  const place = `${id} ${file?.path ?? ""}`;
  const folded = allFolded[place] ?? noFolds;
  const compared = useChanges(choice, emitted, base);
  const changed = useMemo(() => changedFiles(compared), [compared]);

  const code = useRef<CodeHandle>(null);
  const input = useRef<HTMLInputElement>(null);
  const [finding, setFinding] = useState(false);
  const [target, setTarget] = useState<Target | undefined>();

  const openPath = useCallback(
    (path: string) => useCodePanel.setState(({ paths: known }) => ({ paths: { ...known, [id]: path } })),
    [id],
  );
  const fold = (keys: ReadonlySet<string>): void =>
    useCodePanel.setState(({ folded: known }) => ({ folded: { ...known, [place]: keys } }));
  const goTo = ({ path, start }: Place): void => {
    if (path !== file?.path) openPath(path);
    setTarget({ path, line: start, column: 0, block: "start" });
  };
  const places = usePlaces(files, id, file?.path, goTo);
  const search = useSearch(
    finding && !comparing,
    text,
    () => code.current?.topLine() ?? 0,
    ({ line, to }: Hit) => setTarget({ path: file?.path ?? "", line, column: to, block: "nearest" }),
  );

  // A line is shown once its file is, and nothing folds over it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again when what it waits for is there
  useEffect(() => {
    if (!target || target.path !== file?.path || comparing) return;
    const next = unfoldedAt(folds, folded, target.line);
    if (next !== folded) return fold(next);
    code.current?.show(target.line, target);
    setTarget(undefined);
  }, [target, file?.path, folds, folded, comparing]);

  const find = (): void => {
    setFinding(true);
    input.current?.focus();
    input.current?.select();
  };
  const closeFind = (): void => {
    setFinding(false);
    code.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!file || comparing) return;
    const finds =
      event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (finds) find();
    else if (event.key === "F3") {
      if (finding) search.step(event.shiftKey ? -1 : 1);
      else find();
    } else if (event.key === "Escape" && finding) closeFind();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const foldAll = (all: boolean): void => {
    const keys = all ? new Set(allKeys(folds, language)) : noFolds;
    const top = code.current?.topLine() ?? 0;
    const over = folds.find((candidate) => keys.has(candidate.key) && candidate.line < top && top <= candidate.end);
    fold(keys);
    // What was looked at, or what is left of it, stays in sight.
    setTarget({ path: file?.path ?? "", line: over?.line ?? top, column: 0, block: "start" });
  };
  const copyLines = (): void => {
    const mine = places.places.filter(({ path }) => path === file?.path);
    const runs = mine.map(({ start, length }) => lines.slice(start, start + length).join("\n"));
    void copy(`${runs.join("\n")}\n`, "Copied the lines of the selection.");
  };

  const several = files.length > 1;
  const shownPaths = useMemo(
    () => (comparing ? [...changed.keys()] : files.map(({ path }) => path)),
    [comparing, changed, files],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the panel, wherever in it the focus is
    <div className="flex h-full flex-col" onKeyDown={onKeyDown}>
      <Toolbar
        places={places}
        compared={compared}
        blocked={file ? undefined : "There is no text yet."}
        onFind={find}
        onFold={foldAll}
        onCopyLines={copyLines}
        onCopy={() => void copy(text, `Copied ${file?.path}.`)}
        onDownload={() => file && download(file.path.split("/").at(-1) ?? "file", file.text, "text/plain")}
      />
      <div className="flex min-h-0 flex-1">
        {several && shownPaths.length > 0 && (
          <FileTree paths={shownPaths} path={file?.path} selected={places.files} changed={changed} onOpen={openPath} />
        )}
        <div className="relative min-w-0 flex-1">
          {emitted === undefined && <Empty icon="code" title="Loading…" />}
          {emitted && "problem" in emitted && <Empty icon="warning" title={emitted.problem} />}
          {emitted && "files" in emitted && !file && (
            <Empty
              icon="code"
              title={nothing ? "Nothing to write yet" : `This drawing has no ${choice.label.toLowerCase()}`}
            >
              {choice.about} It follows the drawing.
            </Empty>
          )}
          {file && comparing && <Comparison compared={compared} path={paths[id]} onPick={places.pick} />}
          {file && !comparing && (
            <>
              <CodeView
                key={place}
                ref={code}
                file={file}
                lines={lines}
                folds={folds}
                folded={folded}
                hits={search.hits}
                current={search.current}
                covered={finding ? FIND_HEIGHT : 0}
                onFold={(key, closed) => fold(toggled(folded, key, closed))}
                onPick={places.pick}
              />
              {finding && (
                <FindBar
                  ref={input}
                  query={search.query}
                  says={search.says}
                  wrong={search.wrong}
                  any={search.hits.length > 0}
                  onQuery={search.ask}
                  onStep={search.step}
                  onClose={closeFind}
                />
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function Comparison({
  compared,
  path,
  onPick,
}: {
  compared: Compared | undefined;
  path: string | undefined;
  onPick(id: string): void;
}) {
  const base = useCodePanel((panel) => panel.base);
  if (!compared) return <Empty icon="code" title="Comparing…" />;
  if ("none" in compared) return <Empty icon="check" title={compared.none} />;
  const { changes } = compared;
  if (changes.files.length === 0) {
    return (
      <Empty icon="check" title="No line changed">
        {bases[base].same}
      </Empty>
    );
  }
  return <ChangesView files={changes.files} path={path} onPick={onPick} />;
}

function changedFiles(compared: Compared | undefined): ReadonlyMap<string, FileChange> {
  if (!compared || "none" in compared) return noChanges;
  return new Map(compared.changes.files.map((file) => [file.path, file]));
}

function toggled(folded: ReadonlySet<string>, key: string, closed: boolean): ReadonlySet<string> {
  const next = new Set(folded);
  if (closed) next.add(key);
  else next.delete(key);
  return next;
}

async function copy(text: string, says: string): Promise<void> {
  const { notify } = useEditor.getState();
  if (await clipboard.write(text)) notify(says);
  else notify("The browser did not give access to the clipboard. Select the text and copy it.", "refusal");
}
