"use client";

import { useDeferredValue } from "react";
import { type Bin, type PackedResource, type Packing, resources } from "@/lib/cost/packing";
import { placeName } from "@/lib/editor/names";
import { useEditor } from "../editor/store";
import { goTo } from "../editor/use-findings";

const labels: Readonly<Record<PackedResource, string>> = {
  cpu: "CPU",
  memory: "Memory",
  interfaces: "Interfaces",
  gpus: "GPUs",
};

/** The same within a sentence. */
const words: Readonly<Record<PackedResource, string>> = {
  cpu: "CPU",
  memory: "memory",
  interfaces: "network interfaces",
  gpus: "GPUs",
};

/** How many instances are drawn one by one; the rest of a kind is counted. */
const MOST = 24;

/** How the tasks of each EC2 capacity fit on its instances, and what stays free. */
export default function Capacity() {
  const packings = useDeferredValue(useEditor(({ judged }) => judged.cost.packings));
  if (packings.length === 0)
    return (
      <p className="px-3 py-2 text-ink-2">
        Nothing runs on instances here. Draw EC2 capacity and connect a service to it, and see how its tasks fit.
      </p>
    );
  return packings.map((packing) => <Packed key={`${packing.node} ${packing.type}`} packing={packing} />);
}

function Packed({ packing }: { packing: Packing }) {
  const document = useEditor(({ state }) => state.document);
  const name = placeName(document, { node: packing.node });
  const { bins, instances, paid, room, type, unplaced, waste } = packing;
  const limits = resources.filter((resource) => (room[resource] ?? 0) > 0);
  return (
    <section aria-label={name} className="space-y-2 border-line border-b px-3 py-2 last:border-b-0">
      <p>
        <button
          type="button"
          className="rounded-sm font-medium hover:underline"
          onClick={() => goTo({ node: packing.node })}
        >
          {name}
        </button>
        <span className="text-ink-2">
          {" "}
          · {instances === 0 ? "no task runs on it" : `its tasks fit on ${instances} × ${type}`}; {paid}
          {instances === 0 ? ` × ${type}` : ""} {paid === 1 ? "is" : "are"} paid
          {limits.map((resource) => waste[resource]).every((part) => part === undefined) || instances === 0
            ? ""
            : ` · free: ${limits
                .flatMap((resource) => {
                  const part = waste[resource];
                  return part === undefined ? [] : [`${Math.round(part * 100)} % of ${words[resource]}`];
                })
                .join(", ")}`}
        </span>
      </p>
      <Instances label={`Instances of ${name}`} bins={bins} packing={packing} limits={limits} />
      {packing.started.map((started) => {
        const starter = placeName(document, { node: started.id });
        return (
          <div key={started.id} className="space-y-2">
            <p className="text-ink-2">
              <button
                type="button"
                className="rounded-sm text-ink hover:underline"
                onClick={() => goTo({ node: started.id })}
              >
                {starter}
              </button>{" "}
              starts {started.tasks} {started.tasks === 1 ? "task" : "tasks"} beside them:{" "}
              {started.more === 0
                ? "there is room for that."
                : `${started.more} more ${started.more === 1 ? "instance is" : "instances are"} needed meanwhile.`}
            </p>
            <Instances
              label={`Instances while ${starter} runs`}
              bins={started.bins}
              packing={packing}
              limits={limits}
            />
          </div>
        );
      })}
      <ul className="list-disc pl-5 text-ink-2 empty:hidden">
        {unplaced.map(({ id, tasks, why }) => (
          <li key={id} className="text-error">
            {tasks} of {placeName(document, { node: id })}: {why}
          </li>
        ))}
        {packing.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

interface InstancesProps {
  label: string;
  bins: readonly Bin[];
  packing: Packing;
  limits: readonly PackedResource[];
}

function Instances({ label, bins, packing, limits }: InstancesProps) {
  return (
    <>
      <ul className="flex flex-wrap gap-2" aria-label={label}>
        {bins.flatMap((bin, at) =>
          Array.from({ length: Math.min(bin.instances, MOST) }, (_, copy) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: instances of one kind are alike
            <Instance key={`${at} ${copy}`} bin={bin} packing={packing} limits={limits} />
          )),
        )}
      </ul>
      {bins.some((bin) => bin.instances > MOST) && (
        <p className="text-ink-3 text-xs">
          {bins.reduce((sum, bin) => sum + Math.max(0, bin.instances - MOST), 0)} more look the same.
        </p>
      )}
    </>
  );
}

/** One instance: a bar for each thing that tasks share, as full as they reserve it. */
function Instance({ bin, packing, limits }: { bin: Bin; packing: Packing; limits: readonly PackedResource[] }) {
  const document = useEditor(({ state }) => state.document);
  const held = bin.tasks.map(({ id, tasks }) => `${tasks} × ${placeName(document, { node: id })}`).join(", ");
  return (
    <li className="w-44 space-y-1 rounded-md border border-line bg-surface p-2">
      <p className="truncate text-xs" title={held}>
        {held || "Empty"}
      </p>
      {limits.map((resource) => {
        const part = Math.min(1, bin.used[resource] / (packing.room[resource] ?? 1));
        return (
          <p key={resource} className="flex items-center gap-1.5 text-[11px] text-ink-3">
            <span className="w-14 shrink-0 truncate">{labels[resource]}</span>
            <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
              <span className="block h-full rounded-full bg-accent" style={{ width: `${part * 100}%` }} />
            </span>
            <span className="w-8 text-right tabular-nums">{Math.round(part * 100)} %</span>
          </p>
        );
      })}
    </li>
  );
}
