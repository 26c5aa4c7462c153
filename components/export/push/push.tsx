"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { type Address, readAddress } from "@/lib/export/repository/hosts/address";
import type { HostId } from "@/lib/export/repository/hosts/host";
import { hosts } from "@/lib/export/repository/hosts/hosts";
import { branchProblem, folderFrom } from "@/lib/export/repository/hosts/names";
import { hasWorkflows } from "@/lib/export/repository/hosts/prepare";
import { useEditor } from "../../editor/store";
import { Button } from "../../ui/button";
import { TextInput } from "../../ui/field";
import type { DestinationProps } from "../destinations";
import { sectionOf } from "../section";
import { startPush, useJob } from "./job";
import { JobView } from "./job-view";
import { TokenField } from "./token-field";
import { keepToken, tokenFor } from "./tokens";

interface Typed {
  repository: string;
  base: string;
  /** Undefined until typed: then it follows the design's name. */
  branch: string | undefined;
  folder: string;
  title: string | undefined;
}

/** What was typed last for each design, for as long as the tab is open. No token is among it. */
const lastTyped = new Map<string, Typed>();
/** Other designs are likely to go to the same repository. */
const lastRepository = new Map<HostId, string>();
const nothing: Typed = { repository: "", base: "", branch: undefined, folder: "", title: undefined };

/** The fields of a branch and a request on a host, and what becomes of them. */
export function Push({ host, ...props }: DestinationProps & { host: HostId }) {
  if (!window.isSecureContext)
    return (
      <p role="alert" className="text-error">
        This page was opened over plain http, where others on the network could read a token. Open it over https, or
        download the zip.
      </p>
    );
  return <Fields host={host} {...props} />;
}

function Fields({ host, files, bytes, name, choice, ready, onTaken }: DestinationProps & { host: HostId }) {
  const designId = useEditor((store) => store.designId);
  const key = `${host} ${designId ?? ""}`;
  const [typed, setTyped] = useState<Typed>(
    lastTyped.get(key) ?? { ...nothing, repository: lastRepository.get(host) ?? "" },
  );
  const [problem, setProblem] = useState<{ field: keyof Typed | "token"; message: string } | undefined>();
  const [, redraw] = useState(0);
  const token = useRef<HTMLInputElement>(null);
  const design = useEditor(({ state }) => state.document.name);
  const running = useJob(({ job }) => job?.is === "running");
  const { request } = hosts[host];

  const branch = typed.branch ?? `bayplan/${name}`;
  const title = typed.title ?? `Export of ${design}`.slice(0, 200);
  const address = readAddress(host, typed.repository);
  const api = address.ok ? address.value.api : undefined;
  const change = (part: Partial<Typed>): void => {
    const next = { ...typed, ...part };
    lastTyped.set(key, next);
    lastRepository.set(host, next.repository);
    setTyped(next);
    setProblem(undefined);
  };

  const send = async (to: Address): Promise<void> => {
    const given = token.current?.value.trim() ?? "";
    if (given !== "") keepToken(to.api, given);
    if (tokenFor(to.api) === undefined) return setProblem({ field: "token", message: "Give a token." });
    const folder = folderFrom(typed.folder);
    if ("problem" in folder) return setProblem({ field: "folder", message: folder.problem });
    const wrong = branchProblem(branch);
    if (wrong !== undefined) return setProblem({ field: "branch", message: wrong });
    const base = typed.base.trim() === "" ? undefined : typed.base.trim();
    const wrongBase = base === undefined ? undefined : branchProblem(base);
    if (wrongBase !== undefined) return setProblem({ field: "base", message: wrongBase });
    const label = `${choice.label} of the design \`${design.replaceAll(/[`\p{Cc}]/gu, " ")}\``;
    const input = {
      api: to.api,
      repository: to.repository,
      base,
      branch,
      folder: folder.folder,
      title,
      message: title,
      body: `${label}, exported with Bayplan.`,
      files: await bytes(),
      section: sectionOf(choice.id, name),
    };
    await startPush(host, input, onTaken);
    redraw((times) => times + 1);
  };

  return (
    <form
      className="grid gap-2.5"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (running || !ready) return;
        if (address.ok) void send(address.value);
        else setProblem({ field: "repository", message: address.problem });
      }}
    >
      <Line label="Repository" problem={problem?.field === "repository" ? problem.message : undefined}>
        {(given) => (
          <TextInput
            {...given}
            value={typed.repository}
            placeholder={host === "github" ? "owner/name, or its address" : "group/name, or its address"}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => change({ repository: event.target.value })}
          />
        )}
      </Line>
      <TokenField
        host={host}
        api={api}
        site={address.ok ? address.value.site : undefined}
        workflows={hasWorkflows(
          typed.folder,
          files.map(({ path }) => path),
        )}
        problem={problem?.field === "token" ? problem.message : undefined}
        input={token}
        onForgotten={() => redraw((times) => times + 1)}
      />
      <div className="grid grid-cols-2 gap-2.5">
        <Line label="New branch" problem={problem?.field === "branch" ? problem.message : undefined}>
          {(given) => (
            <TextInput
              {...given}
              value={branch}
              spellCheck={false}
              onChange={(event) => change({ branch: event.target.value })}
            />
          )}
        </Line>
        <Line label="Into branch" problem={problem?.field === "base" ? problem.message : undefined}>
          {(given) => (
            <TextInput
              {...given}
              value={typed.base}
              placeholder="the default branch"
              spellCheck={false}
              onChange={(event) => change({ base: event.target.value })}
            />
          )}
        </Line>
        <Line label="Folder" problem={problem?.field === "folder" ? problem.message : undefined}>
          {(given) => (
            <TextInput
              {...given}
              value={typed.folder}
              placeholder="the root"
              spellCheck={false}
              onChange={(event) => change({ folder: event.target.value })}
            />
          )}
        </Line>
        <Line label="Title">
          {(given) => (
            <TextInput
              {...given}
              value={title}
              maxLength={200}
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Line>
      </div>
      <div>
        <Button type="submit" look="primary" icon="export" disabled={!ready || running}>
          Open a {request}
        </Button>
      </div>
      <JobView host={host} />
    </form>
  );
}

/** A field with its label above and its problem below. */
function Line({
  label,
  problem,
  children,
}: {
  label: string;
  problem?: string | undefined;
  children(given: { id: string; "aria-invalid"?: true; "aria-describedby"?: string }): ReactNode;
}) {
  const id = useId();
  const says = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-0.5 block text-ink-2 text-xs">
        {label}
      </label>
      {children(problem === undefined ? { id } : { id, "aria-invalid": true, "aria-describedby": says })}
      {problem !== undefined && (
        <p id={says} role="alert" className="mt-0.5 text-error text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
