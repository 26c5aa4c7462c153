"use client";

import { type ReactNode, useMemo, useState } from "react";
import { equalJson } from "@/lib/core/json";
import type { Result } from "@/lib/core/result";
import type { Edit } from "@/lib/document/edits/edit";
import { compareEnvironments, type EnvironmentSummary } from "@/lib/editor/compare-environments";
import { addEnvironment, BASE, removeEnvironment, renameEnvironment } from "@/lib/editor/environments";
import { placeName } from "@/lib/editor/names";
import { bookOf } from "../code/use-emitted";
import { moneyExact } from "../editor/money";
import { useJudged } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { CommitInput, Select, TextInput } from "../ui/field";
import { Menu, MenuItem } from "../ui/menu";
import { useEnvironments } from "./environment-select";
import { fieldLabel, valueLabel } from "./labels";

const close = (): void => useEditor.setState({ dialog: undefined });

/** Applies edits, or gives the sentence of the refusal. */
function carry(edits: Result<Edit[]>, says: string): string | undefined {
  const result = edits.ok ? useEditor.getState().dispatch(edits.value, { says, quiet: true }) : edits;
  return result.ok ? undefined : (result.problems[0]?.message ?? "The design does not take this.");
}

/** The environments of the design side by side, and what can be done with them. */
export function EnvironmentsDialog() {
  const names = useEnvironments();
  const readOnly = useEditor((store) => store.state.readOnly);
  return (
    <Dialog
      title="Environments"
      about="One design for all of them: nodes and connections are the same everywhere, settings may differ. Choose an environment in the bar, and what you set in the inspector is set there only."
      wide
      onClose={close}
      footer={<Button onClick={close}>Close</Button>}
    >
      <div className="space-y-4">
        {!readOnly && <NewEnvironment names={names} />}
        {names.length > 0 ? <Comparison /> : <p className="text-ink-2">This design has no environments yet.</p>}
      </div>
    </Dialog>
  );
}

function NewEnvironment({ names }: { names: readonly string[] }) {
  const [name, setName] = useState("");
  const [like, setLike] = useState("");
  const [problem, setProblem] = useState<string | undefined>();
  const add = (): void => {
    const text = name.trim();
    const { document } = useEditor.getState().state;
    const refused = carry(addEnvironment(document, text, like === "" ? undefined : like), `Added ${text}.`);
    setProblem(refused);
    if (refused === undefined) setName("");
  };
  return (
    <form
      className="space-y-1"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          aria-label="Name of the new environment"
          placeholder={names.length === 0 ? "dev" : "prod"}
          value={name}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : "environment-problem"}
          onChange={(event) => setName(event.target.value)}
          className="w-48!"
        />
        <Select
          label="like"
          value={like}
          options={[{ value: "", label: BASE }, ...names.map((one) => ({ value: one, label: one }))]}
          onChange={setLike}
        />
        <Button type="submit" icon="plus" look="primary">
          Add environment
        </Button>
      </div>
      {problem !== undefined && (
        <p id="environment-problem" role="alert" className="text-error text-xs">
          {problem}
        </p>
      )}
    </form>
  );
}

