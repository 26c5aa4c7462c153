"use client";

import { count } from "@/lib/core/text";
import { useEditor } from "../editor/store";
import { EnvironmentSelect, useEnvironments } from "../environments/environment-select";
import { Button, IconButton } from "../ui/button";
import { Select } from "../ui/field";
import { Icon } from "../ui/icon";
import { type Base, bases } from "./bases";
import { choiceOf, codeChoices } from "./choices";
import { summaryOf } from "./difference";
import { Counts } from "./file-tree";
import { useCodePanel } from "./panel-state";
import type { Compared } from "./use-changes";
import { useTarget } from "./use-emitted";
import type { Places } from "./use-places";

const formats = codeChoices.map(({ id, label }) => ({ value: id, label }));
const baseOptions = (Object.keys(bases) as Base[]).map((value) => ({ value, label: bases[value].label }));

export interface ToolbarProps {
  places: Places;
  compared: Compared | undefined;
  /** Why the text has no tools now; undefined when it has. */
  blocked: string | undefined;
  onFind(): void;
  onFold(all: boolean): void;
  onCopyLines(): void;
  onCopy(): void;
  onDownload(): void;
}

/** Over the code: the format, tools of the text, where the selection is, what changed, and ways to take it away. */
export function Toolbar({ places, compared, blocked, onFind, onFold, onCopyLines, onCopy, onDownload }: ToolbarProps) {
  const choice = useCodePanel((panel) => panel.choice);
  const changes = useCodePanel((panel) => panel.changes);
  const base = useCodePanel((panel) => panel.base);
  const environments = useEnvironments();
  const environment = useEditor((store) => store.environment);
  const target = useTarget(choiceOf(choice));
  const allInOne = target !== "missing" && target?.environments === "merged";
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1">
      <Select
        label="Format"
        hideLabel
        value={choice}
        options={formats}
        onChange={(next) => useCodePanel.setState({ choice: next })}
      />
      {environments.length > 0 && (
        <EnvironmentSelect
          hideLabel
          value={environment}
          all={allInOne ? "All environments" : "As drawn"}
          onChange={(next) => useEditor.getState().setEnvironment(next)}
        />
      )}
      {changes ? (
        <p role="status" className="text-ink-2">
          {compared && "changes" in compared && summaryOf(compared.changes)}
        </p>
      ) : (
        <>
          <span className="flex items-center">
            <IconButton icon="search" label="Find" keys="mod+f" side="top" blocked={blocked} onClick={onFind} />
            <IconButton icon="fold" label="Fold all" side="top" blocked={blocked} onClick={() => onFold(true)} />
            <IconButton icon="unfold" label="Unfold all" side="top" blocked={blocked} onClick={() => onFold(false)} />
          </span>
          {!blocked && <Selected places={places} onCopyLines={onCopyLines} />}
        </>
      )}
      <span className="flex-1" />
      {changes && (
        <Select
          label="Since"
          value={base}
          options={baseOptions}
          onChange={(next) => useCodePanel.setState({ base: next })}
        />
      )}
      <Button
        aria-pressed={changes}
        aria-label={changesName(compared)}
        disabled={blocked !== undefined}
        onClick={() => useCodePanel.setState({ changes: !changes })}
        className="aria-pressed:border-accent! aria-pressed:bg-accent-soft!"
      >
        <Icon name="diff" size={14} />
        Changes
        {compared && "changes" in compared && compared.changes.files.length > 0 && <Counts change={compared.changes} />}
      </Button>
      <Button icon="copy" disabled={blocked !== undefined} onClick={onCopy}>
        Copy
      </Button>
      <Button icon="download" disabled={blocked !== undefined} onClick={onDownload}>
        Download
      </Button>
    </div>
  );
}

const changesName = (compared: Compared | undefined): string =>
  compared && "changes" in compared && compared.changes.files.length > 0
    ? `Changes: ${compared.changes.added} lines added, ${compared.changes.removed} removed`
    : "Changes";

/** "41 lines in 2 files", and the ways between them. */
function Selected({ places, onCopyLines }: { places: Places; onCopyLines(): void }) {
  const { places: found, at, lines, files, step } = places;
  const any = useEditor(({ state }) => state.selection.length > 0);
  if (found.length === 0) {
    return any ? <span className="border-line border-l pl-3 text-ink-3">The selection has no lines here</span> : null;
  }
  const where = files.size > 1 ? ` in ${count(files.size, "file")}` : "";
  return (
    <section aria-label="Lines of the selection" className="flex items-center gap-0.5">
      <span className="mr-1 h-4 border-line border-l" />
      <span className="px-1 text-ink-2">
        <span aria-hidden="true" className="mr-1.5 inline-block size-1.5 rounded-full bg-accent align-middle" />
        {count(lines, "line")}
        {where}
        {found.length > 1 && (
          <span className="text-ink-3">
            {" "}
            · {at + 1 > 0 ? `${at + 1} of ` : ""}
            {count(found.length, "place")}
          </span>
        )}
      </span>
      {found.length > 1 && (
        <>
          <IconButton icon="chevron-up" label="Previous place" side="top" onClick={() => step(-1)} />
          <IconButton icon="chevron-down" label="Next place" side="top" onClick={() => step(1)} />
        </>
      )}
      <IconButton icon="copy" label="Copy these lines" side="top" onClick={onCopyLines} />
    </section>
  );
}
