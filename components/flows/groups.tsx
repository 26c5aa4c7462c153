"use client";

import { Fragment, useMemo } from "react";
import type { Document, Place } from "@/lib/document/document";
import type { Analysis } from "@/lib/editor/analysis";
import { placeName } from "@/lib/editor/names";
import { type GroupRows, groupTable, type Purpose, type RuleRow } from "@/lib/network/group-table";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo, placeId } from "../editor/use-findings";
import { Empty } from "../ui/empty";
import { useInView } from "../ui/use-in-view";
import { useFlowsPanel } from "./panel-state";
import { RemoveRule } from "./remove-rule";
import { ShowAll } from "./show-all";

/** Every security group that the design creates, with its rules and what each is there for. */
export function SecurityGroups() {
  const analysis = useShown();
  const selection = useEditor(({ state }) => state.selection);
  const selectionOnly = useFlowsPanel((panel) => panel.selectionOnly);
  const all = useMemo(() => groupTable(analysis.model, analysis.stack, analysis.flows), [analysis]);
  const touches = (place: Place | undefined): boolean =>
    place !== undefined && selection.includes(placeId(place) ?? "");
  const groups =
    selectionOnly && selection.length > 0
      ? all.filter(({ at, rows }) => touches(at) || rows.some(({ at: place }) => touches(place)))
      : all;
  if (all.length === 0) {
    return (
      <Empty icon="lock" title="No security group yet">
        A load balancer, a service with interfaces of its own, a file system or a group of instances brings one, and
        connections open it.
      </Empty>
    );
  }
  if (groups.length === 0) {
    return (
      <Empty icon="lock" title="No security group belongs to the selection">
        <ShowAll count={all.length} />
      </Empty>
    );
  }
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">Security groups and their rules</caption>
      <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
        <tr>
          <Head>Direction</Head>
          <Head>Protocol and ports</Head>
          <Head>Other side</Head>
          <Head>Serves</Head>
        </tr>
      </thead>
      {groups.map((group) => (
        <GroupBody key={group.group} group={group} analysis={analysis} />
      ))}
    </table>
  );
}

const Head = ({ children }: { children: string }) => (
  <th scope="col" className="h-7 px-3 font-medium">
    {children}
  </th>
);

function GroupBody({ group, analysis }: { group: GroupRows; analysis: Analysis }) {
  const { at } = group;
  const { document } = analysis;
  const selected = useEditor(({ state }) => at !== undefined && state.selection.includes(placeId(at) ?? ""));
  const body = useInView<HTMLTableSectionElement>(selected);
  return (
    <tbody ref={body} className="scroll-mt-7 border-line border-t first-of-type:border-t-0">
      <tr className={selected ? "bg-accent-soft" : ""}>
        <th scope="rowgroup" colSpan={4} className="h-7 px-3 text-left font-medium">
          <span className="font-mono text-xs">{group.group}</span>{" "}
          {at && (
            <span className="ml-1 font-normal text-ink-3">
              of <Link place={at} document={document} />
            </span>
          )}
        </th>
      </tr>
      {group.rows.map((row) => (
        <Rule
          key={`${row.direction} ${row.packet} ${row.peer} ${JSON.stringify(row.at)}`}
          row={row}
          analysis={analysis}
        />
      ))}
    </tbody>
  );
}

const directions = { ingress: "In", egress: "Out" } as const satisfies Record<RuleRow["direction"], string>;

function Rule({ row, analysis }: { row: RuleRow; analysis: Analysis }) {
  const { at } = row;
  return (
    <tr className="hover:bg-hover/60">
      <td className="h-6 w-28 py-0.5 pr-3 pl-6 text-ink-2">{directions[row.direction]}</td>
      <td className="w-48 px-3 py-0.5 font-mono text-xs">
        {at ? (
          <button
            type="button"
            title="Show where this rule is said"
            className="rounded-sm hover:underline hover:underline-offset-2"
            onClick={() => goTo(at)}
          >
            {row.packet}
          </button>
        ) : (
          row.packet
        )}
      </td>
      <td className="px-3 py-0.5 font-mono text-ink-2 text-xs">{row.peer}</td>
      <td className="px-3 py-0.5 text-ink-2">
        <Serves purpose={row.purpose} analysis={analysis} />
      </td>
    </tr>
  );
}

function Serves({ purpose, analysis }: { purpose: Purpose; analysis: Analysis }) {
  const { document } = analysis;
  if (purpose.is === "serves") {
    return <Links places={purpose.edges.map((edge) => ({ edge }))} document={document} />;
  }
  if (purpose.is === "derived") {
    return (
      <>
        Derived for <Links places={purpose.places} document={document} />
      </>
    );
  }
  if (purpose.is === "unserved") {
    return (
      <span className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-warning" title={purpose.opening.why}>
          <span aria-hidden="true" className="mr-1 text-[10px]">
            ▲
          </span>
          Serves no connection
        </span>
        <RemoveRule analysis={analysis} opening={purpose.opening} />
      </span>
    );
  }
  return words[purpose.is];
}

const words = {
  undrawn: "No drawn connection; what code calls is in no drawing",
  default: "EC2’s default: everything may leave",
  shut: "Stands there so that nothing may leave",
} as const;

function Links({ places, document }: { places: readonly Place[]; document: Document }) {
  return places.map((place, at) => (
    <Fragment key={placeId(place)}>
      {at > 0 && ", "}
      <Link place={place} document={document} />
    </Fragment>
  ));
}

const Link = ({ place, document }: { place: Place; document: Document }) => (
  <button
    type="button"
    className="rounded-sm text-ink hover:underline hover:underline-offset-2"
    onClick={() => goTo(place)}
  >
    {placeName(document, place)}
  </button>
);
