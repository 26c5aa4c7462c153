"use client";

import { useEffect, useRef, useState } from "react";
import { settleConflict } from "../designs/autosave";
import { makeCopy } from "../designs/open";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useEditor } from "./store";

const PATIENCE_MS = 6_000;
/** Problems of a file that are listed; the rest is counted. */
const MOST = 12;

const close = () => useEditor.setState({ notice: undefined });

/**
 * Short messages over the canvas. Plain ones go by themselves. A refusal stays until it is closed or the next change
 * succeeds, because nobody may have to read against a clock; one with a list only goes when it is closed.
 */
export function Notices() {
  const notice = useEditor((store) => store.notice);
  const document = useEditor(({ state }) => state.document);
  const [held, setHeld] = useState(false);
  const listed = notice?.details !== undefined;
  const stays = listed || notice?.tone !== "plain";
  const refused = useRef<{ id: number; document: typeof document }>(undefined);
  useEffect(() => {
    if (notice?.tone !== "refusal" || listed) return;
    if (refused.current?.id !== notice.id) refused.current = { id: notice.id, document };
    else if (refused.current.document !== document) close();
  }, [notice, listed, document]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words again are a new notice with its own time
  useEffect(() => {
    if (!notice || stays || held) return;
    const timer = setTimeout(close, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [notice?.id, stays, held]);

  return (
    <div aria-live="polite" className="pointer-events-none absolute inset-x-0 bottom-4 z-30 flex justify-center px-4">
      {notice && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only keeps the message from going away
        <div
          key={notice.id}
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          className="appear pointer-events-auto flex max-h-80 max-w-2xl items-start gap-2 overflow-auto rounded-lg border border-line bg-surface py-2 pr-1.5 pl-3 shadow-pop"
        >
          {notice.tone === "refusal" && <Icon name="warning" className="mt-0.5 text-warning" />}
          {notice.tone === "busy" && <Icon name="spinner" className="mt-0.5 animate-spin text-ink-3" />}
          <div className="min-w-0">
            <p>{notice.text}</p>
            {notice.details && (
              <ul className="mt-1 list-none text-ink-2">
                {notice.details.slice(0, MOST).map(({ path, message }) => (
                  <li key={`${path} ${message}`} className="py-0.5">
                    {path !== "" && <code className="mr-2 break-all font-mono text-ink text-xs">{path}</code>}
                    {message}
                  </li>
                ))}
                {notice.details.length > MOST && <li className="py-0.5">And {notice.details.length - MOST} more.</li>}
              </ul>
            )}
          </div>
          <button
            type="button"
            aria-label="Close message"
            onClick={close}
            className="grid size-6 shrink-0 place-content-center rounded-md text-ink-3 hover:bg-hover"
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      )}
    </div>
  );
}

/** What only screen readers hear: what a key did, and how the number of problems changed. */
export function Announcer() {
  const announcement = useEditor((store) => store.announcement);
  const findings = useEditor(({ judged }) => judged.findings.length);
  const errors = useEditor(({ judged }) => judged.findings.filter(({ severity }) => severity === "error").length);
  const before = useRef(findings);
  const [text, setText] = useState("");
  useEffect(() => {
    if (before.current === findings) return;
    before.current = findings;
    setText(
      findings === 0
        ? "No problems."
        : `${findings} ${findings === 1 ? "problem" : "problems"}, ${errors} ${errors === 1 ? "error" : "errors"}.`,
    );
  }, [findings, errors]);
  return (
    <>
      <div role="status" aria-live="polite" aria-label="Announcements" className="sr-only">
        {announcement}
      </div>
      <div role="status" aria-live="polite" aria-label="Problem count" className="sr-only">
        {text}
      </div>
    </>
  );
}

/** Across the top of the canvas when something about the design as a whole needs a decision. */
export function Banner() {
  const readOnly = useEditor(({ state }) => state.readOnly);
  const theirs = useEditor((store) => store.theirs);
  if (theirs) {
    return (
      <section
        aria-label="Changed in another tab"
        className="flex flex-wrap items-center gap-3 border-line border-b bg-warning-soft px-3 py-2"
      >
        <p className="min-w-0 flex-1">
          {theirs === "deleted"
            ? "This design was deleted in another tab. What is on this screen is not kept until you decide."
            : "This design was changed in another tab at the same time. Nothing is overwritten until you decide."}
        </p>
        {theirs !== "deleted" && <Button onClick={() => void settleConflict("theirs")}>Take the other version</Button>}
        <Button onClick={() => void settleConflict("mine")}>
          {theirs === "deleted" ? "Keep this design" : "Keep this version"}
        </Button>
        <Button look="primary" onClick={() => makeCopy()}>
          Keep both: make a copy
        </Button>
      </section>
    );
  }
  if (!readOnly) return null;
  return (
    <section
      aria-label="Shared link"
      className="flex items-center gap-3 border-line border-b bg-accent-soft px-3 py-1.5"
    >
      <Icon name="lock" size={14} className="text-ink-2" />
      <p className="min-w-0 flex-1">
        This drawing came with a link. You can look at everything; a copy can be changed.
      </p>
      <Button look="primary" icon="copy" onClick={() => makeCopy()}>
        Make a copy
      </Button>
    </section>
  );
}
