/** Short ids of nodes, edges and containers: letters, then a number. They keep share links short. */
export const ID_PATTERN = /^[a-z]+[0-9]+$/;
/** CloudFormation logical ids: letters and digits, at most 255. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
export const LOGICAL_ID_PATTERN = /^[A-Za-z][A-Za-z0-9]{0,254}$/;

/** The next free id with this prefix: one more than the highest number taken, or the first gap at the end of counting. */
export function nextId(prefix: string, taken: Iterable<string>): string {
  const all = [...taken];
  let highest = 0;
  for (const id of all) {
    if (!id.startsWith(prefix)) continue;
    const number = Number(id.slice(prefix.length));
    if (Number.isSafeInteger(number) && number > highest) highest = number;
  }
  if (highest < Number.MAX_SAFE_INTEGER) return `${prefix}${highest + 1}`;
  const used = new Set(all);
  for (let number = 1; ; number += 1) if (!used.has(`${prefix}${number}`)) return `${prefix}${number}`;
}

/** Turns a name into UpperCamelCase letters and digits, as CloudFormation wants; `fallback` when nothing is left. */
export function logicalIdFrom(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const words = name.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const letters = joined.replace(/^[0-9]+/, "").slice(0, 60);
  const base = letters === "" ? fallback : letters;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const candidate = `${base}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Turns a name into what ECS accepts for families and containers: letters, digits, hyphens, underscores. */
export function slug(name: string, fallback: string): string {
  const joined = (name.normalize("NFKD").match(/[A-Za-z0-9_]+/g) ?? []).join("-").toLowerCase().slice(0, 100);
  return joined === "" ? fallback : joined;
}
