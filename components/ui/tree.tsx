"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "./icon";

export interface TreeItem {
  id: string;
  /** The accessible name; also what typing a letter searches. */
  name: string;
  content: ReactNode;
  children: readonly TreeItem[];
}

interface Row {
  item: TreeItem;
  level: number;
  parent: string | undefined;
}

function rowsOf(items: readonly TreeItem[], closed: ReadonlySet<string>, level = 1, parent?: string): Row[] {
  return items.flatMap((item) => [
    { item, level, parent },
    ...(closed.has(item.id) ? [] : rowsOf(item.children, closed, level + 1, item.id)),
  ]);
}

export interface TreeProps {
  label: string;
  items: readonly TreeItem[];
  selected: ReadonlySet<string>;
  /** `add` extends the selection instead of replacing it. */
  onSelect(id: string, add: boolean): void;
  /** Enter or a double click. */
  onOpen(id: string): void;
  onKey?(event: KeyboardEvent, id: string): void;
  /** Grows when the tree is to take the keyboard's focus. */
  focus?: number;
}

/** A tree as the ARIA practices describe it: one tab stop, arrows to move, letters to search. */
export function Tree({ label, items, selected, onSelect, onOpen, onKey, focus = 0 }: TreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | undefined>();
  const list = useRef<HTMLDivElement>(null);
  const rows = rowsOf(items, closed);
  const first = rows.find(({ item }) => selected.has(item.id)) ?? rows[0];
  const at = rows.some(({ item }) => item.id === current) ? current : first?.item.id;

  useEffect(() => {
    const focused = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (focus > 0) focused?.focus();
  }, [focus]);

  const toggle = (id: string, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setClosed(next);
  };
  const go = (row: Row | undefined, add = false): void => {
    if (!row) return;
    setCurrent(row.item.id);
    onSelect(row.item.id, add);
    const element = list.current?.querySelector<HTMLElement>(`[data-id="${row.item.id}"]`);
    element?.focus();
  };

  const onKeyDown = (event: KeyboardEvent, row: Row): void => {
    const index = rows.indexOf(row);
    const { item, parent } = row;
    const open = item.children.length > 0 && !closed.has(item.id);
    const moves = new Map<string, () => void>([
      ["ArrowDown", () => go(rows[index + 1], event.shiftKey)],
      ["ArrowUp", () => go(rows[index - 1], event.shiftKey)],
      ["Home", () => go(rows[0])],
      ["End", () => go(rows.at(-1))],
      ["ArrowRight", () => (open ? go(rows[index + 1]) : toggle(item.id, true))],
      ["ArrowLeft", () => (open ? toggle(item.id, false) : go(rows.find((other) => other.item.id === parent)))],
      ["Enter", () => onOpen(item.id)],
      [" ", () => onSelect(item.id, event.ctrlKey || event.metaKey)],
    ]);
    const move = moves.get(event.key);
    if (move && !event.altKey && (event.key === " " || !(event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      event.stopPropagation();
      move();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const order = [...rows.slice(index + 1), ...rows.slice(0, index + 1)];
      const found = order.find((other) => other.item.name.toLowerCase().startsWith(letter));
      event.stopPropagation();
      go(found);
    } else onKey?.(event, item.id);
  };

  return (
    <div ref={list} role="tree" aria-label={label} aria-multiselectable="true" className="py-1">
      {rows.map((row) => {
        const { item, level } = row;
        const parent = item.children.length > 0;
        const chosen = selected.has(item.id);
        return (
          <div
            key={item.id}
            role="treeitem"
            aria-label={item.name}
            aria-level={level}
            aria-selected={chosen}
            aria-expanded={parent ? !closed.has(item.id) : undefined}
            tabIndex={item.id === at ? 0 : -1}
            data-id={item.id}
            data-node-id={item.id}
            onClick={(event) => {
              setCurrent(item.id);
              onSelect(item.id, event.shiftKey || event.metaKey || event.ctrlKey);
            }}
            onDoubleClick={() => onOpen(item.id)}
            onKeyDown={(event) => onKeyDown(event, row)}
            style={{ paddingLeft: 4 + (level - 1) * 14 }}
            className={`mx-1 flex h-7 items-center gap-1 rounded-md pr-1 outline-offset-[-2px] ${chosen ? "bg-accent-soft" : "hover:bg-hover"}`}
          >
            <span
              aria-hidden="true"
              className="grid size-4 shrink-0 place-content-center text-ink-3"
              onClick={(event) => {
                if (!parent) return;
                event.stopPropagation();
                toggle(item.id, closed.has(item.id));
              }}
            >
              {parent && <Icon name={closed.has(item.id) ? "chevron-right" : "chevron-down"} size={12} />}
            </span>
            {item.content}
          </div>
        );
      })}
    </div>
  );
}
