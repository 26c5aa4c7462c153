import type { RegionPrices } from "../book";
import type { LivePrice, Refreshed } from "./refresh";

/** One entry of data/sources.json. */
export interface WrittenSource {
  title: string;
  effectiveDate: string;
  address: string;
  dates: Record<string, string>;
}

const all = ({ skus, ec2 }: Refreshed): LivePrice[] => [...Object.values(skus), ...Object.values(ec2)];

/** The source that refreshed rows name: its dates are those on which AWS published each service's list. */
export function sourceOf(refreshed: readonly Refreshed[]): WrittenSource {
  const dates: Record<string, string> = {};
  for (const { service, published } of refreshed.flatMap(all))
    if (published > (dates[service] ?? "")) dates[service] = published;
  const effectiveDate = Object.values(dates).sort().at(-1) ?? "";
  return {
    title: "AWS Price List API, GetProducts",
    effectiveDate,
    address: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html",
    dates: Object.fromEntries(Object.entries(dates).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const block = (printed: Record<string, string>): string =>
  `{\n${Object.entries(printed)
    .map(([key, text]) => `${JSON.stringify(key)}: ${text}`)
    .join(",\n")}\n}`;

/** JSON with one property a line: small in a difference, small when compressed. */
export const lines = (record: Readonly<Record<string, unknown>>): string =>
  block(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, JSON.stringify(value)])));

/** The data file of a Region with its refreshed rows, in the form in which the snapshot was split. */
export function regionText(bundled: RegionPrices, { skus, ec2 }: Refreshed, source: string): string {
  const rows = Object.entries(bundled.skus).map(([sku, row]) => {
    const live = skus[sku as keyof typeof skus];
    if (!live) return [sku, row];
    const [first] = live.tiers;
    const price = live.tiers.length === 1 && first ? { price: first.price } : { tiers: live.tiers };
    return [sku, { unit: row.unit, ...price, source: [source] }];
  });
  const hourly = Object.entries({ ...bundled.ec2.hourly, ...ec2 }).map(([type, price]) => [
    type,
    typeof price === "number" ? price : price?.tiers[0]?.price,
  ]);
  const refreshed = Object.keys(ec2).length > 0;
  const sources = refreshed ? [source, ...bundled.ec2.source.filter((one) => one !== source)] : bundled.ec2.source;
  return `${block({
    region: JSON.stringify(bundled.region),
    skus: lines(Object.fromEntries(rows)),
    ec2: lines({ source: sources, hourly: Object.fromEntries(hourly) }),
  })}\n`;
}
