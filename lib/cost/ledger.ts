import type { Model } from "../model/model";
import type { Origin, Resource, Stack } from "../stack/stack";
import type { Cost, CostLine } from "./cost";
import type { EstimateOptions } from "./estimate";
import { hoursPerMonth, type Price, type PriceBook, type Sku } from "./prices";
import { type UsageName, usageKeys, usageOf } from "./usage";

/** One charge before its price is looked up. */
export interface Charge {
  item: string;
  /** Units a month. */
  quantity: number;
  /** "730 h × 2 tasks × 0.5 vCPU". */
  note: string;
  assumption?: string;
}

/** Collects the lines of one estimate. A cell of the resource table writes to it. */
export class Ledger {
  readonly lines: CostLine[] = [];
  readonly unknown: Cost["unknown"] = [];
  private owner: { node: string | null; edge: string | null; resource: string } = {
    node: null,
    edge: null,
    resource: "",
  };

  constructor(
    readonly model: Model,
    readonly stack: Stack,
    private readonly prices: PriceBook | null,
    private readonly options: EstimateOptions,
  ) {}

  /** Charges that follow belong to the node or edge this resource comes from. */
  open(resource: Resource): void {
    this.belong(resource.origins[""]?.[0], resource.id);
  }

  /** The same, for a part of a resource that another node or edge asked for. */
  belong(origin: Origin | undefined, resource: string): void {
    this.owner = {
      node: origin?.node ?? null,
      edge: origin?.node === undefined ? (origin?.edge ?? null) : null,
      resource,
    };
  }

  /** Priced by a SKU of the price list; one line per tier that the quantity reaches. */
  add(sku: Sku, charge: Charge): void {
    this.priceOrMiss(this.prices?.price(sku), this.prices?.whyUnknown(sku), charge);
  }

  /** Instance hours of an EC2 type. */
  addInstances(type: string, charge: Charge): void {
    const why = `The price of ${type} in ${this.model.region} is not in the bundled price list.`;
    this.priceOrMiss(this.prices?.ec2Hourly(type), why, charge);
  }

  /** A charge that depends on use: priced from the person's figure, else named and left out of the total. */
  use(sku: Sku, key: UsageName, item: string): void {
    const given = this.usage(key);
    const { unit } = usageKeys[key];
    if (given === undefined) this.miss(item, unit, 0, "Depends on use.");
    else this.add(sku, { item, quantity: given, note: `${given.toLocaleString("en-US")} ${unit}` });
  }

  /** Capacity units are charged by the hour, at their average. */
  useHourly(sku: Sku, key: UsageName, item: string): void {
    const given = this.usage(key);
    if (given === undefined) this.miss(item, "hours", 0, "Depends on use.");
    else this.add(sku, { item, quantity: given * hoursPerMonth, note: `${hoursPerMonth} h × ${given} units` });
  }

  /** The person's figure for the node or edge that owns the charge. */
  usage(key: UsageName): number | undefined {
    const { document } = this.model;
    return usageOf(
      document.usage.scenarios,
      this.options.scenario,
      this.owner.node ?? this.owner.edge ?? undefined,
      key,
    );
  }

  /** The person's figure, or the assumed one together with the sentence that says so. */
  assumed(key: UsageName & "runMinutes"): { value: number; assumption?: string } {
    const given = this.usage(key);
    if (given !== undefined) return { value: given };
    const { assumed, label, unit } = usageKeys[key];
    return {
      value: assumed,
      assumption: `${label}: ${assumed} ${unit} assumed. Say how long a run takes in the node's usage.`,
    };
  }

  /** Cannot be priced; stays outside the total. */
  miss(item: string, unit: string, quantity: number, why: string): void {
    this.unknown.push({ ...this.owner, item, unit, quantity, why });
  }

  private priceOrMiss(price: Price | undefined, why: string | undefined, charge: Charge): void {
    const reason = this.prices ? why : `There are no prices for ${this.model.region}.`;
    if (price) this.price(price, charge);
    else this.miss(charge.item, "", charge.quantity, reason ?? "The price is not known.");
  }

  private price(price: Price, charge: Charge): void {
    const { item, quantity, note, assumption } = charge;
    if (quantity <= 0) return;
    for (const tier of price.tiers) {
      const inside = Math.min(quantity, tier.to ?? Number.POSITIVE_INFINITY) - tier.from;
      if (inside <= 0) break;
      this.lines.push({
        ...this.owner,
        item,
        unit: price.unit,
        quantity: inside,
        rate: tier.price,
        amount: inside * tier.price,
        source: price.source,
        quantityNote: note,
        ...(assumption === undefined ? {} : { assumption }),
      });
    }
  }
}
