import type { Tier } from "../book";

/** One product of the Price List API, as far as prices need it. */
export interface Product {
  usageType: string;
  /** When AWS published the price list, yyyy-mm-dd. */
  published: string;
  unit: string;
  /** Ascending, in the price list's own unit. */
  tiers: Tier[];
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});

/** "0", "100000", "Inf" (the open end). */
const rangeOf = (value: unknown): number | null | undefined => {
  if (value === "Inf") return null;
  const read = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return Number.isFinite(read) && read >= 0 ? read : undefined;
};

function tierOf(dimension: Json): Tier | undefined {
  const from = rangeOf(dimension.beginRange);
  const to = rangeOf(dimension.endRange);
  const dollars = recordOf(dimension.pricePerUnit).USD;
  const price = typeof dollars === "string" && dollars !== "" ? Number(dollars) : Number.NaN;
  if (typeof from !== "number" || to === undefined || !Number.isFinite(price) || price < 0) return undefined;
  return { from, to, price };
}

/** Tiers must begin at 0, follow each other without gaps and be open at the end. */
export const isWhole = (tiers: readonly Tier[]): boolean =>
  tiers.length > 0 &&
  tiers[0]?.from === 0 &&
  tiers[tiers.length - 1]?.to === null &&
  tiers.every((tier, at) => at === 0 || tier.from === tiers[at - 1]?.to);

/**
 * Reads one entry of `PriceList`: a text that is a JSON document of its own. Undefined for anything that is not a
 * product with one on-demand term and whole tiers in US dollars; never throws.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
export function readProduct(entry: unknown): Product | undefined {
  // The SDK gives String objects, the API itself plain strings.
  let parsed: unknown = entry;
  if (typeof entry === "string" || entry instanceof String) {
    try {
      parsed = JSON.parse(String(entry));
    } catch {
      return undefined;
    }
  }
  const document = recordOf(parsed);
  const attributes = recordOf(recordOf(document.product).attributes);
  const terms = Object.values(recordOf(recordOf(document.terms).OnDemand)).filter(isRecord);
  const published = String(document.publicationDate ?? "").slice(0, 10);
  if (terms.length !== 1 || !/^\d{4}-\d{2}-\d{2}$/.test(published)) return undefined;
  const dimensions = Object.values(recordOf(terms[0]?.priceDimensions)).filter(isRecord);
  const tiers = dimensions.flatMap((dimension) => tierOf(dimension) ?? []).sort((a, b) => a.from - b.from);
  const units = new Set(dimensions.map(({ unit }) => unit));
  const [unit] = units;
  if (tiers.length !== dimensions.length || !isWhole(tiers) || units.size !== 1 || typeof unit !== "string")
    return undefined;
  return { usageType: typeof attributes.usagetype === "string" ? attributes.usagetype : "", published, unit, tiers };
}
