import { templateQuotas } from "../../aws/template-quotas";
import { escapeSegment, type Pointer } from "../../core/pointer";
import { Intrinsic, type Properties, ref, type Value } from "../value";
import { equalValue, isMap, likeValues, sameShape, slotsOf } from "./alike";
import type { Conditions, Some } from "./conditions";
import type { Moves } from "./moves";

/**
 * Properties that AWS's schemas call JSON: a service reads them as they stand, so that a number must stay a number there.
 * Everywhere else CloudFormation makes the property's own type of the text that Fn::FindInMap gives. A test holds the
 * list against the schemas.
 */
export const freeForm: ReadonlySet<string> = new Set([
  "ArchivePolicy",
  "AssumeRolePolicyDocument",
  "DataProtectionPolicy",
  "DeliveryPolicy",
  "EventPattern",
  "FieldIndexPolicies",
  "FileSystemPolicy",
  "FilterPolicy",
  "HookDetails",
  "PolicyDocument",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "ReplayPolicy",
  "RepositoryPolicyText",
  "ResourcePolicyDocument",
  "SimplePrefix",
  "SlidingWindow",
]);

/** A value in one environment, and where it stands in that environment's resource. */
interface Variant {
  at: number;
  value: Value;
  from: Pointer;
}

/** Where a value is written to. */
export interface Spot {
  /** Pointer in the merged resource. */
  to: Pointer;
  /** The key in the mapping: logical id and path, letters and digits. */
  key: string;
  /** Whether Fn::FindInMap may stand here, for anything and for what is no text. */
  mapped: "all" | "text" | "none";
}

/** Writes values of several environments as one: what is the same once, figures into the mapping, the rest by condition. */
export class Values {
  /** Environment → key → value. */
  readonly mapping: Record<string, Properties> = {};
  private readonly keys = new Set<string>();

  constructor(
    private readonly conditions: Conditions,
    private readonly mappingName: string,
  ) {}

  get isMapped(): boolean {
    return this.keys.size > 0;
  }

  /**
   * One value for all environments of `variants`, at least one. `moves` (by environment) learns where parts went; reading
   * the result in an environment that has no variant is for the caller to prevent.
   */
  merge(variants: readonly Variant[], spot: Spot, moves: readonly Moves[]): Value {
    const first = variants[0] as Variant;
    const note = (one: Variant, to: Pointer): void => moves[one.at]?.add(one.from, to);
    if (variants.every(({ value }) => equalValue(value, first.value))) {
      for (const one of variants) note(one, spot.to);
      return first.value;
    }
    if (this.fitsMapping(variants, spot)) {
      for (const one of variants) note(one, spot.to);
      return this.looked(variants, spot.key);
    }
    const values = variants.map(({ value }) => value);
    if (values.every(isMap) && sameShape(values)) {
      for (const one of variants) note(one, spot.to);
      return this.mergeMaps(variants as readonly (Variant & { value: Properties })[], spot, moves);
    }
    if (values.every((value) => Array.isArray(value))) {
      const merged = this.mergeLists(variants as readonly (Variant & { value: Value[] })[], spot, moves);
      if (merged) return merged;
    }
    return this.choose(groupsOf(variants), spot, moves);
  }

  /** What only some of the environments have that could have it. */
  private optional(variants: readonly Variant[], of: Some, spot: Spot, moves: readonly Moves[]): Value {
    if (variants.length === of.length) return this.merge(variants, spot, moves);
    const condition = this.conditions.of(variants.map(({ at }) => at));
    const value = this.merge(variants, { ...spot, to: `${spot.to}/1`, mapped: "none" }, moves);
    return new Intrinsic("Fn::If", [condition, value, ref("AWS::NoValue")]);
  }

  private fitsMapping(variants: readonly Variant[], { key, mapped }: Spot): boolean {
    const kind = typeof variants[0]?.value;
    return (
      mapped !== "none" &&
      variants.length === this.conditions.names.length &&
      (kind === "string" || (mapped === "all" && (kind === "number" || kind === "boolean"))) &&
      variants.every(({ value }) => typeof value === kind && value !== "") &&
      key.length <= 255 &&
      this.keys.size < templateQuotas.mappingKeys
    );
  }

