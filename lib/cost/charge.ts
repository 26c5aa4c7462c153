import type { Allow } from "./free-tier";
import type { Price, PriceBook, Sku } from "./prices";

/** Which price a charge pays. */
export type Tariff =
  /** A row of the price list. */
  | { sku: Sku }
  /** Linux On-Demand hours of an EC2 type. */
  | { instance: string }
  /** A rate that the person typed in, in US dollars; `source` says whose it is. */
  | { given: number; unit: string; source: string }
  /** Nobody publishes it, or the bundled list lacks it. `why` is a sentence. */
  | { unknown: string; unit: string };

/** One charge before its price is looked up. */
export interface Charge {
  tariff: Tariff;
  /** What is paid for: "Fargate vCPU hours". */
  item: string;
  /** Units a month. */
  quantity: number;
  /** "730 h × 2 tasks × 0.5 vCPU". */
  note: string;
  /** Part of the price that is paid: 0.3 with a discount of 70 %, 0.12 for a fee of 12 %. 1 unless given. */
  factor?: number;
  assumption?: string;
}

/** A part of a charge inside one tier of its price. */
export interface PricedPart {
  item: string;
  unit: string;
  quantity: number;
  /** US dollars per unit. */
  rate: number;
  amount: number;
  /** Price source with its date. */
  source: string;
  /** The last date that the source names, yyyy-mm-dd or yyyy-mm; null for a rate that the person gave. */
  priceDate: string | null;
  quantityNote: string;
  assumption?: string;
  /** Row of the price list, "ec2:m5.large" for instances; absent for a rate that the person gave or made less. */
  sku?: string;
}

export interface UnpricedPart {
  item: string;
  unit: string;
  quantity: number;
  /** A sentence. */
  why: string;
}

export interface Parts {
  priced: PricedPart[];
  unpriced: UnpricedPart[];
}

/** Quantities beyond this are a slip of the finger: AWS bills no account for a quadrillion of anything. */
export const ABSURD = 1e15;

/**
 * What one AWS account has used of each tiered price so far: tiers and free tiers count for the account and month
 * together, not for each resource.
 */
export class Account {
  private readonly used = new Map<Sku, number>();
  /** `allow` is given by the free-tier option. */
  constructor(private readonly allow?: Allow) {}

  /** Books `quantity`: the part that the free tier covers, and where the rest begins in the tiers. */
  book(sku: Sku, quantity: number): { free: number; docs: string; from: number } {
    const before = this.used.get(sku) ?? 0;
    this.used.set(sku, before + quantity);
    const { units, docs } = this.allow?.(sku, quantity) ?? { units: 0, docs: "" };
    return { free: units, docs, from: before + units };
  }
}

const units = new Map<Sku, string>();

/** The price list's own word for a unit; without a list "vcpu-hour" of "fargate.linux.x86.vcpu_hour". */
export function unitOf(sku: Sku, prices: PriceBook | null): string {
  const listed = prices?.unit(sku);
  if (listed !== undefined) return listed;
  let unit = units.get(sku);
  if (unit === undefined) {
    unit = sku.slice(sku.lastIndexOf(".") + 1).replaceAll("_", "-");
    units.set(sku, unit);
  }
  return unit;
}

const rowOf = (tariff: Tariff): string | undefined =>
  "sku" in tariff ? tariff.sku : "instance" in tariff ? `ec2:${tariff.instance}` : undefined;

function priceOf(tariff: Tariff, prices: PriceBook | null, region: string): Price | { why: string; unit: string } {
  if ("unknown" in tariff) return { why: tariff.unknown, unit: tariff.unit };
  if ("given" in tariff) {
    if (!Number.isFinite(tariff.given) || tariff.given < 0)
      return { why: "The rate that was given is no price: it is to be zero or more.", unit: tariff.unit };
    const tiers = [{ from: 0, to: null, price: tariff.given }];
    return { unit: tariff.unit, tiers, source: tariff.source, date: null, sourceIds: [], doubtful: false };
  }
  const unit = "sku" in tariff ? unitOf(tariff.sku, prices) : "instance-hour";
  if (!prices) return { why: `There are no prices for ${region}.`, unit };
  if ("sku" in tariff) return prices.price(tariff.sku) ?? { why: prices.whyUnknown(tariff.sku), unit };
  const why = `The price of ${tariff.instance} in ${region} is not in the bundled price list.`;
  return prices.ec2Hourly(tariff.instance) ?? { why, unit };
}

/**
 * Prices one charge: a part for each tier that the quantity reaches. A price that is not known, and a quantity that no
 * bill can have, come back as unpriced with a sentence; never not-a-number, never a silent zero.
 */
export function price(charge: Charge, prices: PriceBook | null, region: string, account = new Account()): Parts {
  const { item, quantity, note, assumption } = charge;
  const factor = charge.factor ?? 1;
  const found = priceOf(charge.tariff, prices, region);
  const missed = (why: string, at = quantity): Parts => ({
    priced: [],
    unpriced: [{ item, unit: found.unit, quantity: at, why }],
  });
  if (!Number.isFinite(quantity) || quantity < 0 || !Number.isFinite(factor) || factor < 0)
    return missed(
      "Its quantity is not a number of zero or more, so nothing can be said. Look at the figures of use.",
      0,
    );
  if (quantity > ABSURD)
    return missed(
      "No AWS account is billed for so much in a month. Look at its settings and its figures of use for a zero too many.",
    );
  if (quantity === 0) return { priced: [], unpriced: [] };
  if ("why" in found) return missed(found.why);

  const priced: PricedPart[] = [];
  const row = charge.factor === undefined ? rowOf(charge.tariff) : undefined;
  const add = (part: number, rate: number, source: string, date = found.date): void => {
    const line: PricedPart = {
      item,
      unit: found.unit,
      quantity: part,
      rate,
      amount: part * rate,
      source,
      priceDate: date,
      quantityNote: note,
    };
    if (assumption !== undefined) line.assumption = assumption;
    if (row !== undefined) line.sku = row;
    priced.push(line);
  };
  const booked = "sku" in charge.tariff ? account.book(charge.tariff.sku, quantity) : { free: 0, docs: "", from: 0 };
  const { free, from } = booked;
  if (free > 0) add(free, 0, `AWS's free tier, ${booked.docs}`, null);
  const source = found.doubtful ? `${found.source}; one weak source, hold it against AWS's page` : found.source;
  const to = from + quantity - free;
  for (const tier of found.tiers) {
    const part = Math.min(to, tier.to ?? Number.POSITIVE_INFINITY) - Math.max(from, tier.from);
    if (part > 0) add(part, tier.price * factor, source);
  }
  return { priced, unpriced: [] };
}

/** Prices several charges of one account. */
export function priceAll(
  charges: readonly Charge[],
  prices: PriceBook | null,
  region: string,
  account = new Account(),
) {
  const parts = charges.map((charge) => price(charge, prices, region, account));
  return {
    priced: parts.flatMap((part) => part.priced),
    unpriced: parts.flatMap((part) => part.unpriced),
    total: parts.reduce((sum, part) => part.priced.reduce((all, line) => all + line.amount, sum), 0),
  };
}
