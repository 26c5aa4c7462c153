import type { ReactNode } from "react";

/** Head of a column; figures stand to the right. */
export const Head = ({
  children,
  end,
  sort,
}: {
  children: ReactNode;
  end?: boolean;
  sort?: "ascending" | "descending";
}) => (
  <th scope="col" aria-sort={sort} className={`whitespace-nowrap px-3 py-1 font-medium ${end ? "text-right" : ""}`}>
    {children}
  </th>
);
