const NAME = "[A-Za-z_][\\w.:-]*";
const TAG = new RegExp(`^<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>$`);
const ENTITY = /&(?!(?:amp|lt|gt|quot|#\d+);)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

/** What a strict reader of XML would say against a text, and references inside it that lead nowhere. */
export function xmlFaults(text: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const ids = new Set<string>();
  const references: string[] = [];
  if (ILLEGAL.test(text)) faults.push("a character that XML cannot say");
  let roots = 0;
  for (const token of text.match(/<!--[\s\S]*?-->|<[^>]*>|[^<]+/g) ?? []) {
    if (token.startsWith("<!--")) {
      if (/--/.test(token.slice(4, -3)) || token.at(-4) === "-") faults.push(`hyphens in ${token}`);
    } else if (!token.startsWith("<")) {
      if (ENTITY.test(token) || token.includes(">")) faults.push(`a stray sign in ${token.slice(0, 60)}`);
      if (open.length === 0 && token.trim() !== "") faults.push(`text outside: ${token.slice(0, 60)}`);
    } else if (token.startsWith("</")) {
      if (open.pop() !== token.slice(2, -1)) faults.push(`${token} closes something else`);
    } else {
      const [, name = "", attributes = "", single] = TAG.exec(token) ?? [];
      if (name === "") faults.push(`no element: ${token.slice(0, 80)}`);
      if (open.length === 0) roots += 1;
      const names = new Set<string>();
      for (const [, key = "", value = ""] of attributes.matchAll(new RegExp(`(${NAME})="([^"]*)"`, "g"))) {
        if (names.has(key)) faults.push(`${key} twice in ${token.slice(0, 80)}`);
        names.add(key);
        if (ENTITY.test(value)) faults.push(`a stray sign in ${value.slice(0, 60)}`);
        if (key === "id") {
          if (ids.has(value)) faults.push(`the id ${value} twice`);
          ids.add(value);
        }
        const reference = key === "href" ? /^#(.+)$/.exec(value)?.[1] : /url\(#([^)]+)\)/.exec(value)?.[1];
        if (reference !== undefined) references.push(reference);
        else if (key === "href") faults.push(`an address outside the picture: ${value}`);
        if (/^on/i.test(key)) faults.push(`a handler: ${key}`);
      }
      if (/^(script|foreignObject|image|a|style)$/i.test(name)) faults.push(`more than a drawing: ${name}`);
      if (single !== "/") open.push(name);
    }
  }
  if (open.length > 0) faults.push(`never closed: ${open.join(", ")}`);
  if (roots !== 1) faults.push(`${roots} roots`);
  for (const reference of new Set(references)) if (!ids.has(reference)) faults.push(`nothing is called ${reference}`);
  return faults;
}
