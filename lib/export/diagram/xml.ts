/** What XML 1.0 cannot say, whatever the spelling. https://www.w3.org/TR/xml/#charsets */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Without halves of characters, which no encoding can carry. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, "\uFFFD");

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in an element or an attribute; nothing a person can type ends either of them. */
export const escapeXml = (text: string): string =>
  wellFormed(text)
    .replace(ILLEGAL, "\uFFFD")
    .replace(/[&<>"']/g, (sign) => signs[sign] as string)
    .replace(/\s+/g, " ");

/** A comment on one line. Two hyphens in a row would end it. */
export const xmlComment = (text: string): string =>
  `<!-- ${wellFormed(text)
    .replace(ILLEGAL, "\uFFFD")
    .replace(/\s+/g, " ")
    .replace(/-(?=-)/g, "- ")
    .replace(/-$/, "- ")} -->`;

/** A number with at most two decimals, as short as it goes. */
export const figure = (value: number): string => String(Math.round(value * 100) / 100 || 0);
