"use client";

import { useEffect, useState } from "react";
import { count } from "@/lib/core/text";
import { choiceOf } from "../code/choices";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { DestinationProps } from "./destinations";
import { canWriteFolders, chooseFolder, type Written, writeFolder } from "./folder";
import { inTheWay, useNow, wordsOf } from "./folder-state";
import { allowAgain, keepInStep, startKeepingInStep, stopInStep, writeNow } from "./folder-step";
import { useFolder } from "./folder-store";
import { sectionOf } from "./section";

/** Writes the files into a folder of this computer, once or after every save. */
export function Folder(props: DestinationProps) {
  const kept = useFolder((store) => store.kept);
  useEffect(() => startKeepingInStep(), []);
  if (!canWriteFolders())
    return (
      <p className="text-ink-2">
        This browser does not let a page write into a folder; Chrome and Edge do. Download the zip instead.
      </p>
    );
  return kept ? <InStepFields {...props} /> : <NewFolder {...props} />;
}

/** The folder that the design is kept in step with, and how it stands. */
function InStepFields({ choice, answers, environment, anyway, name, ready, onTaken }: DestinationProps) {
  const kept = useFolder((store) => store.kept);
  const state = useFolder((store) => store.state);
  const now = useNow();
  if (!kept) return null;
  const { long, calm } = wordsOf(state, now);
  const same =
    kept.choice === choice.id &&
    JSON.stringify(kept.answers) === JSON.stringify(answers) &&
    (kept.environment ?? null) === environment;
  return (
    <div className="grid gap-2">
      <p>
        The folder <strong className="font-medium">{kept.handle.name}</strong> is kept in step with{" "}
        {choiceOf(kept.choice).label}: every save writes it anew, only what changed.
      </p>
      <p role="status" className={`flex gap-2 ${calm ? "text-ink-2" : "text-warning"}`}>
        <Icon name={calm ? "check" : "warning"} className="mt-0.5" />
        <span className="min-w-0 break-words">{long}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        {state.is === "permission" && (
          <Button look="primary" onClick={() => void allowAgain()}>
            Allow writing again
          </Button>
        )}
        {state.is === "foreign" && (
          <Button look="danger" onClick={() => void writeNow(true)}>
            Replace {state.paths.length === 1 ? "it" : "them"}
          </Button>
        )}
        {state.is === "errors" && anyway && (
          <Button look="primary" onClick={() => void keepInStep({ ...kept, anyway: true })}>
            Write anyway from now on
          </Button>
        )}
        {!same && (
          <Button
            disabled={!ready}
            onClick={() =>
              void keepInStep({
                ...kept,
                choice: choice.id,
                answers,
                environment,
                anyway,
                section: sectionOf(choice.id, name),
              })
            }
          >
            Keep {choice.label} in step instead
          </Button>
        )}
        <Button
          onClick={() => {
            void writeNow().then(() => {
              if (useFolder.getState().state.is === "inStep") onTaken();
            });
          }}
        >
          Write now
        </Button>
        <Button onClick={() => void stopInStep()}>Stop keeping in step</Button>
      </div>
    </div>
  );
}

type Once = { folder: FileSystemDirectoryHandle; result: Written | undefined };

function NewFolder({ bytes, choice, answers, environment, anyway, name, ready, onTaken }: DestinationProps) {
  const designId = useEditor((store) => store.designId);
  const [follow, setFollow] = useState(true);
  const [once, setOnce] = useState<Once | undefined>();
  const follows = follow && designId !== undefined;

  const write = async (folder: FileSystemDirectoryHandle, over: boolean): Promise<void> => {
    setOnce({ folder, result: undefined });
    const result = await writeFolder(folder, await bytes(), { section: sectionOf(choice.id, name), over });
    setOnce({ folder, result });
    if (result.ok) onTaken();
  };
  const choose = async (): Promise<void> => {
    let handle: FileSystemDirectoryHandle | undefined;
    try {
      handle = await chooseFolder();
    } catch (error) {
      console.error(error);
      useEditor.getState().notify("The browser did not open a folder. Choose another, or download the zip.", "refusal");
    }
    if (!handle) return;
    if (!follows) return write(handle, false);
    await keepInStep({
      designId,
      handle,
      choice: choice.id,
      answers,
      environment,
      anyway,
      section: sectionOf(choice.id, name),
    });
    if (useFolder.getState().state.is === "inStep") onTaken();
  };
  return (
    <div className="grid gap-2">
      <p className="text-ink-2">
        Only what differs is written. Files of others are replaced only when you say so, and never removed.
      </p>
      {designId !== undefined && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="accent-accent-solid"
            checked={follow}
            onChange={(event) => setFollow(event.target.checked)}
          />
          Keep the folder in step: write it after every save
        </label>
      )}
      <div>
        <Button look="primary" icon="folder" disabled={!ready} onClick={() => void choose()}>
          Choose a folder…
        </Button>
      </div>
      {once && <OnceView once={once} onOver={() => void write(once.folder, true)} />}
    </div>
  );
}

function OnceView({ once: { folder, result }, onOver }: { once: Once; onOver(): void }) {
  if (result === undefined) return <p role="status">Writing…</p>;
  if (result.ok)
    return (
      <p role="status" className="flex gap-2">
        <Icon name="check" className="mt-0.5 text-good" />
        {result.written + result.removed === 0
          ? `${folder.name} held these files already.`
          : `${count(result.written, "file")} written into ${folder.name}${result.removed > 0 ? `, ${result.removed} removed` : ""}.`}
      </p>
    );
  return (
    <div role="alert" className="text-warning">
      <p>{onceWords(result)}</p>
      {result.reason === "foreign" && (
        <Button className="mt-1" look="danger" onClick={onOver}>
          Replace {result.paths.length === 1 ? "it" : "them"}
        </Button>
      )}
    </div>
  );
}

function onceWords(result: Extract<Written, { ok: false }>): string {
  if (result.reason === "trouble") return result.message;
  if (result.reason === "permission")
    return "The browser was not given the permission to write into this folder. Choose it again and allow it.";
  return `Nothing was written: ${inTheWay(result.paths)}`;
}
