"use client";

import { useState } from "react";
import { placeName } from "@/lib/editor/names";
import { startsIn, type TaskStart } from "@/lib/start/start";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useInView } from "../ui/use-in-view";
import { List } from "./list";
import { useFlowsPanel } from "./panel-state";
import { ShowAll } from "./show-all";
import { placeWords, StartChecks, startLooks } from "./start-list";
import { VerdictMark } from "./verdict";

const rank: Readonly<Record<TaskStart["verdict"], number>> = { fails: 0, unknowable: 1, starts: 2 };

/** Whether each task will start, in each place where it runs; what will not comes first. */
export function Starts() {
  const analysis = useShown();
  const selection = useEditor(({ state }) => state.selection);
  const selectionOnly = useFlowsPanel((panel) => panel.selectionOnly);
  const all = startsIn(analysis);
  if (all.length === 0) {
    return (
      <Empty icon="play" title="No task definition yet">
        Draw one and connect what runs it, and read here whether it will start: image, secrets, logs, volumes, room.
      </Empty>
    );
  }
  const touches = ({ node, place }: TaskStart): boolean =>
    selection.includes(node) || (place !== null && selection.includes(place));
  const shown = (selectionOnly && selection.length > 0 ? all.filter(touches) : [...all]).sort(
    (a, b) => rank[a.verdict] - rank[b.verdict],
  );
  if (shown.length === 0) {
    return (
      <Empty icon="play" title="Nothing that is selected runs tasks">
        <ShowAll count={all.length} />
      </Empty>
    );
  }
  return (
    <List title="Tasks" {...stand(shown)} items={shown}>
      {(start) => <StartItem key={`${start.node} ${start.place}`} start={start} selected={touches(start)} />}
    </List>
  );
}

/** "2 will not start, 1 cannot be known", or that all will. */
function stand(starts: readonly TaskStart[]): { note: string; bad: boolean } {
  const of = (wanted: TaskStart["verdict"]): number => starts.filter(({ verdict }) => verdict === wanted).length;
  const [fails, unknown] = [of("fails"), of("unknowable")];
  const parts = [
    ...(fails > 0 ? [`${fails} will not start`] : []),
    ...(unknown > 0 ? [`${unknown} cannot be known`] : []),
  ];
  return { note: parts.length > 0 ? parts.join(", ") : "all will start", bad: fails > 0 };
}

function StartItem({ start, selected }: { start: TaskStart; selected: boolean }) {
  const { document } = useShown();
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? start.verdict !== "starts";
  const name = `${placeName(document, { node: start.node })} ${placeWords(document, start)}`;
  const row = useInView<HTMLLIElement>(selected);
  return (
    <li ref={row} className="scroll-mt-7 border-line border-b">
      <div className={`flex h-7 items-center gap-2 pr-3 pl-2 ${selected ? "bg-accent-soft" : ""}`}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Checks of ${name}`}
          onClick={() => setChosen(!open)}
          className="grid size-5 shrink-0 place-content-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
        </button>
        <VerdictMark {...startLooks[start.verdict]} className="w-28" />
        <button
          type="button"
          className="min-w-0 truncate rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo({ node: start.node })}
        >
          {placeName(document, { node: start.node })}{" "}
          <span className="ml-0.5 font-normal text-ink-2">{placeWords(document, start)}</span>
        </button>
        {!open && start.verdict !== "starts" && (
          <span title={start.why} className="min-w-0 flex-1 truncate text-right text-ink-3">
            {start.why}
          </span>
        )}
      </div>
      {open && (
        <div className="pr-2 pb-2 pl-9">
          <StartChecks start={start} />
        </div>
      )}
    </li>
  );
}
