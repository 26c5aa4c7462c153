"use client";

import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "./icon";

export interface TreeItem {
  id: string;
  /** The accessible name; also what typing a letter searches. */
  name: string;
  content: ReactNode;
  /** Changes when the content looks different; rows that look the same are not drawn again. */
  look: string;
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

  // Rows keep one door to what this render knows, so that they need not be drawn again for it.
  const act = useRef<Act>(() => {});
  act.current = (id, what, add = false) => {
    const row = rows.find(({ item }) => item.id === id);
    if (!row) return;
    if (what === "open") onOpen(id);
    else if (what === "toggle") toggle(id, closed.has(id));
    else if (what === "select") {
      setCurrent(id);
      onSelect(id, add);
    } else onKeyDown(what, row);
  };

  return (
    <div ref={list} role="tree" aria-label={label} aria-multiselectable="true" className="py-1">
      {rows.map((row) => (
        <RowView
          key={row.item.id}
          item={row.item}
          look={row.item.look}
          level={row.level}
          branch={row.item.children.length > 0}
          open={!closed.has(row.item.id)}
          selected={selected.has(row.item.id)}
          tabbable={row.item.id === at}
          act={act}
        />
      ))}
    </div>
  );
}

type Act = (id: string, what: "select" | "open" | "toggle" | KeyboardEvent, add?: boolean) => void;

interface RowProps {
  item: TreeItem;
  look: string;
  level: number;
  branch: boolean;
  open: boolean;
  selected: boolean;
  tabbable: boolean;
  act: { current: Act };
}

const rowLook = "mx-1 flex h-7 items-center gap-1 rounded-md pr-1 outline-offset-[-2px]";

const RowView = memo(
  function RowView({ item, level, branch, open, selected, tabbable, act }: RowProps) {
    return (
      <div
        role="treeitem"
        aria-label={item.name}
        aria-level={level}
        aria-selected={selected}
        aria-expanded={branch ? open : undefined}
        tabIndex={tabbable ? 0 : -1}
        data-id={item.id}
        data-node-id={item.id}
        onClick={(event: MouseEvent) =>
          act.current(item.id, "select", event.shiftKey || event.metaKey || event.ctrlKey)
        }
        onDoubleClick={() => act.current(item.id, "open")}
        onKeyDown={(event) => act.current(item.id, event)}
        style={{ paddingLeft: 4 + (level - 1) * 14 }}
        className={`${rowLook} ${selected ? "bg-accent-soft" : "hover:bg-hover"}`}
      >
        <span
          aria-hidden="true"
          className="grid size-4 shrink-0 place-content-center text-ink-3"
          onClick={(event) => {
            if (!branch) return;
            event.stopPropagation();
            act.current(item.id, "toggle");
          }}
        >
          {branch && <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />}
        </span>
        {item.content}
      </div>
    );
  },
  (a, b) =>
    a.look === b.look &&
    a.item.id === b.item.id &&
    a.item.name === b.item.name &&
    a.level === b.level &&
    a.branch === b.branch &&
    a.open === b.open &&
    a.selected === b.selected &&
    a.tabbable === b.tabbable,
);
