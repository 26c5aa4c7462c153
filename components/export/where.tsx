"use client";

import { type ComponentType, useEffect, useState } from "react";
import { type Destination, type DestinationProps, destinations } from "./destinations";

/** The ways out, as a row of choices; each other than the download has fields of its own. */
export function Where({
  chosen,
  onChoose,
  ...props
}: DestinationProps & { chosen: Destination; onChoose(id: string): void }) {
  if (destinations.length < 2) return null;
  return (
    <fieldset className="mt-4">
      <legend className="mb-1.5 font-medium">Where</legend>
      <div className="flex flex-wrap gap-1.5">
        {destinations.map(({ id, label }) => (
          <label
            key={id}
            className="flex h-7 items-center rounded-md border border-line px-2.5 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="export-where"
              className="sr-only"
              checked={id === chosen.id}
              onChange={() => onChoose(id)}
            />
            {label}
          </label>
        ))}
      </div>
      {chosen.load && <Loaded key={chosen.id} load={chosen.load} {...props} />}
    </fieldset>
  );
}

function Loaded({ load, ...props }: DestinationProps & { load: () => Promise<ComponentType<DestinationProps>> }) {
  const [Fields, setFields] = useState<ComponentType<DestinationProps> | "failed" | undefined>();
  useEffect(() => {
    let current = true;
    load().then(
      (component) => {
        if (current) setFields(() => component);
      },
      (error) => {
        console.warn(error);
        if (current) setFields("failed");
      },
    );
    return () => {
      current = false;
    };
  }, [load]);
  if (Fields === "failed") {
    return (
      <p role="alert" className="mt-2 text-error">
        This could not be loaded. Check the connection and choose it again.
      </p>
    );
  }
  return <div className="mt-2 min-h-24">{Fields ? <Fields {...props} /> : <p className="text-ink-2">Loading…</p>}</div>;
}