  private looked(variants: readonly Variant[], preferred: string): Value {
    let key = preferred;
    for (let number = 2; this.keys.has(key); number += 1) key = `${preferred.slice(0, 250)}${number}`;
    this.keys.add(key);
    for (const { at, value } of variants) {
      const name = this.conditions.names[at] as string;
      this.mapping[name] = { ...this.mapping[name], [key]: value };
    }
    return new Intrinsic("Fn::FindInMap", [this.mappingName, ref(this.conditions.parameter), key]);
  }

  mergeMaps(variants: readonly (Variant & { value: Properties })[], spot: Spot, moves: readonly Moves[]): Properties {
    const all = variants.map(({ at }) => at);
    const keys = new Set(variants.flatMap(({ value }) => Object.keys(value)));
    const merged: Properties = {};
    for (const key of keys) {
      const having = variants.flatMap(({ at, value, from }) =>
        Object.hasOwn(value, key) ? [{ at, value: value[key] as Value, from: `${from}/${escapeSegment(key)}` }] : [],
      );
      merged[key] = this.optional(
        having,
        all,
        {
          to: `${spot.to}/${escapeSegment(key)}`,
          key: spot.key + letters(key),
          mapped: spot.mapped === "all" && freeForm.has(key) ? "text" : spot.mapped,
        },
        moves,
      );
    }
    return merged;
  }

  /** Item by item, where the lists have enough in common to be read as one. */
  private mergeLists(
    variants: readonly (Variant & { value: Value[] })[],
    spot: Spot,
    moves: readonly Moves[],
  ): Value | undefined {
    const slots = slotsOf(
      variants.map(({ value }) => value),
      likeValues,
    );
    const shared = slots.filter((slot) => slot.filter((one) => one !== null).length > 1).length;
    if (shared * 2 < slots.length) return undefined;
    for (const one of variants) moves[one.at]?.add(one.from, spot.to);
    const all = variants.map(({ at }) => at);
    return slots.map((slot, index) => {
      const having = slot.flatMap((one, variant) => {
        if (one === null) return [];
        const { at, from } = variants[variant] as Variant;
        return [{ at, value: one.item, from: `${from}/${one.index}` }];
      });
      const name = having.map(({ value }) => nameOf(value)).find((text) => text !== "") ?? "";
      const key = spot.key + (name === "" ? String(index + 1) : name);
      return this.optional(having, all, { ...spot, to: `${spot.to}/${index}`, key }, moves);
    });
  }

  /** The values as they stand, one condition after the other; the last group, the largest, needs none. */
  private choose(groups: readonly (readonly Variant[])[], spot: Spot, moves: readonly Moves[]): Value {
    const [group, ...rest] = groups as [readonly Variant[], ...(readonly Variant[])[]];
    const value = (group[0] as Variant).value;
    if (rest.length === 0) {
      for (const one of group) moves[one.at]?.add(one.from, spot.to);
      return value;
    }
    for (const one of group) moves[one.at]?.add(one.from, `${spot.to}/1`);
    const otherwise = this.choose(rest, { ...spot, to: `${spot.to}/2` }, moves);
    return new Intrinsic("Fn::If", [this.conditions.of(group.map(({ at }) => at)), value, otherwise]);
  }
}

/** Variants of one value each, smaller groups first; groups of one size stay in order. */
function groupsOf(variants: readonly Variant[]): Variant[][] {
  const groups: Variant[][] = [];
  for (const one of variants) {
    const group = groups.find(([first]) => equalValue(first?.value, one.value));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.sort((a, b) => a.length - b.length);
}

export const letters = (text: string): string => {
  const joined = text.replace(/[^A-Za-z0-9]/g, "");
  return joined.charAt(0).toUpperCase() + joined.slice(1);
};

/** What a list's item is called, for the mapping's keys: "Web" of a container, nothing of a Ref. */
function nameOf(value: Value): string {
  if (!isMap(value)) return "";
  const name = value.Name ?? value.Key ?? value.PolicyName ?? value.CapacityProvider;
  return typeof name === "string" ? letters(name).slice(0, 40) : "";
}
