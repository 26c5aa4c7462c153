import { type InstanceType, instanceTypes } from "../../aws/instance-types";
import { type RegionCode, regionName } from "../../aws/regions";
import { own } from "../../core/json";
import globals from "./data/global.json";
import sources from "./data/sources.json";
import { regionalSkus, type Sku } from "./skus";

/** The part of a quantity that lies between `from` and `to` (null: open end) costs `price` a unit. */
export interface Tier {
  readonly from: number;
  readonly to: number | null;
  readonly price: number;
}

export interface Price {
  /** What one unit is: "vCPU-hour", "GB". */
  readonly unit: string;
  /** Graduated, ascending, without gaps; a flat price is one tier from 0. US dollars. */
  readonly tiers: readonly Tier[];
  /** Where the figure comes from and of which date, in words. */
  readonly source: string;
  /** The last date that the source names, yyyy-mm-dd or yyyy-mm; null where it names none. */
  readonly date: string | null;
  /** The same as ids, for `source(ids)` and `sourceAddress(id)`. */
  readonly sourceIds: readonly SourceId[];
  /** One weak source: show the figure with a word of caution. */
  readonly doubtful: boolean;
}

/** Prices of one Region, bundled. Unknown is undefined and never 0. List prices before tax, discounts and free tiers. */
export interface PriceBook {
  readonly region: RegionCode;
  readonly currency: string;
  /** The day the snapshot was compiled, yyyy-mm-dd. */
  readonly compiled: string;
  /** Where the prices are from and of when, in a sentence. */
  readonly about: string;
  /** The price of a SKU; undefined when the snapshot has none for the Region. */
  price(sku: Sku): Price | undefined;
  /** What one unit of a SKU is, whether or not its price is known. */
  unit(sku: Sku): string | undefined;
  /** Linux On-Demand, shared tenancy, per instance-hour; undefined for a type that is unknown or not offered. */
  ec2Hourly(type: string): Price | undefined;
  /** Why `price(sku)` is undefined, in a sentence. */
  whyUnknown(sku: Sku): string;
  /** Titles and dates of sources, in words; "Source not recorded" for none. */
  source(ids: readonly string[]): string;
}

export type SourceId = keyof typeof sources;

/** One row of the data files. */
export interface PriceRow {
  unit: string | null;
  price?: number | null;
  tiers?: readonly Tier[];
  source: readonly string[];
  status?: string;
  note?: string;
}

/** The shape of data/REGION.json. */
export interface RegionPrices {
  region: string;
  skus: Readonly<Record<keyof typeof regionalSkus, PriceRow>>;
  ec2: {
    source: readonly string[];
    hourly: Readonly<{ [T in InstanceType]?: number }>;
    /** Prices that AWS gave since, by type; they stand before those of the snapshot. */
    rows?: Readonly<{ [T in InstanceType]?: PriceRow }>;
  };
}

/** Hours that AWS counts for a month. */
export const hoursPerMonth: number = globals.hoursPerMonth;

/** Dimensions of a load balancer's capacity unit; only the largest is charged, hour by hour. */
export const capacityUnits = globals.capacityUnits;

interface Source {
  title: string;
  effectiveDate: string;
  address: string;
  /** Publication dates by service code, where one source is many files. */
  dates?: Readonly<Record<string, string>>;
}

const sourceOf = (id: string): Source | undefined => own<Source>(sources, id);
const isSourceId = (id: string): id is SourceId => Object.hasOwn(sources, id);

/** Where to look a source up: an address or the name of a document. */
export const sourceAddress = (id: SourceId): string => sources[id].address;

function sourceText(ids: readonly string[], service?: string): string {
  const known = ids.flatMap((id) => sourceOf(id) ?? []);
  if (known.length === 0) return "Source not recorded";
  return known
    .map((source) => {
      const date = service === undefined ? undefined : own(source.dates ?? {}, service);
      return `${source.title} (${date ?? source.effectiveDate})`;
    })
    .join("; ");
}

/** The last date in "Title (2026-09-21); Other (2025-06-13)". */
function dateOf(source: string): string | null {
  const dates = source.match(/\d{4}-\d{2}(-\d{2})?/g) ?? [];
  return dates.reduce<string | null>((last, date) => (last === null || date > last ? date : last), null);
}

function priceOf(row: PriceRow, service?: string): Price | undefined {
  const flat = typeof row.price === "number" ? [{ from: 0, to: null, price: row.price }] : undefined;
  const tiers = row.tiers ?? flat;
  if (!tiers || row.unit === null) return undefined;
  const source = row.source.length === 0 && row.note ? row.note : sourceText(row.source, service);
  return {
    unit: row.unit,
    tiers,
    source,
    date: dateOf(source),
    sourceIds: row.source.filter(isSourceId),
    doubtful: row.status === "doubtful",
  };
}

/** Makes a book of a Region's data. Prices are built once and then shared. `about` says where they are from. */
export function bookOf(
  region: RegionCode,
  data: RegionPrices,
  about = `Prices are the bundled ones of ${globals.compiled}.`,
): PriceBook {
  const bySku = new Map<string, Price | undefined>();
  const byType = new Map<string, Price | undefined>();
  const remembered = (known: Map<string, Price | undefined>, key: string, make: () => Price | undefined) => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  };
  const rowOf = (sku: string): PriceRow | undefined =>
    own<PriceRow>(data.skus, sku) ?? own<PriceRow>(globals.skus, sku);
  return {
    region,
    currency: globals.currency,
    compiled: globals.compiled,
    about,
    price: (sku) =>
      remembered(bySku, sku, () => {
        const row = rowOf(sku);
        return row && priceOf(row, own<string>(regionalSkus, sku));
      }),
    unit: (sku) => rowOf(sku)?.unit ?? undefined,
    ec2Hourly: (type) => {
      if (!Object.hasOwn(instanceTypes, type)) return undefined;
      return remembered(byType, type, () => {
        const row = own<PriceRow | undefined>(data.ec2.rows ?? {}, type);
        const hourly = own<number | undefined>(data.ec2.hourly, type);
        if (row) return priceOf(row, "AmazonEC2");
        return hourly === undefined
          ? undefined
          : priceOf({ unit: "instance-hour", price: hourly, source: data.ec2.source }, "AmazonEC2");
      });
    },
    whyUnknown: (sku) => {
      const note = rowOf(sku)?.note;
      const where = `The bundled prices of ${globals.compiled} have no figure for this in ${regionName(region)}`;
      return note === undefined ? `${where}.` : `${where} (${note}).`;
    },
    source: (ids) => sourceText(ids),
  };
}
