/** A file on its way into a repository or a folder: relative path, bytes as they are to be written. */
export interface SentFile {
  path: string;
  bytes: Uint8Array;
}

/** What is asked of a host: files on a branch of their own, and a request to take them over. */
export interface PushInput {
  /** Base of the API: https://api.github.com, https://gitlab.com/api/v4. */
  api: string;
  /** Full name: owner/name, or group/subgroup/name on GitLab. */
  repository: string;
  /** Where the request goes; the repository's default branch when undefined. */
  base: string | undefined;
  branch: string;
  /** Folder of the repository that the files go into; "" for its root. */
  folder: string;
  message: string;
  title: string;
  body: string;
  files: readonly SentFile[];
  /** Which export of which design this is: files that an earlier one of the same name wrote and this one lacks are removed. */
  section: string;
}

/** What the caller lends: lib/ has no browser and no clock. */
export interface PushContext {
  fetch: typeof fetch;
  /** Goes into one header of each request and nowhere else. */
  token: string;
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  onStep(step: Step): void;
  /** True when a request to this address failed because this page may not talk to it. */
  wasBlocked?(url: string): Promise<boolean>;
  /** How long one request may take. */
  timeoutMs?: number;
}

/** The stages, in the words that show progress. */
export const stages = {
  repository: "Finding the repository",
  branch: "Reading its branches",
  compare: "Comparing the files",
  upload: "Sending the files",
  commit: "Writing the commit",
  move: "Setting the branch",
  request: "Opening the request",
} as const;
export type Stage = keyof typeof stages;

export interface Step {
  stage: Stage;
  /** Parts of the stage that are done, where there are several. */
  done?: number;
  of?: number;
}

export type Reason =
  | "answer"
  | "blocked"
  | "cancelled"
  | "conflict"
  | "input"
  | "invalid"
  | "missing"
  | "network"
  | "permission"
  | "rate"
  | "server"
  | "timeout"
  | "token";

/** Why it did not work: what happened, how to mend it, and what is in the repository now. */
export interface Failure {
  reason: Reason;
  message: string;
  /** What the repository holds of it, as a sentence. */
  written: string;
}

export interface Pushed {
  /** "unchanged" when the branch held all of it already: then nothing was written. */
  outcome: "opened" | "updated" | "unchanged";
  branch: string;
  base: string;
  /** The pull or merge request; undefined when there is none, or its address is none of this host. */
  link: string | undefined;
  number: number | undefined;
  added: number;
  changed: number;
  removed: number;
  /** Files of an earlier export that were edited by hand since, and so were left. */
  left: readonly string[];
  /** Files replaced that this export had not written. */
  replaced: readonly string[];
}

export type PushResult = { ok: true; value: Pushed } | { ok: false; failure: Failure };

/** A service that keeps repositories. */
export interface Host {
  id: HostId;
  label: string;
  /** What it calls a request to take a branch over. */
  request: string;
  /** What the token must be allowed to do, in the host's own words. */
  permissions(workflows: boolean): string;
  /** Where tokens are made, from the address of the host's site. */
  tokenPage(site: string): string;
  push(input: PushInput, context: PushContext): Promise<PushResult>;
}

export type HostId = "github" | "gitlab";
