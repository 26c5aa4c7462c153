"use client";

import { useMemo } from "react";
import { Icon } from "../ui/icon";
import { Tree, type TreeItem } from "../ui/tree";
import type { FileChange } from "./difference";

export interface FileTreeProps {
  paths: readonly string[];
  path: string | undefined;
  /** Files that hold lines of the selection. */
  selected: ReadonlySet<string>;
  changed: ReadonlyMap<string, FileChange>;
  onOpen(path: string): void;
}

/** The files of a format, in their folders; marked where the selection and the last change are. */
export function FileTree({ paths, path, selected, changed, onOpen }: FileTreeProps) {
  const items = useMemo(() => branch(paths, "", selected, changed), [paths, selected, changed]);
  const chosen = useMemo(() => new Set(path === undefined ? [] : [idOf(path)]), [path]);
  return (
    <div className="h-full w-56 shrink-0 overflow-y-auto border-line border-r bg-surface py-1">
      <Tree label="Files" items={items} selected={chosen} onSelect={open} onOpen={open} />
    </div>
  );

  function open(id: string): void {
    const found = paths.find((candidate) => idOf(candidate) === id);
    if (found !== undefined) onOpen(found);
  }
}

/** Ids stand in selectors, where a path could mean something else. */
const idOf = (path: string): string => encodeURIComponent(path);

const words = { added: "added", removed: "removed", changed: "changed" } as const;

function branch(
  paths: readonly string[],
  folder: string,
  selected: ReadonlySet<string>,
  changed: ReadonlyMap<string, FileChange>,
): TreeItem[] {
  const folders = new Map<string, string[]>();
  const files: string[] = [];
  for (const path of paths) {
    const end = path.indexOf("/", folder.length);
    if (end === -1) files.push(path);
    else {
      const name = path.slice(0, end + 1);
      const list = folders.get(name);
      if (list) list.push(path);
      else folders.set(name, [path]);
    }
  }
  return [
    ...[...folders].map(([name, inside]): TreeItem => {
      const label = name.slice(folder.length, -1);
      return {
        id: `folder:${idOf(name)}`,
        name: label,
        look: label,
        content: (
          <span className="flex min-w-0 items-center gap-1.5 text-ink-2">
            <Icon name="folder" size={14} className="text-ink-3" />
            <span className="truncate">{label}</span>
          </span>
        ),
        children: branch(inside, name, selected, changed),
      };
    }),
    ...files.map((path): TreeItem => {
      const label = path.slice(folder.length);
      const change = changed.get(path);
      const holds = selected.has(path);
      return {
        id: idOf(path),
        name: [label, holds ? "holds lines of the selection" : "", change ? words[change.status] : ""]
          .filter((part) => part !== "")
          .join(", "),
        look: `${label} ${holds} ${change?.status} ${change?.added} ${change?.removed}`,
        content: <FileRow label={label} holds={holds} change={change} />,
        children: [],
      };
    }),
  ];
}

function FileRow({ label, holds, change }: { label: string; holds: boolean; change: FileChange | undefined }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5" title={label}>
      <Icon name="file" size={14} className="text-ink-3" />
      <span className={`min-w-0 flex-1 truncate ${change?.status === "removed" ? "line-through" : ""}`}>{label}</span>
      {holds && <span title="Holds lines of the selection" className="size-1.5 shrink-0 rounded-full bg-accent" />}
      {change && <Counts change={change} />}
    </span>
  );
}

/** "+5 −2" in the colours of a comparison; the signs say the same. */
export function Counts({ change }: { change: { added: number; removed: number } }) {
  return (
    <span className="flex shrink-0 gap-1 pr-1 text-xs">
      {change.added > 0 && <span className="text-good">+{change.added}</span>}
      {change.removed > 0 && <span className="text-error">−{change.removed}</span>}
    </span>
  );
}