/** Computed only while it is on the screen. */
function Comparison() {
  const { document, analysis: known } = useJudged();
  const scenario = useEditor((store) => store.scenario);
  const prices = useEditor(bookOf);
  const { columns, rows } = useMemo(
    () => compareEnvironments(document, { scenario, prices, known }),
    [document, scenario, prices, known],
  );
  return (
    <div className="max-w-full overflow-x-auto">
      <table aria-label="Environments compared" className="w-full border-collapse text-left">
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className="py-1 pr-3 font-medium text-ink-2">
              <span className="sr-only">What</span>
            </th>
            {columns.map((column) => (
              <ColumnHead key={column.name ?? BASE} name={column.name} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Figures title="A month" columns={columns} of={monthly} />
          <Figures title="Errors" columns={columns} of={({ findings }) => findings.error} />
          <Figures title="Warnings" columns={columns} of={({ findings }) => findings.warning} />
          <Figures title="AWS resources" columns={columns} of={({ resources }) => resources} />
          {rows.map(({ id, field, values }) => {
            const place = { [Object.hasOwn(document.nodes, id) ? "node" : "edge"]: id, field };
            return (
              <tr key={`${id}${field}`} className="border-line border-t align-top">
                <th scope="row" className={rowHead}>
                  <button
                    type="button"
                    className="rounded-sm text-left hover:underline"
                    onClick={() => {
                      close();
                      goTo(place);
                    }}
                  >
                    {placeName(document, place)}
                    <span className="block text-ink-3 text-xs">{fieldLabel(document, id, field)}</span>
                  </button>
                </th>
                {values.map((value, at) => (
                  <Cell key={columns[at]?.name ?? BASE} differs={at > 0 && !equalJson(value, values[0])}>
                    {valueLabel(value)}
                  </Cell>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 && <p className="pt-2 text-ink-3">No environment changes anything yet.</p>}
    </div>
  );
}

const rowHead = "min-w-40 py-1 pr-3 font-normal";

const monthly = ({ total, more }: EnvironmentSummary): string =>
  total === null ? "unknown" : `${moneyExact(total)}${more ? "\u00a0+" : ""}`;

function Figures({
  title,
  columns,
  of,
}: {
  title: string;
  columns: readonly EnvironmentSummary[];
  of(column: EnvironmentSummary): ReactNode;
}) {
  return (
    <tr>
      <th scope="row" className={rowHead}>
        {title}
      </th>
      {columns.map((column) => (
        <Cell key={column.name ?? BASE} differs={false}>
          {of(column)}
        </Cell>
      ))}
    </tr>
  );
}

/** What differs from the design as drawn stands out in weight, not in colour alone. */
function Cell({ differs, children }: { differs: boolean; children: ReactNode }) {
  return (
    <td className="max-w-56 break-words px-3 py-1 tabular-nums">
      {differs ? <strong className="font-semibold">{children}</strong> : <span className="text-ink-2">{children}</span>}
    </td>
  );
}

function ColumnHead({ name }: { name: string | null }) {
  const readOnly = useEditor((store) => store.state.readOnly);
  const shown = useEditor((store) => store.environment === name);
  const [renaming, setRenaming] = useState(false);
  const look = "px-3 py-1 font-medium";
  if (name === null) {
    return (
      <th scope="col" className={look}>
        <Choose name={null} shown={shown} />
      </th>
    );
  }
  const rename = (to: string): boolean => {
    const { state, environment, notify, setEnvironment } = useEditor.getState();
    const refused = carry(renameEnvironment(state.document, name, to), `Renamed to ${to}.`);
    if (refused !== undefined) notify(refused, "refusal");
    else if (environment === name) setEnvironment(to);
    return refused === undefined;
  };
  const duplicate = (): void => {
    const { document } = useEditor.getState().state;
    const taken = (copy: string): boolean => Object.hasOwn(document.environments, copy);
    let copy = `${name}-copy`;
    for (let number = 2; taken(copy); number += 1) copy = `${name}-copy-${number}`;
    const refused = carry(addEnvironment(document, copy, name), `Added ${copy}.`);
    if (refused !== undefined) useEditor.getState().notify(refused, "refusal");
  };
  const remove = (): void => void carry({ ok: true, value: removeEnvironment(name) }, `Deleted ${name}.`);
  return (
    <th scope="col" className={look}>
      <span className="flex items-center gap-1">
        {renaming ? (
          <CommitInput
            label={`New name of ${name}`}
            value={name}
            startFocused
            onCommit={rename}
            onDone={() => setRenaming(false)}
            className="h-6 w-24 rounded-md border border-accent bg-surface px-1.5"
          />
        ) : (
          <Choose name={name} shown={shown} />
        )}
        {!readOnly && !renaming && (
          <Menu align="end" trigger={<IconButton icon="more" label={`Actions for ${name}`} className="size-6!" />}>
            <MenuItem icon="pencil" onSelect={() => setRenaming(true)}>
              Rename
            </MenuItem>
            <MenuItem icon="duplicate" onSelect={duplicate}>
              Duplicate
            </MenuItem>
            <MenuItem icon="trash" onSelect={remove}>
              Delete
            </MenuItem>
          </Menu>
        )}
      </span>
    </th>
  );
}

const Choose = ({ name, shown }: { name: string | null; shown: boolean }) => (
  <button
    type="button"
    aria-pressed={shown}
    title={shown ? "On the screen" : "Show on the screen"}
    onClick={() => useEditor.getState().setEnvironment(name)}
    className="max-w-32 truncate rounded-md px-1.5 py-0.5 hover:bg-hover aria-pressed:bg-accent-soft"
  >
    {name ?? BASE}
  </button>
);
