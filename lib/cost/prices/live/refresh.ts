import { type InstanceType, instanceTypeNames } from "../../../aws/instance-types";
import type { RegionCode } from "../../../aws/regions";
import { own } from "../../../core/json";
import { clip } from "../../../core/text";
import type { PriceRow, RegionPrices, Tier } from "../book";
import queries from "../data/queries.json";
import type { RegionalSku } from "../skus";
import { type Product, readProduct } from "./product";

/** One page of GetProducts. Rejects when it cannot be had. */
export type GetProducts = (
  request: { service: string; filters: Readonly<Record<string, string>>; nextToken?: string },
  signal: AbortSignal,
) => Promise<{ entries: readonly unknown[]; nextToken?: string }>;

interface Query {
  service: string;
  filters: Readonly<Record<string, string>>;
  /** Pattern of the usage type; absent where the filters alone name one product. */
  usageType?: string;
  /** The unit in which AWS's list gives the price. */
  unit: string;
  scale?: number;
}

/** The price of a row as AWS gives it now, or the sentence that says why the bundled one was kept. */
export interface Refreshed {
  skus: Partial<Record<RegionalSku, LivePrice>>;
  ec2: Partial<Record<InstanceType, LivePrice>>;
  kept: { row: string; why: string }[];
}

export interface LivePrice {
  tiers: Tier[];
  /** When AWS published it, yyyy-mm-dd. */
  published: string;
  service: string;
}

/** A new price further away than this from the bundled one is a wrong product, not a new price. */
const MOST_CHANGE = 0.5;
/** So many pages are no answer to a narrow question. */
const MOST_PAGES = 50;
const AT_ONCE = 4;

function questionOf(query: Query, region: RegionCode): Parameters<GetProducts>[0] {
  const location = own<string>(queries.locations, region) ?? "";
  const filters = Object.entries(query.filters).map(([field, value]) => [
    field,
    value.replaceAll("{region}", region).replaceAll("{location}", location),
  ]);
  return { service: query.service, filters: Object.fromEntries(filters) };
}

/** Ends with the signal, even where the answer never comes. */
async function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error("AWS did not answer in time."));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** All pages of one question. */
async function allOf(get: GetProducts, question: Parameters<GetProducts>[0], signal: AbortSignal): Promise<Product[]> {
  const products: Product[] = [];
  let nextToken: string | undefined;
  const seen = new Set<string>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    signal.throwIfAborted();
    const asked = get({ ...question, ...(nextToken === undefined ? {} : { nextToken }) }, signal);
    const answer = await orAborted(asked, signal);
    for (const entry of answer.entries) {
      const product = readProduct(entry);
      if (product) products.push(product);
    }
    nextToken = answer.nextToken;
    if (nextToken === undefined || nextToken === "") return products;
    if (seen.has(nextToken)) throw new Error("AWS gave the same page twice.");
    seen.add(nextToken);
  }
  throw new Error(`AWS gave more than ${MOST_PAGES} pages.`);
}

/** The rate at the beginning of use, by which a new price is held against the bundled one. */
const firstRate = (tiers: readonly Tier[]): number => tiers.find(({ price }) => price > 0)?.price ?? 0;

/** A first tier of 0 is a free tier; where the bundled price has none, free tiers are taken off elsewhere. */
function withoutFreeTier(tiers: readonly Tier[], bundled: readonly Tier[]): Tier[] {
  const [first, second, ...more] = tiers;
  if (!first || !second || first.price !== 0 || bundled[0]?.price === 0) return [...tiers];
  return [{ ...second, from: 0 }, ...more];
}

const tiersOf = (row: PriceRow | undefined): readonly Tier[] =>
  row?.tiers ?? (typeof row?.price === "number" ? [{ from: 0, to: null, price: row.price }] : []);

/** The one product that a query means, held against the bundled price; or why it is none. */
function accepted(
  products: readonly Product[],
  query: Query,
  usageType: string | undefined,
  bundled: readonly Tier[],
): LivePrice | string {
  const pattern = usageType === undefined ? undefined : new RegExp(usageType);
  const found = products.filter((product) => pattern === undefined || pattern.test(product.usageType));
  const [product] = found;
  if (!product) return "AWS's answer has no such product.";
  if (found.length > 1) return `AWS's answer has ${found.length} products that it could be.`;
  if (product.unit !== query.unit) return `AWS gives it by ${product.unit}, not by ${query.unit}.`;
  const scale = query.scale ?? 1;
  const scaled = product.tiers.map((tier) => ({ ...tier, price: tier.price * scale }));
  const tiers = withoutFreeTier(scaled, bundled);
  const [now, before] = [firstRate(tiers), firstRate(bundled)];
  if (before === 0 && pattern === undefined)
    return "There is nothing to hold it against, so it may be another product.";
  if (before > 0 && Math.abs(now / before - 1) > MOST_CHANGE)
    return `AWS's ${now} is too far from the bundled ${before} to be the same thing.`;
  return { tiers, published: product.published, service: query.service };
}

/** Runs tasks a few at a time. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/**
 * Asks AWS for every price of a Region. What cannot be had, is not exactly one product, or is far from the bundled
 * price is left out and named with a sentence. Never rejects; `signal` ends it early.
 */
export async function refreshRegion(
  region: RegionCode,
  bundled: RegionPrices,
  get: GetProducts,
  signal: AbortSignal,
): Promise<Refreshed> {
  const found: Refreshed = { skus: {}, ec2: {}, kept: [] };
  // Many rows are answered by one question.
  const asked = new Map<string, Promise<Product[]>>();
  const ask = (query: Query): Promise<Product[]> => {
    const question = questionOf(query, region);
    const key = JSON.stringify(question);
    const known = asked.get(key) ?? allOf(get, question, signal);
    asked.set(key, known);
    return known;
  };
  const why = (error: unknown): string => {
    if (signal.aborted) return "AWS did not answer in time.";
    const [text = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return `AWS did not answer: ${clip(text.trim(), 160).replace(/[.!?]?$/, ".")}`;
  };
  await eachOf(Object.entries(queries.skus) as [RegionalSku, Query][], async ([sku, query]) => {
    try {
      const price = accepted(await ask(query), query, query.usageType, tiersOf(own<PriceRow>(bundled.skus, sku)));
      if (typeof price === "string") found.kept.push({ row: sku, why: price });
      else found.skus[sku] = price;
    } catch (error) {
      found.kept.push({ row: sku, why: why(error) });
    }
  });
  const query: Query = queries.ec2;
  try {
    const products = await ask(query);
    for (const type of instanceTypeNames) {
      const hourly = own<number | undefined>(bundled.ec2.hourly, type);
      const tiers = hourly === undefined ? [] : [{ from: 0, to: null, price: hourly }];
      const usageType = query.usageType?.replace("{type}", type.replaceAll(".", "\\."));
      const price = accepted(products, query, usageType, tiers);
      if (typeof price !== "string") found.ec2[type] = price;
      else if (hourly !== undefined) found.kept.push({ row: type, why: price });
    }
  } catch (error) {
    found.kept.push({ row: "EC2 instance types", why: why(error) });
  }
  return found;
}
