import { clip } from "../../core/text";

const MOST = 160;

/**
 * Text as one line of Markdown that means nothing but itself: no markup, no link, no table cell's end. CommonMark takes
 * a backslash before any ASCII punctuation. https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function plain(text: string): string {
  const line = text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff\s]+/gu, " ")
    .trim();
  return (
    clip(line, MOST)
      .replace(/[\\`*_{}[\]<>|#!~$&@]/g, "\\$&")
      // GitHub makes links of bare addresses, too.
      .replace(/:\/\//g, ":\\/\\/")
      .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`)
  );
}

/** Code in a table cell or a line: only for texts that the program made, such as logical ids. */
export const code = (text: string): string => `\`${text.replace(/[`|\p{Cc}]/gu, "")}\``;

export const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** Head of a table; columns of numbers stand to the right. */
export const tableHead = (titles: readonly string[], numbers: readonly number[] = []): string[] => [
  row(titles),
  row(titles.map((_, at) => (numbers.includes(at) ? "---:" : "---"))),
];
