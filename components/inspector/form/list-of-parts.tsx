"use client";

import { type ReactNode, useState } from "react";
import type { Json } from "@/lib/core/json";
import { IconButton } from "../../ui/button";
import { findingsAt, useFieldValue, useForm } from "./context";
import { FieldFindings, FieldList, type WidgetProps } from "./field-row";
import { Add, ItemButtons, listOf, moved } from "./lists";
import { blankOf, type Field, type Shape } from "./shape";
import { Refusal } from "./simple";
import { widgets } from "./widgets";

/** A list of objects: short ones as rows of a table, others as small forms. */
export function ListOfParts({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "list" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const [problem, setProblem] = useState<string>();
  const items = listOf(shown);
  const write = (next: readonly Json[]) =>
    setProblem(
      set(next.length === 0 && Array.isArray(field.initial) && field.initial.length === 0 ? undefined : [...next]),
    );
  const example = Array.isArray(field.initial) ? field.initial[0] : undefined;
  const fresh = (): Json => example ?? blankOf(shape.item);
  const buttons = (index: number): ReactNode =>
    readOnly ? null : (
      <ItemButtons
        what={field.label.toLowerCase()}
        at={index}
        count={items.length}
        onMove={(by) => write(moved(items, index, by))}
        onRemove={() => write(items.filter((_, other) => other !== index))}
      />
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-labelledby={`${id}-label`} className="space-y-1.5">
      {items
        .map((_, index) => ({ index, place: `${at}/${index}` }))
        .map(({ index, place }) => (
          <Part
            key={place}
            shape={shape.item}
            at={place}
            label={`${field.label} ${index + 1}`}
            first={index === 0}
            buttons={buttons(index)}
          />
        ))}
      <Refusal id={`${id}-problem`}>{problem}</Refusal>
      {!readOnly && <Add onClick={() => write([...items, fresh()])}>{field.label}</Add>}
    </div>
  );
}

const simple: ReadonlySet<Shape["type"]> = new Set<Shape["type"]>(["text", "number", "choice"]);

function Part({
  shape,
  at,
  label,
  first,
  buttons,
}: {
  shape: Shape;
  at: string;
  label: string;
  first: boolean;
  buttons: ReactNode;
}) {
  const { findings, focus } = useForm();
  const [open, setOpen] = useState(() => focus?.startsWith(`${at}/`) === true);
  if (shape.type !== "group") {
    const Whole = widgets[shape.type] as (props: WidgetProps) => ReactNode;
    return (
      <Frame label={label} buttons={buttons}>
        <Whole field={{ ...plain, label }} shape={shape} at={at} id={at} />
      </Frame>
    );
  }
  const main = shape.fields.filter(({ advanced }) => !advanced);
  const rest = shape.fields.filter(({ advanced }) => advanced);
  const compact = main.length <= 3 && main.every((item) => simple.has(item.shape.type));
  if (!compact) {
    return (
      <Frame label={label} buttons={buttons}>
        <FieldList fields={shape.fields} at={at} />
      </Frame>
    );
  }
  return (
    <fieldset aria-label={label} data-field={at}>
      <div className="flex items-start gap-1">
        {main.map((item) => (
          <Cell key={item.key} field={item} at={`${at}/${item.key}`} head={first} />
        ))}
        <span className={`flex ${first ? "pt-8" : ""}`}>
          {rest.length > 0 && (
            <IconButton
              icon="more"
              label={`More of ${label.toLowerCase()}`}
              className="size-6"
              pressed={open}
              onClick={() => setOpen(!open)}
            />
          )}
          {buttons}
        </span>
      </div>
      {open && (
        <div className="mt-1 space-y-1.5 border-line border-l-2 pl-2">
          <FieldList fields={rest.map((item) => ({ ...item, advanced: false }))} at={at} />
        </div>
      )}
      <FieldFindings findings={findings.filter((finding) => finding.at.field === at)} />
    </fieldset>
  );
}

const plain: Field = {
  key: "",
  label: "",
  help: undefined,
  unit: undefined,
  placeholder: undefined,
  words: {},
  advanced: false,
  required: true,
  nullable: false,
  initial: undefined,
  shape: { type: "json" },
};

const Frame = ({ label, buttons, children }: { label: string; buttons: ReactNode; children: ReactNode }) => (
  <fieldset aria-label={label} className="relative rounded-md border border-line p-2">
    <div className="-mt-1 -mr-1 mb-1 flex items-center justify-between text-ink-3 text-xs">
      {label}
      {buttons}
    </div>
    <div className="space-y-1.5">{children}</div>
  </fieldset>
);

/** A field of a row, with its label above the first one. */
function Cell({ field, at, head }: { field: Field; at: string; head: boolean }) {
  const { findings } = useForm();
  const Specific = widgets[field.shape.type] as (props: WidgetProps) => ReactNode;
  const id = `cell${at}`;
  return (
    <div data-field={at} className="min-w-0 flex-1">
      <label
        htmlFor={id}
        className={head ? "flex h-8 items-end pb-0.5 text-ink-3 text-xs leading-3.5" : "sr-only"}
        title={field.help}
      >
        {field.label}
      </label>
      <Specific field={field} shape={field.shape} at={at} id={id} />
      <FieldFindings findings={findingsAt(findings, at, true)} />
    </div>
  );
}
