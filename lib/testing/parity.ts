import { createHash } from "node:crypto";
import { printJson } from "../core/json";
import { type NormalResource, normalise } from "./parity-normal";

/**
 * Compares two templates after the normalisation of lib/export/cdk/PARITY.md. Resources have other ids on both sides,
 * so each gets a fingerprint that is refined by those of the resources it refers to and is referred to by; equal
 * templates have the same fingerprints. Gives sentences that say what differs; none when they are equal.
 */
export function differences(ours: object, theirs: object): string[] {
  const [left, right] = [normalise(ours), normalise(theirs)];
  const found = [
    ...(left.description === right.description
      ? []
      : [`Description: ${left.description} against ${right.description}.`]),
    ...sectionDifferences("Parameter", left.parameters, right.parameters),
    ...sectionDifferences("Condition", left.conditions, right.conditions),
  ];
  forgetLoneNames(left.resources, right.resources);
  const [ourLocal, theirLocal] = [local(left.resources), local(right.resources)];
  const lone = unmatched(ourLocal, theirLocal);
  if (lone.ours.length > 0 || lone.theirs.length > 0)
    return [...found, ...explain(left.resources, right.resources, lone)];
  const [ourFinal, theirFinal] = [refined(left.resources, ourLocal), refined(right.resources, theirLocal)];
  const wired = unmatched(ourFinal, theirFinal);
  if (wired.ours.length > 0 || wired.theirs.length > 0) {
    return [...found, ...explain(left.resources, right.resources, wired, 3)];
  }
  const named = (outputs: Record<string, unknown>, prints: ReadonlyMap<string, string>) =>
    Object.fromEntries(
      Object.entries(outputs).map(([id, value]) => [id, JSON.parse(text(value, (to) => prints.get(to)))]),
    );
  return [...found, ...sectionDifferences("Output", named(left.outputs, ourFinal), named(right.outputs, theirFinal))];
}

/** A resource that a construct makes by itself has a name of the construct's; what both sides name keeps its name. */
function forgetLoneNames(ours: Record<string, NormalResource>, theirs: Record<string, NormalResource>): void {
  const key = ({ name, type }: NormalResource): string => `${type} ${name}`;
  const count = (resources: Record<string, NormalResource>): Map<string, number> => {
    const found = new Map<string, number>();
    for (const one of Object.values(resources)) found.set(key(one), (found.get(key(one)) ?? 0) + 1);
    return found;
  };
  const [left, right] = [count(ours), count(theirs)];
  for (const resource of [...Object.values(ours), ...Object.values(theirs)]) {
    if (left.get(key(resource)) !== right.get(key(resource))) resource.identity = "";
  }
}

type Prints = ReadonlyMap<string, string>;

const hash = (value: string): string => createHash("sha1").update(value).digest("base64url").slice(0, 16);

/** JSON with every reference replaced by what `print` says of its target. */
function text(value: unknown, print: (id: string) => string | undefined): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== "object" || item === null || !("$ref" in item)) return item;
    const [id, attribute] = (item as { $ref: [string, string] }).$ref;
    return `→${print(id) ?? id}.${attribute}`;
  });
}

/** Fingerprint of each resource by itself: references count by the type they point to. */
function local(resources: Record<string, NormalResource>): Map<string, string> {
  const typeOf = (id: string): string | undefined => resources[id]?.type;
  return new Map(
    Object.entries(resources).map(([id, { waits: _, name: _name, ...rest }]) => [id, hash(sortedSets(rest, typeOf))]),
  );
}

/** Sets are sorted by their text once references have their fingerprints. */
function sortedSets(value: unknown, print: (id: string) => string | undefined): string {
  const plain = JSON.parse(text(value, print)) as unknown;
  const sort = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(sort);
    if (typeof item !== "object" || item === null) return item;
    const entries = Object.entries(item).map(([key, inner]) => [key, sort(inner)] as const);
    if (entries.length === 1 && entries[0]?.[0] === "$set") {
      return { $set: [...new Set((entries[0][1] as unknown[]).map((one) => JSON.stringify(sort(one))))].sort() };
    }
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  };
  return JSON.stringify(sort(plain));
}

