"use client";

import { type ReactNode, useEffect, useState } from "react";
import { limits } from "@/lib/aws/limits";
import { nextId } from "@/lib/core/ids";
import { equalJson, isObject, type Json, sortedEntries } from "@/lib/core/json";
import { count } from "@/lib/core/text";
import { removeContainerEdits } from "@/lib/editor/remove";
import { useEditor } from "../../editor/store";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { SeverityMark } from "../../ui/severity";
import { useFieldValue, useForm } from "./context";
import { FieldList, type WidgetProps } from "./field-row";
import { blankMode, blankOf, modeIndex, type Shape } from "./shape";
import { control, Refusal, useTyped } from "./simple";
import { readJson } from "./write";

const Indented = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset aria-label={label} className="space-y-1.5 border-line border-l-2 pl-2.5">
    {children}
  </fieldset>
);

/** Fields that belong together. A part that is absent is added first, so that nothing half-filled comes to be. */
export function Group({ field, shape, at }: WidgetProps<Extract<Shape, { type: "group" }>>) {
  const { stored, shown, set, readOnly } = useFieldValue(at);
  const [problem, setProblem] = useState<string>();
  const optional = field.initial === undefined && !field.required;
  if (optional && shown === undefined) {
    return readOnly ? (
      <p className="text-ink-3">None</p>
    ) : (
      <>
        <Button size="small" look="quiet" icon="plus" className="-ml-1" onClick={() => setProblem(set(blankOf(shape)))}>
          <span>
            Add<span className="sr-only"> {field.label.toLowerCase()}</span>
          </span>
        </Button>
        <Refusal id={at}>{problem}</Refusal>
      </>
    );
  }
  return (
    <Indented label={field.label}>
      <FieldList fields={shape.fields} at={at} />
      {optional && stored !== undefined && !readOnly && (
        <Button size="small" look="quiet" icon="close" className="-ml-1" onClick={() => set(undefined)}>
          Remove {field.label.toLowerCase()}
        </Button>
      )}
    </Indented>
  );
}

/** A value of several kinds: which one, then its fields. */
export function Modes({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "modes" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const [problem, setProblem] = useState<string>();
  const absent = shown === undefined;
  const index = modeIndex(shape.modes, shown);
  const mode = absent ? undefined : shape.modes[index];
  const choose = (text: string) => {
    const chosen = shape.modes[Number(text)];
    const value = chosen && text !== "" ? blankMode(chosen) : undefined;
    setProblem(set(value !== undefined && equalJson(value, field.initial) ? undefined : value));
  };
  return (
    <div className="space-y-1.5">
      <select
        aria-labelledby={`${id}-label`}
        aria-label={field.label}
        value={absent ? "" : String(index)}
        disabled={readOnly}
        onChange={(event) => choose(event.target.value)}
        className={control}
      >
        {(absent || (field.initial === undefined && !field.required)) && <option value="">Not set</option>}
        {shape.modes.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
      <Refusal id={`${id}-problem`}>{problem}</Refusal>
      {mode && mode.fields.length > 0 && (
        <Indented label={`${field.label}: ${mode.label}`}>
          <FieldList fields={mode.fields} at={at} />
        </Indented>
      )}
    </div>
  );
}

/** Objects under generated ids: the containers of a task definition, each a form that folds. */
export function Entries({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "entries" }>>) {
  const { id: owner } = useForm();
  const { shown, set, readOnly } = useFieldValue(at);
  const entries = sortedEntries(isObject(shown) ? shown : {});
  const most = limits.containersPerTaskDefinition.max;
  const full = entries.length >= most ? `A task definition has at most ${count(most, "container")}.` : undefined;
  const add = () => {
    const key = nextId("c", Object.keys(isObject(shown) ? shown : {}));
    const blank = blankOf(shape.item);
    const value = { ...(isObject(blank) ? blank : {}), name: `container-${key.slice(1)}` } as Json;
    set({ ...(isObject(shown) ? (shown as { [key: string]: Json }) : {}), [key]: value });
  };
  const remove = (key: string) => {
    const { state, dispatch } = useEditor.getState();
    dispatch(removeContainerEdits(state.document, owner, key), { says: "Removed the container and its connections." });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-labelledby={`${id}-label`} className="space-y-1.5">
      {entries.map(([key, value]) => (
        <Entry
          key={key}
          at={`${at}/${key}`}
          shape={shape.item}
          only={entries.length === 1}
          title={nameOf(value, key)}
          onRemove={readOnly ? undefined : () => remove(key)}
        />
      ))}
      {!readOnly && (
        <Button
          size="small"
          look="quiet"
          icon="plus"
          className="-ml-1"
          disabled={full !== undefined}
          title={full}
          onClick={add}
        >
          Add {field.label.toLowerCase().replace(/s$/, "")}
        </Button>
      )}
    </div>
  );
}

const nameOf = (value: unknown, key: string): string =>
  isObject(value) && typeof value.name === "string" && value.name !== "" ? value.name : key;

function Entry({
  at,
  shape,
  title,
  only,
  onRemove,
}: {
  at: string;
  shape: Shape;
  title: string;
  only: boolean;
  onRemove: (() => void) | undefined;
}) {
  const { findings, focus } = useForm();
  const inside = (field: string | undefined): boolean => field === at || field?.startsWith(`${at}/`) === true;
  const called = inside(focus);
  const worst = (["error", "warning", "info"] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity && inside(finding.at.field)),
  );
  const [open, setOpen] = useState(only || called);
  useEffect(() => {
    if (called) setOpen(true);
  }, [called]);
  return (
    <section aria-label={title} data-field={at} className="rounded-md border border-line">
      <div className="flex h-8 items-center gap-1 pr-1 pl-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-md px-1 text-left font-medium"
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} size={12} className="text-ink-3" />
          <span className="truncate">{title}</span>
          {worst && <SeverityMark severity={worst} />}
        </button>
        {onRemove && <IconButton icon="trash" label={`Remove ${title}`} className="size-6" onClick={onRemove} />}
      </div>
      {open && shape.type === "group" && (
        <div className="space-y-1.5 border-line border-t p-2">
          <FieldList fields={shape.fields} at={at} />
        </div>
      )}
    </section>
  );
}

/** What has no form: JSON, kept as it was typed until it can be read. */
export function JsonText({ field, at, id }: WidgetProps<Extract<Shape, { type: "json" }>>) {
  const { stored, set, readOnly } = useFieldValue(at);
  const shown = stored === undefined ? "" : JSON.stringify(stored, null, 2);
  const typed = useTyped(shown, (text) => {
    const read = readJson(text);
    return "problem" in read ? read.problem : set(read.value);
  });
  return (
    <>
      <textarea
        {...typed.props}
        id={id}
        rows={Math.min(16, Math.max(4, shown.split("\n").length + 1))}
        spellCheck={false}
        readOnly={readOnly}
        placeholder={field.placeholder ?? (field.initial === undefined ? "{}" : JSON.stringify(field.initial))}
        aria-describedby={`${id}-problem`}
        className={`${control} h-auto py-1.5 font-mono text-xs leading-4`}
      />
      <Refusal id={`${id}-problem`}>{typed.problem}</Refusal>
    </>
  );
}
