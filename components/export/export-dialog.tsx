"use client";

import { useLayoutEffect, useMemo, useState } from "react";
import { slug } from "@/lib/core/ids";
import { rememberExport } from "../code/bases";
import { choiceOf, exportChoices } from "../code/choices";
import { useEmitted, useTarget } from "../code/use-emitted";
import { judgeNow } from "../editor/judging";
import { useEditor } from "../editor/store";
import { EnvironmentSelect, useEnvironments } from "../environments/environment-select";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { askedOf } from "./asked";
import { type Destination, destinations } from "./destinations";
import { binaryFiles, downloadFile, downloadZip } from "./files";
import { Formats } from "./formats";
import { type Answers, Options } from "./options";
import { Where } from "./where";
import { Errors, FileList, Notes } from "./written";

const close = (): void => useEditor.setState({ dialog: undefined });

const noAnswers: Answers = {};

/** What was chosen last time stays chosen while the page is open. */
let lastFormat = exportChoices[0]?.id ?? "";

/** Takes the design away: pick a format and where it goes; with errors, only after saying so. */
export function ExportDialog() {
  // What is taken away is of the drawing as it is.
  useLayoutEffect(judgeNow, []);
  const [id, setId] = useState(lastFormat);
  const [where, setWhere] = useState("download");
  const [anyway, setAnyway] = useState(false);
  const [allAnswers, setAnswers] = useState<Readonly<Record<string, Answers>>>({});
  const choice = choiceOf(id);
  const answers = allAnswers[id] ?? noAnswers;
  const target = useTarget(choice);
  const asked = useMemo(() => (target && target !== "missing" ? askedOf(target, choice) : []), [target, choice]);
  const [chosen, setEnvironment] = useState(useEditor.getState().environment);
  const environments = useEnvironments();
  const environment = chosen !== null && environments.includes(chosen) ? chosen : null;
  const emitted = useEmitted(choice, answers, environment);
  const name = useEditor(({ state }) => slug(state.document.name, "design"));
  const { errors: error, errorsIn } = emitted && "errors" in emitted ? emitted : { errors: 0, errorsIn: [] };
  const nothing = useEditor(({ judged }) => Object.keys(judged.stack.resources).length === 0);
  const { files, notes } = emitted && "files" in emitted && !nothing ? emitted : { files: [], notes: [] };
  const ready = files.length > 0 && (error === 0 || anyway);
  const destination = destinations.find((one) => one.id === where) ?? (destinations[0] as Destination);

  const bytes = () => binaryFiles(choice, files);
  const taken = (): void => {
    const { designId, state } = useEditor.getState();
    rememberExport(designId, state.document);
  };
  const take = async (as: "zip" | "file"): Promise<void> => {
    const { announce, notify } = useEditor.getState();
    try {
      const made = await bytes();
      const [single] = made;
      const file = as === "file" && single ? downloadFile(single) : await downloadZip(name, made);
      taken();
      announce(`Downloaded ${file}.`);
    } catch (problem) {
      console.error(problem);
      notify(`${choice.label} could not be made in this browser. Your design is as it was.`, "refusal");
    }
  };

  return (
    <Dialog
      title="Export"
      about="Files for your repository. They follow the drawing and change only where it changed."
      wide
      onClose={close}
      footer={
        destination.load ? (
          <Button onClick={close}>Close</Button>
        ) : (
          <Downloads folder={choice.folder || files.length > 1} ready={ready} onTake={(as) => void take(as)} />
        )
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <Formats
          chosen={id}
          onChoose={(next) => {
            lastFormat = next;
            setId(next);
          }}
        />
        <div className="min-h-72 self-start sm:sticky sm:top-0">
          {environments.length > 0 && (
            <EnvironmentSelect
              value={environment}
              all={target !== "missing" && target?.environments === "merged" ? "All in one" : "As drawn"}
              onChange={setEnvironment}
              className="mb-3"
            />
          )}
          <Errors errors={error} where={errorsIn} anyway={anyway} onAnyway={setAnyway} />
          <Options
            asked={asked}
            answers={answers}
            onAnswer={(next) => setAnswers((before) => ({ ...before, [id]: next }))}
          />
          {emitted === undefined && <p className="text-ink-2">Loading…</p>}
          {emitted && "problem" in emitted && (
            <p role="alert" className="rounded-md bg-error-soft px-3 py-2 text-error">
              {emitted.problem}
            </p>
          )}
          {emitted && "files" in emitted && files.length === 0 && (
            <p className="text-ink-2">This drawing has nothing to write in this format.</p>
          )}
          {files.length > 0 && <FileList files={files} />}
          <Notes notes={notes} />
          <Where
            chosen={destination}
            onChoose={setWhere}
            files={files}
            bytes={bytes}
            choice={choice}
            answers={answers}
            environment={environment}
            anyway={anyway}
            name={name}
            ready={ready}
            onTaken={taken}
          />
        </div>
      </div>
    </Dialog>
  );
}

function Downloads({ folder, ready, onTake }: { folder: boolean; ready: boolean; onTake(as: "zip" | "file"): void }) {
  return (
    <>
      <Button icon="download" look={folder ? "primary" : "plain"} onClick={() => onTake("zip")} disabled={!ready}>
        Download zip
      </Button>
      {!folder && (
        <Button icon="download" look="primary" onClick={() => onTake("file")} disabled={!ready}>
          Download
        </Button>
      )}
    </>
  );
}
