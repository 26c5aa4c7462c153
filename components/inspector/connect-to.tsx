"use client";

import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { kindOf } from "@/lib/catalog";
import { connectEdits } from "@/lib/editor/connect";
import { useEditor } from "../editor/store";
import { KindIcon } from "../ui/kind-icon";
import { control } from "./form/simple";
import { type Target, targetsFor, wordsOf } from "./targets";

/** Connects without a pointer: type, choose with the arrows, Enter. What cannot be connected says why. */
export function ConnectTo({ id }: { id: string }) {
  const node = useEditor((store) => store.analysis.model.node(id));
  const rows = node ? (kindOf(node.kind).rows?.(node.props) ?? []) : [];
  const [container, setContainer] = useState("");
  const from = container !== "" && rows.some((row) => row.id === container) ? `${id}/${container}` : id;
  return (
    <div className="space-y-1">
      {rows.length > 1 && (
        <select
          aria-label="Connect from"
          value={container}
          onChange={(event) => setContainer(event.target.value)}
          className={control}
        >
          <option value="">From the container that fits</option>
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              From {row.title}
            </option>
          ))}
        </select>
      )}
      <Search key={from} from={from} />
    </div>
  );
}

function Search({ from }: { from: string }) {
  const model = useEditor((store) => store.analysis.model);
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [refused, setRefused] = useState<string>();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const all = useMemo(() => (open ? targetsFor(model, from) : []), [open, model, from]);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(({ name, kind }) => words.every((word) => `${name} ${kind}`.toLowerCase().includes(word)));
  const current = Math.min(at, found.length - 1);

  const choose = (target: Target | undefined) => {
    if (!target) return;
    if (!target.answer.ok) {
      setRefused(wordsOf(target.answer));
      return;
    }
    const { state, analysis, dispatch } = useEditor.getState();
    const connecting = connectEdits(state.document, { from, to: target.end }, analysis.model);
    if (!connecting.ok) {
      setRefused(connecting.problems[0]?.message);
      return;
    }
    const { edits, says } = connecting.value;
    if (!dispatch(edits, { says }).ok) return;
    setQuery("");
    setOpen(false);
    setRefused(undefined);
  };
  const go = (by: number) => {
    const next = Math.max(0, Math.min(found.length - 1, current + by));
    setAt(next);
    setRefused(undefined);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && !open) setOpen(true);
    else if (event.key === "ArrowDown") go(1);
    else if (event.key === "ArrowUp") go(-1);
    else if (event.key === "Enter") choose(found[current]);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const option = (index: number) => `${listId}-${index}`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left its parts
    <div onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <input
        role="combobox"
        aria-label="Connect to"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && found.length > 0 ? option(current) : undefined}
        placeholder="Connect to…"
        value={query}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
          setOpen(true);
          setRefused(undefined);
        }}
        onKeyDown={onKeyDown}
        className={control}
      />
      {refused && (
        <p role="alert" className="mt-1 text-error text-xs leading-4">
          {refused}
        </p>
      )}
      {open && (
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label="What it can be connected to"
          className="mt-1 max-h-72 overflow-auto rounded-md border border-line p-1"
        >
          {found.length === 0 && (
            <div className="px-2 py-1 text-ink-3">
              {all.length === 0 ? "Nothing else is drawn yet." : "Nothing of that name."}
            </div>
          )}
          {found.map((target, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
            <div
              key={target.end}
              id={option(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-disabled={!target.answer.ok || undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                setAt(index);
                choose(target);
              }}
              className="flex gap-2 rounded-md px-2 py-1 hover:bg-hover aria-disabled:text-ink-3 aria-selected:bg-hover"
            >
              <KindIcon kind={target.icon} size={16} className={`mt-0.5 ${target.answer.ok ? "" : "opacity-50"}`} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{target.name}</span>
                <span className="block text-ink-3 text-xs leading-4">
                  {target.answer.ok ? "" : "✕ "}
                  {wordsOf(target.answer)}
                </span>
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
