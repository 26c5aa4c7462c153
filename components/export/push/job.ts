import { create } from "zustand";
import type { Failure, HostId, Pushed, PushInput, Step } from "@/lib/export/repository/hosts/host";
import { hosts } from "@/lib/export/repository/hosts/hosts";
import { useEditor } from "../../editor/store";
import { wasBlocked } from "./blocked";
import { forgetToken, tokenFor } from "./tokens";

/** A push that runs or has ended. It goes on when the dialog closes, and is there again when it opens. */
export type Job =
  | { is: "running"; host: HostId; step: Step; cancel(): void }
  | { is: "done"; host: HostId; pushed: Pushed }
  | { is: "failed"; host: HostId; failure: Failure };

export const useJob = create<{ job: Job | undefined }>()(() => ({ job: undefined }));

/** Sends files to a host with the token that was given for it. One push at a time. */
export async function startPush(host: HostId, input: PushInput, onPushed: () => void): Promise<void> {
  if (useJob.getState().job?.is === "running") return;
  const abort = new AbortController();
  const cancel = () => abort.abort();
  const show = (job: Job): void => useJob.setState({ job });
  show({ is: "running", host, step: { stage: "repository" }, cancel });
  const before = useEditor.getState().state.document;
  try {
    const result = await hosts[host].push(input, {
      fetch: (url, init) => fetch(url, init),
      token: tokenFor(input.api) ?? "",
      signal: abort.signal,
      now: () => Date.now(),
      onStep: (step) => show({ is: "running", host, step, cancel }),
      wasBlocked,
    });
    if (result.ok) {
      if (useEditor.getState().state.document === before) onPushed();
      show({ is: "done", host, pushed: result.value });
    } else {
      if (result.failure.reason === "token") forgetToken(input.api);
      show({ is: "failed", host, failure: result.failure });
    }
  } catch (error) {
    console.error(error);
    const written = "What was written is not known: look at the repository.";
    show({ is: "failed", host, failure: { reason: "answer", message: "This is a defect of Bayplan.", written } });
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
