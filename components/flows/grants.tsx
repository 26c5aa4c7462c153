"use client";

import { memo, useMemo, useState } from "react";
import { equalJson } from "@/lib/core/json";
import type { Place } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";
import { placeName } from "@/lib/editor/names";
import { grantsOf, OUTSIDE, type Permission, together } from "@/lib/grants/grants";
import type { Verdict } from "@/lib/network/flow";
import { placeOfRule } from "@/lib/network/said";
import { fixAt } from "@/lib/rules/hop-fix";
import { FixButton } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo, placeId } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useInView } from "../ui/use-in-view";
import { List } from "./list";
import { useFlowsPanel } from "./panel-state";
import { ShowAll } from "./show-all";
import { VerdictMark, VerdictSign } from "./verdict";

/** What IAM says, in the signs of flows. */
const looks: Readonly<Record<Permission["verdict"], { verdict: Verdict; says: string }>> = {
  denied: { verdict: "blocked", says: "Denied" },
  unknown: { verdict: "unknowable", says: "Unknown" },
  allowed: { verdict: "open", says: "Allowed" },
};

/** What a connection, or a node without one, needs to be allowed. */
interface Asked {
  place: Place;
  verdict: Permission["verdict"];
  permissions: readonly Permission[];
}

const rank: Readonly<Record<Permission["verdict"], number>> = { denied: 0, unknown: 1, allowed: 2 };

/** May everybody do what the drawing needs, and what may they do that it does not need: read from the policies. */
export function Grants() {
  const analysis = useShown();
  const selection = useEditor(({ state }) => state.selection);
  const selectionOnly = useFlowsPanel((panel) => panel.selectionOnly);
  const { asked, unused } = useMemo(() => {
    const { edges, nodes, unused } = grantsOf(analysis.model, analysis.stack);
    const asked: Asked[] = [
      ...edges.map(({ edge, verdict, permissions }) => ({ place: { edge }, verdict, permissions })),
      ...nodes.map(({ node, verdict, permissions }) => ({ place: { node }, verdict, permissions })),
    ];
    return { asked: asked.sort((a, b) => rank[a.verdict] - rank[b.verdict]), unused };
  }, [analysis]);
  if (asked.length + unused.length === 0) {
    return (
      <Empty icon="lock" title="Nobody needs to be allowed anything yet">
        Connect a task to a queue, a topic, a bucket or a secret, and read here whether its role may use it.
      </Empty>
    );
  }
  const about = (place: Place | undefined): boolean =>
    !selectionOnly || selection.length === 0 || selection.includes((place && placeId(place)) ?? "");
  const shown = asked.filter(
    ({ place, permissions }) => about(place) || permissions.some(({ node }) => about({ node })),
  );
  const beyond = unused.filter(({ origin }) => about(origin));
  if (shown.length + beyond.length === 0) {
    return (
      <Empty icon="lock" title="The selection needs to be allowed nothing">
        <ShowAll count={asked.length + unused.length} />
      </Empty>
    );
  }
  return (
    <>
      <List title="What the drawing needs" {...stand(shown)} items={shown}>
        {(item) => (
          <AskedItem key={placeId(item.place)} asked={item} selected={selection.includes(placeId(item.place) ?? "")} />
        )}
      </List>
      <List title="Allowed beyond that" note={`${beyond.length} for nothing drawn`} bad={false} items={beyond}>
        {({ of, resource, pointer, actions, why }) => (
          <li
            key={`${of} ${resource} ${pointer} ${actions.join()}`}
            className="flex min-h-7 flex-wrap items-baseline gap-x-2 gap-y-1 border-line border-b py-1 pr-2 pl-9 hover:bg-hover/60"
          >
            <span className="inline-flex w-18 shrink-0 items-center gap-1 font-medium text-warning text-xs">
              <span aria-hidden="true" className="w-3 text-center text-[10px]">
                ▲
              </span>
              Unused
            </span>
            <Said place={placeOfRule(analysis, { resource, pointer })}>{why}</Said>
          </li>
        )}
      </List>
      <p className="px-3 py-2 text-ink-3 text-xs">{OUTSIDE}</p>
    </>
  );
}

