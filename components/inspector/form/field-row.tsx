"use client";

import { type ReactNode, useEffect, useId, useState } from "react";
import { BASE } from "@/lib/editor/environments";
import type { Finding } from "@/lib/rules/rule";
import { FixButton } from "../../editor/fix-button";
import { useEditor } from "../../editor/store";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { SeverityMark } from "../../ui/severity";
import { Tooltip } from "../../ui/tooltip";
import { findingsAt, useDifference, useFieldValue, useForm } from "./context";
import { blankOf, type Field, type ShapeType } from "./shape";
import { widgets } from "./widgets";

/** Widgets that stand in one line beside their label. */
const inline: ReadonlySet<ShapeType> = new Set<ShapeType>(["number", "boolean", "choice", "reference", "container"]);
/** Widgets whose parts are fields themselves and show their own findings. */
const divided: ReadonlySet<ShapeType> = new Set<ShapeType>(["group", "modes", "list", "entries"]);

const isInline = ({ shape }: Field): boolean => inline.has(shape.type) || (shape.type === "text" && !shape.multiline);

/** All fields of a part: the few that matter first, the rest under More. */
export function FieldList({ fields, at }: { fields: readonly Field[]; at: string }) {
  const { findings, focus } = useForm();
  const first = fields.filter(({ advanced }) => !advanced);
  const more = fields.filter(({ advanced }) => advanced);
  const inMore = (field: string | undefined): boolean =>
    more.some(({ key }) => field === `${at}/${key}` || field?.startsWith(`${at}/${key}/`) === true);
  const called = inMore(focus) || findings.some((finding) => inMore(finding.at.field));
  const [open, setOpen] = useState(called);
  useEffect(() => {
    if (called) setOpen(true);
  }, [called]);
  return (
    <>
      {first.map((field) => (
        <FieldRow key={field.key} field={field} at={`${at}/${field.key}`} />
      ))}
      {more.length > 0 && (
        <div>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex h-7 w-full items-center gap-1 rounded-md text-ink-2 hover:text-ink"
          >
            <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
            {first.length === 0 ? "Settings" : "More"}
            {!open && <span className="text-ink-3 text-xs">{more.length}</span>}
          </button>
          {open && (
            <div className="space-y-1.5 pt-1">
              {more.map((field) => (
                <FieldRow key={field.key} field={field} at={`${at}/${field.key}`} />
              ))}
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** One field: label, widget, and what was found about it. */
export function FieldRow({ field, at }: { field: Field; at: string }) {
  const id = useId();
  const { findings, hints } = useForm();
  const own = findingsAt(findings, at, !divided.has(field.shape.type));
  const oneLine = isInline(field);
  const difference = useDifference(at, !divided.has(field.shape.type));
  const body = field.nullable ? <Nullable field={field} at={at} id={id} /> : <Widget field={field} at={at} id={id} />;
  return (
    <div
      data-field={at}
      className={difference ? "-ml-2 min-w-0 border-accent border-l-2 pl-1.5" : "min-w-0"}
      {...(difference ? { "data-differs": difference.environment } : {})}
    >
      <div className={oneLine ? "grid grid-cols-[minmax(88px,36%)_minmax(0,1fr)] items-start gap-x-2" : "space-y-1"}>
        <Label
          field={field}
          id={id}
          forControl={oneLine || field.shape.type === "text" || field.shape.type === "json"}
        />
        <div className="min-w-0">{body}</div>
      </div>
      {hints.get(at) && field.shape.type === "number" ? (
        <datalist id={`${id}-offers`}>{offersOf(hints.get(at)?.offers)}</datalist>
      ) : null}
      {field.help && (
        <span id={`${id}-help`} hidden>
          {field.help}
        </span>
      )}
      {difference && <Differs label={field.label} {...difference} />}
      <FieldFindings findings={own} />
    </div>
  );
}

/** Says that the environment changes the field, and takes it back. */
function Differs({ label, environment, reset }: { label: string; environment: string; reset(): void }) {
  const readOnly = useEditor((store) => store.state.readOnly);
  return (
    <p className="flex items-center justify-between gap-2 text-ink-3 text-xs">
      <span>Differs in {environment}</span>
      {!readOnly && (
        <Button size="small" look="quiet" icon="undo" aria-label={`Reset to ${BASE}: ${label}`} onClick={reset}>
          Reset to {BASE}
        </Button>
      )}
    </p>
  );
}

const offersOf = (offers: readonly { value: string; label: string }[] = []): ReactNode =>
  offers.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

function Widget({ field, at, id }: { field: Field; at: string; id: string }) {
  const Specific = widgets[field.shape.type] as (props: WidgetProps) => ReactNode;
  return <Specific field={field} shape={field.shape} at={at} id={id} />;
}

export interface WidgetProps<S = Field["shape"]> {
  field: Field;
  shape: S;
  /** JSON Pointer into the props. */
  at: string;
  /** Id of the control, for its label. */
  id: string;
}

function Label({ field, id, forControl }: { field: Field; id: string; forControl: boolean }) {
  const words = (
    <span className={field.help ? "underline decoration-dotted decoration-line-strong underline-offset-3" : ""}>
      {field.label}
    </span>
  );
  const text = field.help ? (
    <Tooltip text={field.help} side="left">
      {words}
    </Tooltip>
  ) : (
    words
  );
  const look = "flex min-h-7 items-center py-1 leading-4 text-ink-2";
  return forControl ? (
    <label htmlFor={id} className={look}>
      {text}
    </label>
  ) : (
    <span id={`${id}-label`} className={`${look} font-medium`}>
      {text}
    </span>
  );
}

/** A field that may be switched off altogether, which is not the same as its default. */
function Nullable({ field, at, id }: { field: Field; at: string; id: string }) {
  const { shown, set, readOnly } = useFieldValue(at);
  const off = shown === null;
  return (
    <div className="space-y-1.5">
      <label className="flex items-center gap-2 text-ink-2">
        <input
          type="checkbox"
          className="accent-(--accent-solid)"
          checked={!off}
          disabled={readOnly}
          onChange={(event) =>
            set(
              event.target.checked
                ? field.initial === null || field.initial === undefined
                  ? blankOf(field.shape)
                  : undefined
                : null,
            )
          }
        />
        {off ? `No ${field.label.toLowerCase()}` : `${field.label} on`}
      </label>
      {!off && <Widget field={field} at={at} id={id} />}
    </div>
  );
}

/** What was found about a field, in place, with its repair. */
export function FieldFindings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="mt-1 space-y-1">
      {findings.map((finding) => (
        <li
          key={`${finding.rule} ${finding.message}`}
          className="flex gap-1.5 rounded-md bg-sunken px-2 py-1.5 text-xs leading-4"
        >
          <SeverityMark severity={finding.severity} />
          <div className="min-w-0">
            <p className="break-words">{finding.message}</p>
            <FixButton finding={finding} className="mt-1 max-w-full" />
          </div>
        </li>
      ))}
    </ul>
  );
}