function refined(resources: Record<string, NormalResource>, start: Prints): Map<string, string> {
  let prints = new Map(start);
  const users = new Map<string, string[]>();
  for (const [id, resource] of Object.entries(resources)) {
    JSON.stringify(resource, (_key, item: unknown) => {
      if (typeof item === "object" && item !== null && "$ref" in item) {
        const [to] = (item as { $ref: [string, string] }).$ref;
        users.set(to, [...(users.get(to) ?? []), id]);
      }
      return item;
    });
  }
  for (let classes = new Set(prints.values()).size; ; ) {
    const next = new Map<string, string>();
    for (const [id, { waits, name: _, ...rest }] of Object.entries(resources)) {
      const of = (other: string): string | undefined => prints.get(other);
      const waited = waits.map((other) => `${other.part}${of(other.id) ?? other.id}`).sort();
      const used = (users.get(id) ?? []).map((user) => of(user) ?? "").sort();
      next.set(id, hash([prints.get(id), sortedSets(rest, of), waited.join(), used.join()].join("\n")));
    }
    prints = next;
    const count = new Set(prints.values()).size;
    if (count <= classes) return prints;
    classes = count;
  }
}

interface Lone {
  ours: string[];
  theirs: string[];
}

/** Ids on either side whose fingerprint has no partner on the other. */
function unmatched(ours: Prints, theirs: Prints): Lone {
  const open = new Map<string, string[]>();
  for (const [id, print] of theirs) open.set(print, [...(open.get(print) ?? []), id]);
  const lone: string[] = [];
  for (const [id, print] of ours) {
    const partners = open.get(print);
    if (partners && partners.length > 0) partners.pop();
    else lone.push(id);
  }
  return { ours: lone, theirs: [...open.values()].flat() };
}

function explain(
  left: Record<string, NormalResource>,
  right: Record<string, NormalResource>,
  lone: Lone,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const found: string[] = [];
  const open = new Set(lone.theirs);
  const shown = (resources: Record<string, NormalResource>, id: string): string[] => {
    const name = (other: string): string => resources[other]?.identity || (resources[other]?.type ?? other);
    const { name: _, identity: _identity, waits, ...rest } = resources[id] as NormalResource;
    const body = JSON.parse(sortedSets(rest, name)) as object;
    const waited = waits.map((other) => name(other.id) + other.part).sort();
    return printJson({ ...body, waits: waited } as never)
      .split("\n")
      .map((line) => line.replace(/,$/, ""));
  };
  for (const id of lone.ours) {
    const lines = shown(left, id);
    let best: { id: string; lines: string[]; same: number } | undefined;
    for (const other of open) {
      if (right[other]?.type !== left[id]?.type) continue;
      const theirs = shown(right, other);
      const same =
        theirs.filter((line) => lines.includes(line)).length + (right[other]?.name === left[id]?.name ? 1000 : 0);
      if (!best || same > best.same) best = { id: other, lines: theirs, same };
    }
    if (!best) {
      found.push(`${id} (${left[id]?.type}) is missing.`);
      continue;
    }
    open.delete(best.id);
    const gone = lines.filter((line) => !best.lines.includes(line)).map((line) => `- ${line.trim()}`);
    const added = best.lines.filter((line) => !lines.includes(line)).map((line) => `+ ${line.trim()}`);
    if (gone.length + added.length > 0)
      found.push(`${id} (${left[id]?.type}) differs: ${[...gone, ...added].join(" ")}`);
  }
  for (const id of open) found.push(`${id} (${right[id]?.type}) is too many: ${shown(right, id).join(" ")}`);
  if (found.length === 0) found.push(`Wired otherwise: ${lone.ours.join(", ")} against ${lone.theirs.join(", ")}.`);
  return found.slice(0, most);
}

function sectionDifferences(what: string, ours: Record<string, unknown>, theirs: Record<string, unknown>): string[] {
  const ids = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  return ids.flatMap((id) => {
    const [a, b] = [ours[id], theirs[id]].map((value) =>
      value === undefined ? "none" : sortedSets(value, () => undefined),
    );
    return a === b ? [] : [`${what} ${id}: ${a} against ${b}.`];
  });
}
