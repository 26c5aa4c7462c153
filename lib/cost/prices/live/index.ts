import { isRegion, type RegionCode } from "../../../aws/regions";
import type { Result } from "../../../core/result";
import { count } from "../../../core/text";
import { bundledPrices, loadPrices } from "..";
import { bookOf, type PriceBook, type PriceRow, type RegionPrices } from "../book";
import { type GetProducts, type LivePrice, type Refreshed, refreshRegion } from "./refresh";

/** A price book, and where its prices are from. */
export interface LiveBook {
  book: PriceBook;
  /** The same as data, to send to a browser, which makes the book of it. */
  data: RegionPrices;
  /** How many rows are AWS's of now, and how many are still the bundled ones. */
  live: number;
  bundled: number;
  /** One sentence that says so, for beside the total. */
  says: string;
}

export interface LiveOptions {
  get: GetProducts;
  /** All questions together may take so long. */
  timeoutMs?: number;
  /** How long an answer is used again. */
  cacheMs?: number;
  /** The clock, in milliseconds. */
  now: () => number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const rowOf = (unit: string | null, { tiers, published, service }: LivePrice): PriceRow => ({
  unit,
  tiers,
  source: [],
  note: `AWS Price List API, ${service} (${published})`,
});

/** The bundled prices of a Region with AWS's own laid over them. */
export function withLive(bundled: RegionPrices, { skus, ec2 }: Refreshed): RegionPrices {
  const rows = Object.entries(skus).map(([sku, price]) => [
    sku,
    rowOf(bundled.skus[sku as keyof typeof skus].unit, price as LivePrice),
  ]);
  const types = Object.entries(ec2).map(([type, price]) => [type, rowOf("instance-hour", price as LivePrice)]);
  return {
    ...bundled,
    skus: { ...bundled.skus, ...Object.fromEntries(rows) },
    ec2: { ...bundled.ec2, rows: Object.fromEntries(types) },
  };
}

/**
 * Prices that are asked of AWS, remembered for a day and by Region. What AWS does not say in time, or says in a form that
 * cannot be trusted, is taken from the bundled prices, and the book says so. A Region without bundled prices is a
 * problem, as `loadPrices` tells it.
 */
export function livePrices({ get, timeoutMs = MINUTE, cacheMs = DAY, now }: LiveOptions) {
  const known = new Map<RegionCode, { until: number; book: Promise<LiveBook> }>();
  return async (region: string): Promise<Result<LiveBook>> => {
    const bundled = await loadPrices(region);
    if (!bundled.ok || !isRegion(region)) return bundled as Result<never>;
    const remembered = known.get(region);
    if (remembered && remembered.until > now()) return { ok: true, value: await remembered.book };
    const book = fetched(region, bundled.value, get, timeoutMs);
    known.set(region, { until: now() + cacheMs, book });
    const value = await book;
    // Nothing was had: the next call tries again.
    if (value.live === 0) known.delete(region);
    return { ok: true, value };
  };
}

async function fetched(
  region: RegionCode,
  snapshot: PriceBook,
  get: GetProducts,
  timeoutMs: number,
): Promise<LiveBook> {
  const data = await bundledPrices(region);
  const found = await refreshRegion(region, data, get, AbortSignal.timeout(timeoutMs));
  const live = Object.keys(found.skus).length + Object.keys(found.ec2).length;
  const bundled = found.kept.length;
  if (live === 0) {
    const why = found.kept[0]?.why ?? "AWS did not answer.";
    const says = `${snapshot.about} ${why}`;
    return { book: { ...snapshot, about: says }, data, live, bundled, says };
  }
  const says =
    bundled === 0
      ? "All prices are AWS's own, asked within the last day."
      : `${count(live, "price")} ${live === 1 ? "is" : "are"} AWS's own, asked within the last day; ${bundled} are the bundled ones of ${snapshot.compiled}.`;
  const laid = withLive(data, found);
  return { book: bookOf(region, laid, says), data: laid, live, bundled, says };
}
