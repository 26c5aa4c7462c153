"use client";

import { useState } from "react";
import type { Json } from "@/lib/core/json";
import { isObject } from "@/lib/core/json";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { useFieldValue } from "./context";
import type { WidgetProps } from "./field-row";
import { type Field, optionText, type Shape } from "./shape";
import { control, Refusal, useTyped } from "./simple";
import { readNumber } from "./write";

/** Any of a closed list: pressed is in. */
export function Flags({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "flags" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const chosen = listOf(shown).map(String);
  const toggle = (option: string) => {
    const next = shape.options.filter((item) => chosen.includes(item) !== (item === option));
    set(next.length === 0 && Array.isArray(field.initial) && field.initial.length === 0 ? undefined : next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a wrapping row everywhere
    <div role="group" aria-labelledby={`${id}-label`} className="flex flex-wrap gap-1">
      {shape.options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={chosen.includes(option)}
          disabled={readOnly}
          onClick={() => toggle(option)}
          className="flex h-6 items-center gap-1 rounded-full border border-line px-2 text-ink-2 text-xs hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-ink"
        >
          {chosen.includes(option) && <Icon name="check" size={10} />}
          {optionText(option)}
        </button>
      ))}
    </div>
  );
}

export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Moves one item of a list by one place. */
export const moved = <T,>(list: readonly T[], from: number, by: number): T[] => {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(from + by, 0, item);
  return next;
};

/** Buttons of one item of a list. */
export function ItemButtons({
  what,
  at,
  count,
  onMove,
  onRemove,
}: {
  what: string;
  at: number;
  count: number;
  onMove(by: number): void;
  onRemove(): void;
}) {
  return (
    <span className="flex shrink-0">
      {count > 1 && at > 0 && (
        <IconButton
          icon="chevron-down"
          label={`Move ${what} ${at + 1} up`}
          className="size-6 rotate-180"
          onClick={() => onMove(-1)}
        />
      )}
      <IconButton icon="close" label={`Remove ${what} ${at + 1}`} className="size-6" onClick={onRemove} />
    </span>
  );
}

/** One line of text that is an item of a list. */
function Item({
  value,
  label,
  placeholder,
  readOnly,
  onCommit,
  startFocused,
}: {
  value: string;
  label: string;
  placeholder: string | undefined;
  readOnly: boolean;
  onCommit(text: string): string | undefined;
  startFocused?: boolean;
}) {
  const typed = useTyped(value, onCommit);
  return (
    <span className="block min-w-0 flex-1">
      <input
        {...typed.props}
        aria-label={label}
        placeholder={placeholder}
        readOnly={readOnly}
        spellCheck={false}
        ref={(input) => {
          if (startFocused && input && !input.dataset.seen) {
            input.dataset.seen = "yes";
            input.focus();
          }
        }}
        className={control}
      />
      <Refusal id="">{typed.problem}</Refusal>
    </span>
  );
}

function Lines({
  field,
  at,
  id,
  read,
}: {
  field: Field;
  at: string;
  id: string;
  read(text: string): { value: Json | undefined } | { problem: string };
}) {
  const { shown, set, readOnly } = useFieldValue(at);
  const [adding, setAdding] = useState(false);
  const items = listOf(shown);
  const write = (next: readonly Json[]) => set(next.length === 0 && !field.required ? undefined : [...next]);
  const commit = (index: number) => (text: string) => {
    const result = read(text);
    if ("problem" in result) return result.problem;
    if (result.value === undefined || result.value === "") return write(items.filter((_, other) => other !== index));
    return write([...items.slice(0, index), result.value, ...items.slice(index + 1)]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-labelledby={`${id}-label`} className="space-y-1">
      {items
        .map((item, index) => ({ item, index, key: `${at}/${index}` }))
        .map(({ item, index, key }) => (
          <div key={key} className="flex items-start gap-0.5">
            <Item
              value={String(item)}
              label={`${field.label} ${index + 1}`}
              placeholder={field.placeholder}
              readOnly={readOnly}
              onCommit={commit(index)}
            />
            {!readOnly && (
              <ItemButtons
                what={field.label.toLowerCase()}
                at={index}
                count={items.length}
                onMove={(by) => write(moved(items, index, by))}
                onRemove={() => write(items.filter((_, other) => other !== index))}
              />
            )}
          </div>
        ))}
      {adding && (
        <Item
          value=""
          label={`New entry of ${field.label.toLowerCase()}`}
          placeholder={field.placeholder}
          readOnly={readOnly}
          startFocused
          onCommit={(text) => {
            const result = read(text);
            if ("problem" in result) return result.problem;
            setAdding(false);
            return result.value === undefined || result.value === "" ? undefined : write([...items, result.value]);
          }}
        />
      )}
      {!readOnly && !adding && <Add onClick={() => setAdding(true)}>{field.label}</Add>}
    </div>
  );
}

export const Add = ({ children, onClick }: { children: string; onClick(): void }) => (
  <Button size="small" look="quiet" icon="plus" className="-ml-1 text-ink-2" onClick={onClick}>
    <span>
      Add<span className="sr-only"> to {children.toLowerCase()}</span>
    </span>
  </Button>
);

export function Texts({ field, at, id }: WidgetProps<Extract<Shape, { type: "texts" }>>) {
  return <Lines field={field} at={at} id={id} read={(text) => ({ value: text })} />;
}

export function Numbers({ field, at, id }: WidgetProps<Extract<Shape, { type: "numbers" }>>) {
  return (
    <Lines
      field={field}
      at={at}
      id={id}
      read={(text) => readNumber(text, true) as { value: Json | undefined } | { problem: string }}
    />
  );
}

/** Free keys with texts. */
export function Pairs({ field, at, id }: WidgetProps<Extract<Shape, { type: "map" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const [adding, setAdding] = useState(false);
  const entries = Object.entries(isObject(shown) ? (shown as Record<string, string>) : {});
  const write = (next: readonly (readonly [string, string])[]) =>
    set(next.length === 0 && !field.required ? undefined : Object.fromEntries(next));
  const put = (index: number, key: string, value: string): string | undefined => {
    if (key === "") return "A name has at least one character.";
    if (entries.some(([other], place) => other === key && place !== index)) return `“${key}” is already there.`;
    return write([...entries.slice(0, index), [key, value], ...entries.slice(index + 1)]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-labelledby={`${id}-label`} className="space-y-1">
      {entries.map(([key, value], index) => (
        <div key={key} className="flex items-start gap-1">
          <Item
            value={key}
            label={`Name ${index + 1}`}
            placeholder="Name"
            readOnly={readOnly}
            onCommit={(text) => put(index, text.trim(), value)}
          />
          <Item
            value={String(value)}
            label={`Value of ${key}`}
            placeholder="Value"
            readOnly={readOnly}
            onCommit={(text) => put(index, key, text)}
          />
          {!readOnly && (
            <IconButton
              icon="close"
              label={`Remove ${key}`}
              className="size-6"
              onClick={() => write(entries.filter((_, other) => other !== index))}
            />
          )}
        </div>
      ))}
      {adding && (
        <Item
          value=""
          label="New name"
          placeholder="Name"
          readOnly={readOnly}
          startFocused
          onCommit={(text) => {
            if (text.trim() !== "") {
              const refused = put(entries.length, text.trim(), "");
              if (refused !== undefined) return refused;
            }
            setAdding(false);
            return undefined;
          }}
        />
      )}
      {!readOnly && !adding && <Add onClick={() => setAdding(true)}>{field.label}</Add>}
    </div>
  );
}
