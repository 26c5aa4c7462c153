import type { PriceRow, RegionPrices } from "./book";
import { isWhole } from "./live/product";
import { regionalSkus } from "./skus";

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isPrice = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;

function isTier(value: unknown): boolean {
  return isRecord(value) && isPrice(value.from) && (value.to === null || isPrice(value.to)) && isPrice(value.price);
}

function isRow(value: unknown): value is PriceRow {
  if (!isRecord(value)) return false;
  const { unit, price, tiers, source, status, note } = value;
  return (
    (unit === null || isText(unit)) &&
    (price === undefined || price === null || isPrice(price)) &&
    (tiers === undefined ||
      (Array.isArray(tiers) &&
        tiers.every(isTier) &&
        isWhole(tiers as { from: number; to: number; price: number }[]))) &&
    Array.isArray(source) &&
    source.every(isText) &&
    [status, note].every((text) => text === undefined || isText(text))
  );
}

/**
 * The prices of a Region in an answer of `/api/prices/REGION`, with what they say of themselves; undefined for anything
 * else: whoever stands between page and server may answer what they like, and one wrong row makes all doubtful.
 */
export function pricesIn(answer: unknown, region: string): { data: RegionPrices; says: string } | undefined {
  if (!isRecord(answer) || !isText(answer.says) || !isPrice(answer.live) || answer.live === 0) return undefined;
  const { data, says } = answer;
  if (!isRecord(data) || data.region !== region || !isRecord(data.skus) || !isRecord(data.ec2)) return undefined;
  const { skus, ec2 } = data;
  if (!Object.keys(regionalSkus).every((sku) => Object.hasOwn(skus, sku) && isRow(skus[sku]))) return undefined;
  const { hourly, rows = {}, source } = ec2;
  if (!isRecord(hourly) || !Object.values(hourly).every(isPrice)) return undefined;
  if (!isRecord(rows) || !Object.values(rows).every(isRow)) return undefined;
  if (!Array.isArray(source) || !source.every(isText)) return undefined;
  return { data: data as unknown as RegionPrices, says };
}
