import type { Value } from "../../stack/value";

interface Entry {
  name: string;
  preset: string;
  about: string;
}

/** What only AWS or the person knows, as variables of the `.env` file: one for each different value. */
export class Variables {
  readonly entries: Entry[] = [];
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  /**
   * The variable for a value, as Compose writes it. `wanted` is the name that a person would give; one that stands for
   * another value already is numbered. https://docs.docker.com/reference/compose-file/interpolation/
   */
  of(value: Value, wanted: string, about: string, preset = ""): string {
    const key = JSON.stringify([value, wanted]);
    let name = this.names.get(key);
    if (name === undefined) {
      name = this.free(wanted);
      this.names.set(key, name);
      this.entries.push({ name, preset, about });
    }
    return preset === "" ? `\${${name}}` : `\${${name}:-${preset}}`;
  }

  private free(wanted: string): string {
    const base = wanted.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d|$)/, "_");
    let name = base;
    for (let number = 2; this.taken.has(name); number += 1) name = `${base}_${number}`;
    this.taken.add(name);
    return name;
  }
}

/** Text that Compose reads as it is: it takes `$` for the start of a variable. */
export const literal = (text: string): string => text.replaceAll("$", "$$$$");