/** "1 denied, 2 unknown", or that all is allowed. */
function stand(asked: readonly Asked[]): { note: string; bad: boolean } {
  const of = (wanted: Permission["verdict"]): number => asked.filter(({ verdict }) => verdict === wanted).length;
  const parts = (["denied", "unknown"] as const).flatMap((verdict) =>
    of(verdict) > 0 ? [`${of(verdict)} ${verdict}`] : [],
  );
  return { note: parts.length > 0 ? parts.join(", ") : "all allowed", bad: of("denied") > 0 };
}

/** Answers are new objects after every edit; a row is drawn again only when it reads differently. */
const AskedItem = memo(AskedItemView, (a, b) => a.selected === b.selected && equalJson(plain(a.asked), plain(b.asked)));

const plain = ({ place, permissions }: Asked) => ({
  place: { ...place },
  says: permissions.map(({ verdict, what, why, must }) => [verdict, what, why, must]),
});

function AskedItemView({ asked: { place, verdict, permissions }, selected }: { asked: Asked; selected: boolean }) {
  const analysis = useShown();
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? (selected || verdict !== "allowed");
  const row = useInView<HTMLLIElement>(selected);
  const name = placeName(analysis.document, place);
  const what = [...new Set(permissions.map((permission) => permission.what))].join(", ");
  return (
    <li ref={row} className="scroll-mt-7 border-line border-b">
      <div className={`flex h-7 items-center gap-2 pr-3 pl-2 ${selected ? "bg-accent-soft" : ""}`}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Permissions of ${name}`}
          onClick={() => setChosen(!open)}
          className="grid size-5 shrink-0 place-content-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
        </button>
        <VerdictMark {...looks[verdict]} className="w-18" />
        <button
          type="button"
          className="min-w-0 truncate rounded-sm font-medium hover:underline hover:underline-offset-2"
          onClick={() => goTo(place)}
        >
          {name}
        </button>
        {!open && (
          <span title={what} className="min-w-0 flex-1 truncate text-right text-ink-3">
            {what}
          </span>
        )}
      </div>
      {open && (
        <ul className="@container pb-1.5">
          {permissions.map((permission) => (
            <PermissionRow
              key={`${permission.what} ${permission.place} ${permission.actions.join()} ${permission.why}`}
              permission={permission}
              analysis={analysis}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** One permission: it leads to the statement that decides, or to the role that lacks one, and has its repair beside it. */
function PermissionRow({ permission, analysis }: { permission: Permission; analysis: Analysis }) {
  const { verdict, what, why, must, by, who, node, edge } = permission;
  const role = who && "role" in who ? placeOfRule(analysis, { resource: who.role, pointer: "" }) : undefined;
  const statement = by[0] && placeOfRule(analysis, by[0]);
  const fix = verdict === "denied" && role ? fixAt(analysis.findings, role) : undefined;
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2 py-0.5 pr-2 pl-8 hover:bg-hover/60 @3xl:grid-cols-[1rem_18rem_minmax(0,1fr)]">
      <VerdictSign {...looks[verdict]} />
      <span title={what} className={`@3xl:truncate ${must && verdict !== "allowed" ? "font-medium" : ""}`}>
        {what}
      </span>
      <div className="col-start-2 flex flex-wrap items-baseline gap-x-2 gap-y-1 @3xl:col-start-3">
        <Said place={statement ?? role ?? (edge === undefined ? { node } : { edge })}>
          {why}
          {!must && verdict !== "allowed" && " Only some code needs it."}
        </Said>
        {fix && <FixButton finding={fix} className="max-w-64" />}
      </div>
    </li>
  );
}

/** A sentence that leads to where it is said. */
const Said = ({ place, children }: { place: Place | undefined; children: React.ReactNode }) =>
  place ? (
    <button
      type="button"
      title="Show where this is said"
      className="min-w-0 flex-1 basis-72 rounded-sm text-left text-ink-2 hover:underline hover:decoration-line-strong hover:underline-offset-2"
      onClick={() => goTo(place)}
    >
      {children}
    </button>
  ) : (
    <span className="min-w-0 flex-1 basis-72 text-ink-2">{children}</span>
  );

/** How many connections and nodes are denied something that they need. */
export const deniedIn = ({ model, stack }: Analysis): number => {
  const { edges, nodes } = grantsOf(model, stack);
  return [...edges, ...nodes].filter(({ permissions }) => together(permissions) === "denied").length;
};
