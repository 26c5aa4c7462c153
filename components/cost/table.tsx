import type { ReactNode } from "react";

/** A table of a view of the cost, with its head in sight while it is scrolled. */
export const CostTable = ({ label, head, children }: { label: string; head: ReactNode; children: ReactNode }) => (
  <table aria-label={label} className="w-full border-collapse">
    <thead className="sticky top-0 z-10 bg-sunken text-left text-ink-2">
      <tr>{head}</tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);

/** A cell with a figure. */
export const Figure = ({ children, className }: { children: ReactNode; className?: string }) => (
  <td className={`px-3 py-1 text-right align-top tabular-nums ${className ?? ""}`}>{children}</td>
);
