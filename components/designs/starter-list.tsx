"use client";

import { starters } from "@/lib/document/starters";
import { openNew } from "./open";
import { Picture } from "./picture";

/** The starters with their pictures; choosing one opens it as a new design. */
export function StarterList({ heading }: { heading?: string }) {
  return (
    <ul aria-label={heading ?? "Starters"} className="grid gap-3 sm:grid-cols-3">
      {starters.map(({ id, title, about, document }) => (
        <li key={id} className="flex">
          <button
            type="button"
            onClick={() => openNew(document)}
            className="flex w-full flex-col overflow-hidden rounded-lg border border-line bg-surface text-left shadow-card transition-colors duration-100 hover:border-accent"
          >
            <Picture document={document} className="h-32 w-full border-line border-b bg-canvas p-2" />
            <span className="block px-3 py-2">
              <span className="block font-medium">{title}</span>
              <span className="mt-0.5 block text-ink-2 text-xs">{about}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
