import type { Model } from "../model/model";
import type { Resource, Stack } from "../stack/stack";
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
  /** Figures of use that are charged already: they are asked of a node or edge, however many resources it makes. */
  private readonly used = new Set<string>();
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
    const origin = resource.origins[""]?.[0];
    this.owner = {
      node: origin?.node ?? null,
      edge: origin?.node === undefined ? (origin?.edge ?? null) : null,
      resource: resource.id,
    };
  }

  /** Priced by a SKU of the price list; one line per tier that the quantity reaches. */
  add(sku: Sku, charge: Charge): void {
    this.priceOrMiss(this.prices?.price(sku), this.prices?.whyUnknown(sku), unitOf(sku), charge);
  }

  /** Instance hours of an EC2 type. */
  addInstances(type: string, charge: Charge): void {
    const why = `The price of ${type} in ${this.model.region} is not in the bundled price list.`;
    this.priceOrMiss(this.prices?.ec2Hourly(type), why, "instance-hour", charge);
  }

  /**
   * A charge that depends on use: priced from the person's figure, else named and left out of the total. Once for each
   * node or edge: its figure is the sum over all that it creates.
   */
  use(sku: Sku, key: UsageName, item: string): void {
    this.once(sku, () => {
      const given = this.usage(key);
      const { unit } = usageKeys[key];
      if (!given) this.miss(item, unit, 0, "Depends on use.");
      else {
        const { value, assumption } = given;
        this.add(sku, { item, quantity: value, note: `${value.toLocaleString("en-US")} ${unit}`, ...assumption });
      }
    });
  }

  /** Capacity units are charged by the hour, at their average. */
  useHourly(sku: Sku, key: UsageName, item: string): void {
    this.once(sku, () => {
      const given = this.usage(key);
      if (!given) this.miss(item, "hours", 0, "Depends on use.");
      else {
        const { value, assumption } = given;
        const note = `${hoursPerMonth} h × ${value} units`;
        this.add(sku, { item, quantity: value * hoursPerMonth, note, ...assumption });
      }
    });
  }

  /** Charges a SKU only the first time that the same node or edge is asked about it. */
  once(sku: Sku, charge: () => void): void {
    const key = JSON.stringify([this.owner.node, this.owner.edge, sku]);
    if (this.used.has(key)) return;
    this.used.add(key);
    charge();
  }

  /** The person's figure for the node or edge that owns the charge; assumed when it is that of another scenario. */
  usage(key: UsageName): { value: number; assumption?: { assumption: string } } | undefined {
    const { scenarios } = this.model.document.usage;
    const { scenario } = this.options;
    const given = usageOf(scenarios, scenario, this.owner.node ?? this.owner.edge ?? undefined, key);
    if (!given?.typical) return given && { value: given.value };
    const assumption = `${usageKeys[key].label}: as in the typical month, because the ${scenario} scenario does not say.`;
    return { value: given.value, assumption: { assumption } };
  }

  /** The person's figure, or the assumed one together with the sentence that says so. */
  assumed(key: UsageName & "runMinutes"): { value: number; assumption?: { assumption: string } } {
    const given = this.usage(key);
    if (given) return given;
    const { assumed, label, unit } = usageKeys[key];
    const assumption = `${label}: ${assumed} ${unit} assumed. Say how long a run takes in the node's usage.`;
    return { value: assumed, assumption: { assumption } };
  }

  /** Cannot be priced; stays outside the total. */
  miss(item: string, unit: string, quantity: number, why: string): void {
    this.unknown.push({ ...this.owner, item, unit, quantity, why });
  }

  private priceOrMiss(price: Price | undefined, why: string | undefined, unit: string, charge: Charge): void {
    const reason = this.prices ? why : `There are no prices for ${this.model.region}.`;
    if (price) this.price(price, charge);
    else if (charge.quantity > 0) this.miss(charge.item, unit, charge.quantity, reason ?? "The price is not known.");
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

/** "vcpu-hour" from "fargate.linux.x86.vcpu_hour". */
const unitOf = (sku: Sku): string => sku.slice(sku.lastIndexOf(".") + 1).replaceAll("_", "-");
