import type { ReactNode } from "react";
import { SectionTitle } from "./section-title";

/** Longest lists that are shown at once; what is worst comes first. */
const MOST = 200;

/** A part of the panel: how it stands with all of it, then its rows. */
export function List<T>({
  title,
  note,
  bad,
  items,
  children,
}: {
  title: string;
  note: string;
  bad: boolean;
  items: readonly T[];
  children(item: T): ReactNode;
}) {
  if (items.length === 0) return null;
  const left = items.length - MOST;
  return (
    <section aria-label={title}>
      <SectionTitle title={title} note={note} bad={bad} />
      <ul>{items.slice(0, MOST).map(children)}</ul>
      {left > 0 && <p className="px-3 py-1.5 text-ink-2">{left} more, all of them at most as bad as these.</p>}
    </section>
  );
}
