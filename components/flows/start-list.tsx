"use client";

import type { Document } from "@/lib/document/document";
import { endpoint } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import type { Verdict } from "@/lib/network/flow";
import type { Against, StartCheck, TaskStart } from "@/lib/start/start";
import { FixButton } from "../editor/fix-button";
import { goTo } from "../editor/use-findings";
import { VerdictMark, VerdictSign } from "./verdict";

/** The verdicts of a start in the signs of flows. */
export const startLooks: Readonly<Record<TaskStart["verdict"], { verdict: Verdict; says: string }>> = {
  starts: { verdict: "open", says: "Will start" },
  fails: { verdict: "blocked", says: "Will not start" },
  unknowable: { verdict: "unknowable", says: "Cannot know" },
};
const checkLooks: Readonly<Record<StartCheck["verdict"], { verdict: Verdict; says: string }>> = {
  passes: { verdict: "open", says: "Passes" },
  fails: { verdict: "blocked", says: "Fails" },
  unknowable: { verdict: "unknowable", says: "Cannot know" },
};

/** "in Web", "started by Nightly report", "which nothing runs". */
export function placeWords(document: Document, { place }: TaskStart): string {
  if (place === null) return "which nothing runs";
  const edge = document.edges[place];
  return edge
    ? `started by ${placeName(document, { node: endpoint(edge.from).node })}`
    : `in ${placeName(document, { node: place })}`;
}

/** What ECS goes through until the task runs, line by line, and at the end whether it will. */
export function StartChecks({ start }: { start: TaskStart }) {
  return (
    <div className="@container">
      <ol>
        {start.checks.map((check) => (
          <Check key={check.check} check={check} />
        ))}
      </ol>
      <Conclusion start={start} />
    </div>
  );
}

function Check({ check }: { check: StartCheck }) {
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2 py-0.5 @xl:grid-cols-[1rem_13rem_minmax(0,1fr)]">
      <VerdictSign {...checkLooks[check.verdict]} />
      <span title={check.why} className={check.verdict === "passes" ? "" : "font-medium"}>
        {check.title}
      </span>
      <div className="col-start-2 min-w-0 text-ink-2 text-xs leading-4 @xl:col-start-3 @xl:text-sm @xl:leading-5">
        {check.against.length === 0 ? (
          <span className="hidden text-ink-3 @xl:inline">{check.why}</span>
        ) : (
          check.against.map((item) => <Reason key={item.why} item={item} />)
        )}
      </div>
    </li>
  );
}

/** One reason: it leads to where it is said, and has its repair beside it. */
function Reason({ item: { why, at, finding } }: { item: Against }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      {at ? (
        <button
          type="button"
          title="Show where this is said"
          className="min-w-0 flex-1 basis-48 rounded-sm text-left hover:underline hover:decoration-line-strong hover:underline-offset-2"
          onClick={() => goTo(at)}
        >
          {why}
        </button>
      ) : (
        <span className="min-w-0 flex-1 basis-48">{why}</span>
      )}
      {finding && <FixButton finding={finding} className="max-w-64" />}
    </div>
  );
}

function Conclusion({ start }: { start: TaskStart }) {
  const worst = start.checks.filter(({ verdict }) => verdict === start.verdict).flatMap(({ against }) => against);
  const first = worst[0]?.why ?? start.why;
  return (
    <p className="mt-1.5 flex items-baseline gap-2 border-line border-t pt-1.5">
      <VerdictMark {...startLooks[start.verdict]} />
      <span className="min-w-0 text-ink-2">
        {start.verdict !== "starts" && "because: "}
        {first}
        {worst.length > 1 && ` And ${worst.length - 1} more.`}
      </span>
    </p>
  );
}
