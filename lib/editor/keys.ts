/** A combination such as "mod+shift+z", "delete" or "shift+arrowleft". `mod` is ⌘ on Apple's keyboards, Ctrl elsewhere. */
export type KeyCombo = string;

/** The part of a keyboard event that a combination is matched against. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** True when the press is this combination. Letters match whatever the layout's case; "?" needs no shift of its own. */
export function matches(combo: KeyCombo, press: KeyPress, apple: boolean): boolean {
  const parts = partsOf(combo);
  const key = press.key.toLowerCase();
  const mod = apple ? press.metaKey : press.ctrlKey;
  const other = apple ? press.ctrlKey : press.metaKey;
  if (key !== parts.key || parts.mod !== mod || other || parts.alt !== press.altKey) return false;
  const typedWithShift = parts.key.length === 1 && !/[a-z0-9]/.test(parts.key);
  return typedWithShift || parts.shift === press.shiftKey;
}

function partsOf(combo: KeyCombo): { key: string; mod: boolean; shift: boolean; alt: boolean } {
  const names = combo.split("+");
  const last = names.pop() ?? "";
  return {
    key: last === "" ? "+" : last,
    mod: names.includes("mod"),
    shift: names.includes("shift"),
    alt: names.includes("alt"),
  };
}

const words: Record<string, string> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  delete: "Del",
  backspace: "⌫",
  escape: "Esc",
  enter: "Enter",
  f2: "F2",
};

/** How a combination is written on the screen: "⌘⇧Z" or "Ctrl+Shift+Z". */
export function display(combo: KeyCombo, apple: boolean): string {
  const { key, mod, shift, alt } = partsOf(combo);
  const name = words[key] ?? key.toUpperCase();
  if (apple) return `${alt ? "⌥" : ""}${shift ? "⇧" : ""}${mod ? "⌘" : ""}${name}`;
  return [mod ? "Ctrl" : "", alt ? "Alt" : "", shift ? "Shift" : "", name].filter((part) => part !== "").join("+");
}

/** For `aria-keyshortcuts`: "Control+Shift+Z". */
export function ariaKeys(combo: KeyCombo, apple: boolean): string {
  const { key, mod, shift, alt } = partsOf(combo);
  const name = key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);
  return [mod ? (apple ? "Meta" : "Control") : "", alt ? "Alt" : "", shift ? "Shift" : "", name]
    .filter((part) => part !== "")
    .join("+");
}
