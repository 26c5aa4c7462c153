"use client";

import { useDeferredValue, useState } from "react";
import { placeName } from "@/lib/editor/names";
import { startsAt, type TaskStart } from "@/lib/start/start";
import { useEditor } from "../editor/store";
import { placeWords, StartChecks, startLooks } from "../flows/start-list";
import { VerdictMark } from "../flows/verdict";
import { Icon } from "../ui/icon";

/** Whether the tasks of a definition, or those that a service, rule or schedule runs, will start. */
export function StartSection({ id }: { id: string }) {
  const judged = useDeferredValue(useEditor((store) => store.judged));
  const starts = startsAt(judged, id);
  if (starts.length === 0) return null;
  return (
    <section aria-label="Start-up" className="mt-4 space-y-1 border-line border-t pt-3">
      <h2 className="font-medium">Start-up</h2>
      {starts.map((start) => (
        <Place key={`${start.node} ${start.place}`} start={start} />
      ))}
    </section>
  );
}

function Place({ start }: { start: TaskStart }) {
  const document = useEditor(({ state }) => state.document);
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? start.verdict !== "starts";
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
        className="-mx-1 flex min-h-7 w-full items-center gap-1.5 rounded-md px-1 text-left hover:bg-hover"
      >
        <Icon name={open ? "chevron-down" : "chevron-right"} size={12} className="shrink-0 text-ink-3" />
        <VerdictMark {...startLooks[start.verdict]} />
        <span className="min-w-0 truncate text-ink-2 text-xs">
          {placeName(document, { node: start.node })} {placeWords(document, start)}
        </span>
      </button>
      {open && (
        <div className="pt-1 pb-2 pl-0.5">
          <StartChecks start={start} />
        </div>
      )}
    </div>
  );
}
