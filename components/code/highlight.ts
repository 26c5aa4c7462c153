import hljs from "highlight.js/lib/core";
import json from "highlight.js/lib/languages/json";
import yaml from "highlight.js/lib/languages/yaml";

hljs.registerLanguage("json", json);
hljs.registerLanguage("yaml", yaml);

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

/** Tokens of each line. The highlighter's markup is read into data, so that no text is ever taken for HTML. */
export function highlight(text: string, language: "yaml" | "json"): Token[][] {
  const markup = hljs.highlight(text, { language, ignoreIllegals: true }).value;
  const lines: Token[][] = [[]];
  const classes: string[] = [];
  for (const part of markup.split(/(<span class="[^"]*">|<\/span>)/)) {
    const opening = /^<span class="([^"]*)">$/.exec(part);
    if (opening) classes.push(opening[1] as string);
    else if (part === "</span>") classes.pop();
    else {
      const plain = part.replace(/&(?:lt|gt|amp|quot|#x27);/g, (entity) => entities[entity] ?? entity);
      plain.split("\n").forEach((piece, at) => {
        if (at > 0) lines.push([]);
        if (piece !== "") lines.at(-1)?.push({ text: piece, className: classes.at(-1) ?? "" });
      });
    }
  }
  return lines;
}
