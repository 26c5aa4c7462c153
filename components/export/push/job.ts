import { create } from "zustand";
import type { Failure, HostId, Pushed, PushInput, Step } from "@/lib/export/repository/hosts/host";
import { hosts } from "@/lib/export/repository/hosts/hosts";
import { useEditor } from "../../editor/store";
import { wasBlocked } from "./blocked";
import { forgetToken, tokenFor } from "./tokens";

/** A push that runs or has ended. It goes on when the dialog closes, and is there again when it opens. */
export type Job = { host: HostId; design: string | undefined } & (
  | { is: "running"; step: Step; cancel(): void }
  | { is: "done"; pushed: Pushed }
  | { is: "failed"; failure: Failure }
);

export const useJob = create<{ job: Job | undefined }>()(() => ({ job: undefined }));

/** Sends files to a host with the token that was given for it. One push at a time. */
export async function startPush(host: HostId, input: PushInput, onPushed: () => void): Promise<void> {
  if (useJob.getState().job?.is === "running") return;
  const abort = new AbortController();
  const cancel = () => abort.abort();
  const of = { host, design: useEditor.getState().designId };
  useJob.setState({ job: { ...of, is: "running", step: { stage: "repository" }, cancel } });
  const before = useEditor.getState().state.document;
  try {
    const result = await hosts[host].push(input, {
      fetch: (url, init) => fetch(url, init),
      token: tokenFor(input.api) ?? "",
      signal: abort.signal,
      now: () => Date.now(),
      onStep: (step) => useJob.setState({ job: { ...of, is: "running", step, cancel } }),
      wasBlocked,
    });
    if (result.ok) {
      if (useEditor.getState().state.document === before) onPushed();
      useJob.setState({ job: { ...of, is: "done", pushed: result.value } });
    } else {
      if (result.failure.reason === "token") forgetToken(input.api);
      useJob.setState({ job: { ...of, is: "failed", failure: result.failure } });
    }
  } catch (error) {
    console.error(error);
    const written = "What was written is not known: look at the repository.";
    const failure: Failure = { reason: "answer", message: "This is a defect of Bayplan.", written };
    useJob.setState({ job: { ...of, is: "failed", failure } });
  }
  tellOutside(host);
}

/** Words for somebody who closed the dialog meanwhile. */
function tellOutside(host: HostId): void {
  const { dialog, notify } = useEditor.getState();
  const { job } = useJob.getState();
  if (dialog === "export" || !job || job.is === "running") return;
  const { label, request } = hosts[host];
  if (job.is === "failed") notify(`${label}: ${job.failure.message} ${job.failure.written}`, "refusal");
  else notify(`${label}: the branch ${job.pushed.branch} is there. Open the export again for its ${request}.`);
}
