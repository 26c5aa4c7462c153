import type { ReactNode } from "react";

/** Head of a column; figures stand to the right. */
export const Head = ({
  children,
  end,
  sort,
  wide,
}: {
  children: ReactNode;
  end?: boolean;
  sort?: "ascending" | "descending";
  /** Takes the room that the others leave, so that figures stand side by side. */
  wide?: boolean;
}) => (
  <th
    scope="col"
    aria-sort={sort}
    className={`h-7 whitespace-nowrap px-3 py-1 font-medium ${end ? "text-right" : ""} ${wide ? "w-full" : ""}`}
  >
    {children}
  </th>
);
