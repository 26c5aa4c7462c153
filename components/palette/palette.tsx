"use client";

import { useEffect, useId, useMemo, useRef, useState } from "react";
import { kindOf, type NodeKind, nodeKinds } from "@/lib/catalog";
import { paletteGroups } from "@/lib/catalog/kind";
import { useEditor } from "../editor/store";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { KindIcon } from "../ui/kind-icon";

/** Type of the data that a drag from the palette carries: the kind's name. */
export const KIND_DATA = "application/x-bayplan-kind";

function matching(query: string): NodeKind[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return nodeKinds.filter((kind) => {
    const { label, short, about, keywords, group } = kindOf(kind);
    const text = [label, short, about, group, ...keywords].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Names that start with what was typed come first, so that Enter takes the expected one. */
function best(kinds: readonly NodeKind[], query: string): NodeKind | undefined {
  const start = query.trim().toLowerCase();
  const rank = (kind: NodeKind): number => {
    const { label, short, keywords } = kindOf(kind);
    const names = [short, label].map((name) => name.toLowerCase());
    if (names.includes(start)) return 0;
    if (names.some((name) => name.startsWith(start))) return 1;
    if (names.some((name) => name.includes(start))) return 2;
    return keywords.some((word) => word.startsWith(start)) ? 3 : 4;
  };
  return [...kinds].sort((a, b) => rank(a) - rank(b))[0];
}

/** Everything that can be placed: search first, then groups. Enter places next to the selection; a drag places where it is dropped. */
export function Palette() {
  const [query, setQuery] = useState("");
  const [picked, setPicked] = useState<NodeKind | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const readOnly = useEditor(({ state }) => state.readOnly);
  const focus = useEditor(({ railFocus }) => railFocus);
  const kinds = useMemo(() => matching(query), [query]);
  const ordered = useMemo(
    () => paletteGroups.flatMap((group) => kinds.filter((kind) => kindOf(kind).group === group)),
    [kinds],
  );
  const active =
    picked !== undefined && kinds.includes(picked) ? picked : query === "" ? undefined : best(kinds, query);

  useEffect(() => {
    if (focus > 0) input.current?.select();
  }, [focus]);

  const step = (by: number): void => {
    const at = active === undefined ? (by > 0 ? -1 : 0) : ordered.indexOf(active);
    const next = ordered[(at + by + ordered.length) % ordered.length];
    setPicked(next);
    if (next) document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const place = (kind: NodeKind): void => useEditor.getState().place(kind);

  if (readOnly) {
    return (
      <Empty icon="lock" title="This design is open read-only">
        Make a copy to add to it.
      </Empty>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="relative p-2">
        <Icon name="search" size={14} className="absolute top-[15px] left-4 text-ink-3" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Search what to add"
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active && `${list}-${active}`}
          placeholder="Search, Enter adds"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPicked(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              step(event.key === "ArrowDown" ? 1 : -1);
            } else if (event.key === "Enter" && active) {
              event.preventDefault();
              place(active);
            } else if (event.key === "Escape" && query !== "") {
              event.stopPropagation();
              setQuery("");
            }
          }}
          className="h-7 w-full rounded-md border border-line bg-surface pr-2 pl-7 hover:border-line-strong"
        />
      </div>
      <div id={list} role="listbox" aria-label="What can be added" className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {kinds.length === 0 && (
          <Empty title={`Nothing is called “${query}”`}>
            A generic resource can stand for any other CloudFormation type.
          </Empty>
        )}
        {paletteGroups.map((group) => {
          const members = kinds.filter((kind) => kindOf(kind).group === group);
          if (members.length === 0) return null;
          return (
            <fieldset key={group} aria-label={group} className="min-w-0">
              <div aria-hidden="true" className="px-1 pt-2 pb-1 text-ink-3 text-xs">
                {group}
              </div>
              {members.map((kind) => (
                <Entry key={kind} id={`${list}-${kind}`} kind={kind} active={kind === active} onPlace={place} />
              ))}
            </fieldset>
          );
        })}
      </div>
    </div>
  );
}

function Entry({
  kind,
  id,
  active,
  onPlace,
}: {
  kind: NodeKind;
  id: string;
  active: boolean;
  onPlace(kind: NodeKind): void;
}) {
  const { label, about } = kindOf(kind);
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={0}
      aria-label={`Add ${label}`}
      title={about}
      data-kind={kind}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(KIND_DATA, kind);
        // Before the drop a page sees the names of the types only, so the kind is in one of them too.
        event.dataTransfer.setData(`${KIND_DATA}-${kind.toLowerCase()}`, kind);
        event.dataTransfer.effectAllowed = "copy";
      }}
      onClick={() => onPlace(kind)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onPlace(kind);
      }}
      className={`flex h-8 cursor-grab items-center gap-2.5 rounded-md px-1.5 hover:bg-hover active:cursor-grabbing ${active ? "bg-accent-soft" : ""}`}
    >
      <KindIcon kind={kind} size={20} />
      <span className="truncate">{label}</span>
    </div>
  );
}
