"use client";

import { useEffect, useRef } from "react";
import { count, list } from "@/lib/core/text";
import type { HostId, Pushed, Step } from "@/lib/export/repository/hosts/host";
import { stages } from "@/lib/export/repository/hosts/host";
import { hosts } from "@/lib/export/repository/hosts/hosts";
import { useEditor } from "../../editor/store";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { type Job, useJob } from "./job";

/** How far a push is, what came of it, or why not. */
export function JobView({ host }: { host: HostId }) {
  const job = useJob((store) => store.job);
  const design = useEditor((store) => store.designId);
  const end = useRef<HTMLDivElement>(null);
  const here = job?.host === host && job.design === design;
  useEffect(() => {
    // What came of it may lie below what the dialog shows.
    if (here && job?.is !== undefined) end.current?.scrollIntoView({ block: "nearest" });
  }, [here, job?.is]);
  if (!here) return null;
  return (
    <div ref={end}>
      <Told job={job} host={host} />
    </div>
  );
}

function Told({ job, host }: { job: Job; host: HostId }) {
  if (job.is === "running")
    return (
      <div className="flex items-center gap-2">
        <p role="status" className="min-w-0 flex-1 text-ink-2">
          {progressWords(job.step)}
        </p>
        <Button size="small" onClick={job.cancel}>
          Cancel
        </Button>
      </div>
    );
  if (job.is === "failed")
    return (
      <p role="alert" className="flex gap-2 rounded-md bg-error-soft px-3 py-2 text-error">
        <Icon name="warning" className="mt-0.5" />
        <span className="min-w-0 break-words">
          {job.failure.message} {job.failure.written}
        </span>
      </p>
    );
  return <Done host={host} pushed={job.pushed} />;
}

function progressWords({ stage, done, of }: Step): string {
  if (of !== undefined) return `${stages[stage]}: ${done ?? 0} of ${of}…`;
  return `${stages[stage]}…`;
}

function Done({ host, pushed }: { host: HostId; pushed: Pushed }) {
  const { request } = hosts[host];
  const { outcome, number, link, branch, base, added, changed, removed, left, replaced } = pushed;
  const sign = host === "github" ? "#" : "!";
  const named = number === undefined ? `the ${request}` : `${request} ${sign}${number}`;
  const what = [
    added > 0 && `${count(added, "file")} added`,
    changed > 0 && `${changed} changed`,
    removed > 0 && `${removed} removed`,
  ].filter((part) => part !== false);
  return (
    <div role="status" className="rounded-md bg-sunken px-3 py-2">
      <p className="flex gap-2">
        <Icon name="check" className="mt-0.5 text-good" />
        <span className="min-w-0 break-words">{words[outcome](named, branch, base)}</span>
      </p>
      {what.length > 0 && <p className="mt-1 pl-6 text-ink-2">{list(what)}.</p>}
      {replaced.length > 0 && (
        <p className="mt-1 pl-6 text-ink-2">Replaced although this export had not written them: {few(replaced)}.</p>
      )}
      {left.length > 0 && (
        <p className="mt-1 pl-6 text-ink-2">No longer exported, but left because they were edited: {few(left)}.</p>
      )}
      {link !== undefined && (
        <p className="mt-1 pl-6">
          <a href={link} target="_blank" rel="noopener noreferrer" className="text-accent underline">
            Show {named}
          </a>
        </p>
      )}
    </div>
  );
}

const few = (paths: readonly string[]): string =>
  list(paths.length > 6 ? [...paths.slice(0, 5), `${paths.length - 5} more`] : paths);

const words: Readonly<Record<Pushed["outcome"], (named: string, branch: string, base: string) => string>> = {
  opened: (named, branch, base) => `Opened ${named}, from ${branch} into ${base}.`,
  updated: (named, branch) => `Added a commit to ${branch}; ${named} shows it.`,
  unchanged: (_, branch, base) =>
    `Nothing to change: ${base} or ${branch} holds these files already. Nothing was written.`,
};
