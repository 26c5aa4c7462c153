"use client";

import { type ComponentType, useEffect, useSyncExternalStore } from "react";
import { Button } from "./button";
import { Empty } from "./empty";

/** A part of the screen whose code is no part of the page's first load. */
export interface OnDemand<P extends object> {
  (props: P): React.ReactNode;
  /** Fetches the code ahead of need; harmless at any time, and done once. */
  prepare(): Promise<void>;
}

/** What stands in a part's place until its code is there, or could not be fetched. */
export interface Instead {
  waiting?: ComponentType;
  failed?: ComponentType<{ again: () => void }>;
}

/** A part that is fetched when it is first shown, or before by `prepare`; then it shows at once. */
export function onDemand<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { waiting: Waiting = Loading, failed: Failed = CouldNotLoad }: Instead = {},
): OnDemand<P> {
  let state: ComponentType<P> | "coming" | "failed" = "coming";
  let fetched: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const show = (next: typeof state): void => {
    state = next;
    for (const tell of listeners) tell();
  };
  const prepare = (): Promise<void> => {
    fetched ??= load().then(show, (error) => {
      console.warn(error);
      fetched = undefined;
      // Nobody waits for what is fetched ahead of need; it is tried again when it is.
      if (listeners.size > 0) show("failed");
    });
    return fetched;
  };
  const again = (): void => {
    show("coming");
    void prepare();
  };
  const subscribe = (tell: () => void): (() => void) => {
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
      if (listeners.size === 0 && state === "failed") state = "coming";
    };
  };
  const now = () => state;
  return Object.assign((props: P) => <Part {...{ subscribe, now, prepare, again, Waiting, Failed, props }} />, {
    prepare,
  });
}

function Part<P extends object>(part: {
  subscribe(tell: () => void): () => void;
  now(): ComponentType<P> | "coming" | "failed";
  prepare(): Promise<void>;
  again(): void;
  Waiting: ComponentType;
  Failed: ComponentType<{ again: () => void }>;
  props: P;
}) {
  const { subscribe, now, prepare, again, Waiting, Failed, props } = part;
  // What the server sent has no part in it, so neither may the first look here.
  const Loaded = useSyncExternalStore(subscribe, now, () => "coming" as const);
  useEffect(() => void prepare(), [prepare]);
  if (Loaded === "coming") return <Waiting />;
  if (Loaded === "failed") return <Failed again={again} />;
  return <Loaded {...props} />;
}

const Loading = () => (
  <div role="status" className="appear grid h-full min-h-24 place-content-center text-ink-3">
    Loading…
  </div>
);

const CouldNotLoad = ({ again }: { again: () => void }) => (
  <Empty icon="warning" title="This part could not be loaded">
    <p className="mb-2">Check the connection. Your drawing is as it was.</p>
    <Button onClick={again}>Try again</Button>
  </Empty>
);
