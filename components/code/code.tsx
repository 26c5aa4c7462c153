"use client";

import { type ComponentType, useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";

let loaded: ComponentType | undefined;

/** What the design comes out as, live. Its parts are fetched when the tab is first opened. */
export function CodePanel() {
  const [Panel, setPanel] = useState(() => loaded);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again
  useEffect(() => {
    let current = true;
    setFailed(false);
    import("./panel").then(
      (module) => {
        loaded = module.Panel;
        if (current) setPanel(() => module.Panel);
      },
      (error) => {
        console.warn(error);
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [attempt]);
  if (Panel) return <Panel />;
  if (!failed) return <Empty icon="code" title="Loading…" />;
  return (
    <Empty icon="warning" title="The code panel could not be loaded">
      <p className="mb-2">Check the connection. Your drawing is as it was.</p>
      <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
    </Empty>
  );
}
