"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { kindOf } from "@/lib/catalog";
import { own } from "@/lib/core/json";
import { useEditor } from "../../editor/store";
import { useFieldValue, useForm } from "./context";
import type { WidgetProps } from "./field-row";
import { containersFor } from "./hints";
import { optionText, type Shape } from "./shape";
import { readNumber } from "./write";

export const control =
  "h-7 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-ink placeholder:text-ink-3 hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-accent disabled:opacity-60 aria-invalid:border-error";

/** A sentence under a control: why what was typed is not in the design. What was typed stays. */
export const Refusal = ({ id, children }: { id: string; children: string | undefined }) =>
  children === undefined ? null : (
    <p id={id} role="alert" className="mt-1 text-error text-xs leading-4">
      {children}
    </p>
  );

/**
 * Text that is being typed: committed on leaving or Enter, put back by Escape. `commit` answers with the sentence of a
 * refusal; then what was typed stays, with the sentence below.
 */
export function useTyped(stored: string, commit: (typed: string) => string | undefined) {
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const leaving = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed gives way when the design itself changes
  useEffect(() => {
    setTyped(undefined);
    setProblem(undefined);
  }, [stored]);
  const settle = () => {
    if (leaving.current) {
      leaving.current = false;
      return;
    }
    if (typed === undefined || typed === stored) {
      setTyped(undefined);
      setProblem(undefined);
      return;
    }
    const refused = commit(typed);
    setProblem(refused);
    if (refused === undefined) setTyped(undefined);
  };
  return {
    problem,
    props: {
      value: typed ?? stored,
      "aria-invalid": problem !== undefined || undefined,
      onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
      onBlur: settle,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key === "Enter" && !(event.currentTarget instanceof HTMLTextAreaElement)) settle();
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setTyped(undefined);
        setProblem(undefined);
        leaving.current = true;
        event.currentTarget.blur();
      },
    },
  };
}

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

export function Text({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "text" }>>) {
  const { stored, set, readOnly } = useFieldValue(at);
  const { hints } = useForm();
  const typed = useTyped(textOf(stored), (text) => set(text === "" && !field.required ? undefined : text));
  const placeholder = hints.get(at)?.placeholder ?? (textOf(field.initial) || field.placeholder);
  const shared = {
    ...typed.props,
    id,
    placeholder,
    readOnly,
    spellCheck: false,
    autoComplete: "off",
    "aria-describedby": `${id}-help ${id}-problem`,
  };
  return (
    <>
      {shape.multiline ? (
        <textarea {...shared} rows={5} spellCheck className={`${control} h-auto py-1.5 leading-5`} />
      ) : (
        <input {...shared} className={control} />
      )}
      <Refusal id={`${id}-problem`}>{typed.problem}</Refusal>
    </>
  );
}

export function NumberInput({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "number" }>>) {
  const { stored, set, readOnly } = useFieldValue(at);
  const { hints } = useForm();
  const typed = useTyped(textOf(stored), (text) => {
    const read = readNumber(text, shape.whole);
    return "problem" in read ? read.problem : set(read.value);
  });
  return (
    <>
      <span className="relative block">
        <input
          {...typed.props}
          id={id}
          inputMode="numeric"
          list={hints.get(at)?.offers ? `${id}-offers` : undefined}
          readOnly={readOnly}
          placeholder={textOf(field.initial) || field.placeholder}
          aria-describedby={`${id}-help ${id}-problem`}
          autoComplete="off"
          className={`${control} ${field.unit ? "pr-12" : ""}`}
        />
        {field.unit && (
          <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-3 text-xs">
            {field.unit}
          </span>
        )}
      </span>
      <Refusal id={`${id}-problem`}>{typed.problem}</Refusal>
    </>
  );
}

/** A tick. Setting it to what is the default anyway takes the field out of the design. */
export function Switch({ field, at, id }: WidgetProps<Extract<Shape, { type: "boolean" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const rest = field.initial ?? (field.required ? undefined : false);
  return (
    <span className="flex h-7 items-center">
      <input
        id={id}
        aria-describedby={`${id}-help`}
        type="checkbox"
        className="size-3.5 accent-(--accent-solid)"
        checked={shown === true}
        disabled={readOnly}
        onChange={(event) => set(event.target.checked === rest ? undefined : event.target.checked)}
      />
    </span>
  );
}

export function Choice({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "choice" }>>) {
  const { stored, shown, set, readOnly } = useFieldValue(at);
  const initial = field.initial;
  const value = textOf(shown);
  const strange = value !== "" && !shape.options.some((option) => String(option) === value);
  const choose = (text: string) => {
    const option = shape.options.find((item) => String(item) === text);
    set(option === undefined || (option === initial && !field.required) ? undefined : option);
  };
  return (
    <select
      id={id}
      aria-describedby={`${id}-help`}
      value={value}
      disabled={readOnly}
      onChange={(event) => choose(event.target.value)}
      className={`${control} ${stored === undefined ? "text-ink-2" : ""}`}
    >
      {initial === undefined && !field.required && <option value="">Not set</option>}
      {strange && <option value={value}>{value}</option>}
      {shape.options.map((option) => (
        <option key={option} value={option}>
          {own(field.words, String(option)) ?? optionText(String(option))}
          {option === initial ? " (default)" : ""}
        </option>
      ))}
    </select>
  );
}

export function Reference({ field, shape, at, id }: WidgetProps<Extract<Shape, { type: "reference" }>>) {
  const { shown, set, readOnly } = useFieldValue(at);
  const nodes = useEditor((store) => store.state.document.nodes);
  const options = Object.entries(nodes).filter(([, { kind }]) => shape.kinds.includes(kind));
  const value = textOf(shown);
  return (
    <select
      id={id}
      aria-describedby={`${id}-help`}
      value={value}
      disabled={readOnly}
      onChange={(event) => set(event.target.value || undefined)}
      className={control}
    >
      {(!field.required || value === "") && <option value="">{field.required ? "Choose" : "Not set"}</option>}
      {value !== "" && !options.some(([option]) => option === value) && (
        <option value={value}>{value}, which is not there</option>
      )}
      {options.map(([option, { name, kind }]) => (
        <option key={option} value={option}>
          {name}
          {shape.kinds.length > 1 ? `, ${kindOf(kind).short}` : ""}
        </option>
      ))}
    </select>
  );
}

export function ContainerChoice({ at, id }: WidgetProps<Extract<Shape, { type: "container" }>>) {
  const { id: owner } = useForm();
  const { shown, set, readOnly } = useFieldValue(at);
  const edge = useEditor((store) => store.analysis.model.edge(owner));
  const options = edge ? containersFor(edge) : [];
  const value = textOf(shown);
  return (
    <select
      id={id}
      aria-describedby={`${id}-help`}
      value={value}
      disabled={readOnly}
      onChange={(event) => set(event.target.value || undefined)}
      className={control}
    >
      <option value="">First that fits</option>
      {value !== "" && !options.some((option) => option.id === value) && (
        <option value={value}>{value}, which is not there</option>
      )}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  );
}
