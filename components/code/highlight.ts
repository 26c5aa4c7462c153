import type { LanguageFn } from "highlight.js";
import hljs from "highlight.js/lib/core";
import type { Language } from "./languages";

/** Grammars are fetched when the first file of a language is shown. */
const grammars: Readonly<Record<Exclude<Language, "plain">, () => Promise<{ default: LanguageFn }>>> = {
  yaml: () => import("highlight.js/lib/languages/yaml"),
  json: () => import("highlight.js/lib/languages/json"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  bash: () => import("highlight.js/lib/languages/bash"),
  hcl: () => import("./hcl"),
};

/** A piece of text of one look. */
export interface Token {
  text: string;
  className: string;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&#x27;": "'",
};

export const isLoaded = (language: Language): boolean =>
  language === "plain" || hljs.getLanguage(language) !== undefined;

/** Fetches a grammar; without it (no network) the text stays plain. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === "plain" || isLoaded(language)) return;
  try {
    hljs.registerLanguage(language, (await grammars[language]()).default);
  } catch (error) {
    console.warn(error);
  }
}

const plain = (text: string): Token[][] =>
  text.split("\n").map((line) => (line === "" ? [] : [{ text: line, className: "" }]));

/** Tokens of each line. The highlighter's markup is read into data, so that no text is ever taken for HTML. */
export function highlight(text: string, language: Language): Token[][] {
  if (language === "plain" || !isLoaded(language)) return plain(text);
  const markup = hljs.highlight(text, { language, ignoreIllegals: true }).value;
  const lines: Token[][] = [[]];
  const classes: string[] = [];
  for (const part of markup.split(/(<span class="[^"]*">|<\/span>)/)) {
    const opening = /^<span class="([^"]*)">$/.exec(part);
    if (opening) classes.push(opening[1] as string);
    else if (part === "</span>") classes.pop();
    else {
      const words = part.replace(/&(?:lt|gt|amp|quot|#x27);/g, (entity) => entities[entity] ?? entity);
      words.split("\n").forEach((piece, at) => {
        if (at > 0) lines.push([]);
        if (piece !== "") lines.at(-1)?.push({ text: piece, className: classes.at(-1) ?? "" });
      });
    }
  }
  return lines;
}
