"use client";

import { useEffect, useState } from "react";
import { count } from "@/lib/core/text";
import { useEditor } from "../editor/store";
import { Icon } from "../ui/icon";
import { Tooltip } from "../ui/tooltip";
import { hasFolders } from "./folder-memory";
import { type InStep, useFolder } from "./folder-store";

type Words = { short: string; long: string; calm: boolean };

/** What is said of each state, in the bar and in the dialog. */
const says: { [S in InStep["is"]]: (state: Extract<InStep, { is: S }>, now: number) => Words } = {
  waiting: () => ({ short: "…", long: "Waiting for the drawing to be saved and priced.", calm: true }),
  writing: () => ({ short: "writing…", long: "Writing…", calm: true }),
  inStep: ({ at, written, removed, left }, now) => ({
    short: "in step",
    long: `In step · ${count(written, "file")} written${removed > 0 ? `, ${removed} removed` : ""} ${ago(now - at)}${left.length > 0 ? ` · left because edited: ${left.join(", ")}` : ""}`,
    calm: true,
  }),
  permission: () => ({
    short: "permission needed",
    long: "Not in step: the browser asks for your permission again after a reload.",
    calm: false,
  }),
  foreign: ({ paths }) => ({
    short: "files in the way",
    long: `Not in step: ${inTheWay(paths)}`,
    calm: false,
  }),
  errors: ({ count: errors }) => ({
    short: "errors are open",
    long: `Not in step: ${count(errors, "error")} ${errors === 1 ? "is" : "are"} open, so the files stay as they were.`,
    calm: false,
  }),
  trouble: ({ message }) => ({ short: "not written", long: `Not in step: ${message}`, calm: false }),
};

/** Files that somebody else wrote, or edited since. */
export const inTheWay = (paths: readonly string[]): string =>
  `${count(paths.length, "file")} ${paths.length === 1 ? "was" : "were"} edited here or written by something else: ${paths.slice(0, 8).join(", ")}${paths.length > 8 ? ` and ${paths.length - 8} more` : ""}.`;

export const wordsOf = (state: InStep, now: number): Words =>
  (says[state.is] as (state: InStep, now: number) => Words)(state, now);

function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 2) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  return seconds < 3_600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3_600)} h ago`;
}

/** The time, once a second while something on the screen tells how long ago a thing was. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** In the bar, only where the design has a folder. Its code for writing is loaded only where there is one to write. */
export function FolderState() {
  const kept = useFolder((store) => store.kept);
  const state = useFolder((store) => store.state);
  useEffect(() => {
    if (hasFolders()) void import("./folder-step").then(({ startKeepingInStep }) => startKeepingInStep());
  }, []);
  if (!kept) return null;
  const { short, long, calm } = wordsOf(state, state.is === "inStep" ? state.at : 0);
  return (
    <Tooltip text={`Folder ${kept.handle.name}. ${long}`}>
      <button
        type="button"
        aria-label={`Folder ${kept.handle.name}: ${short}`}
        onClick={() => useEditor.setState({ dialog: "export" })}
        className={`flex h-7 items-center gap-1 rounded-md px-1.5 text-xs hover:bg-hover ${calm ? "text-ink-3" : "text-warning"}`}
      >
        <Icon name={calm ? "folder" : "warning"} size={12} />
        <span className="hidden lg:inline">Folder {short}</span>
      </button>
    </Tooltip>
  );
}
