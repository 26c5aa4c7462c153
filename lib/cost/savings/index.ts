import type { Document, Scenario } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import { buildModel } from "../../model/build";
import type { Model } from "../../model/model";
import { lower } from "../../stack/lower";
import { compare, type OneSided } from "../compare";
import type { Cost, Estimate } from "../cost";
import { estimate } from "../estimate";
import type { PriceBook } from "../prices";
import { type Changed, onArm, oneNat, onSpot, smallerTasks } from "./changes";
import { endpointsInsteadOfNat } from "./endpoints";

export interface SavingsOptions {
  scenario: Scenario;
  environment: string | null;
  prices: PriceBook | null;
  freeTier?: boolean;
  /** Per cent below on demand that the person expects of Fargate Spot; AWS lists no price and says up to 70. */
  spotDiscount?: number;
  /** Per cent below on demand of the person's Compute Savings Plan; AWS says up to 50 on Fargate. */
  savingsPlanDiscount?: number;
}

export type SavingId = "spot" | "arm" | "savingsPlan" | "endpoints" | "oneNat" | "smallerTasks";

/** One way to pay less. Ways overlap: their sums do not add up. */
export interface Saving {
  id: SavingId;
  title: string;
  /** US dollars a month, negative where it would cost more; null where it is not known or does not apply. */
  saves: number | null;
  /** What is given up or must be done for it; or why there is no figure. Sentences. */
  why: string;
}

/** The cost of a design as one environment sees it, by the whole way: model, stack, estimate. */
export function costOfDesign(document: Document, options: SavingsOptions): { model: Model; cost: Estimate } {
  const model = buildModel(inEnvironment(document, options.environment));
  const { scenario, environment, freeTier = false } = options;
  return { model, cost: estimate(model, lower(model), options.prices, { scenario, environment, freeTier }) };
}

const isDiscount = (discount: number): boolean => Number.isFinite(discount) && discount >= 0 && discount <= 100;

/** Rows of the price list that a Compute Savings Plan covers: Fargate on demand and EC2 hours. https://aws.amazon.com/savingsplans/compute-pricing/ */
const covered = (sku: string | undefined): boolean =>
  sku !== undefined && (/^fargate\.(linux|windows)\.(x86\.|arm\.)?(vcpu|gb)_hour$/.test(sku) || sku.startsWith("ec2:"));

/** What a Compute Savings Plan takes off, when it covers all that it can. Spot is never covered. */
export const savingsPlanSaves = (cost: Cost, discount: number): number =>
  cost.lines.reduce((sum, { sku, amount }) => sum + (covered(sku) ? (amount * discount) / 100 : 0), 0);

/**
 * Ways to pay less for a design, each as a figure: the same design is changed in one way and estimated again, so that
 * everything that follows from the change is in it.
 */
export function savingsOf(document: Document, options: SavingsOptions): Saving[] {
  const { spotDiscount, savingsPlanDiscount } = options;
  const here = inEnvironment(document, options.environment);
  const { model, cost } = costOfDesign(document, options);
  const again = (changed: Document): Cost => costOfDesign(changed, { ...options, environment: null }).cost;
  const of = (id: SavingId, title: string, changed: Changed, why: string): Saving => {
    if ("why" in changed) return { id, title, saves: null, why: changed.why };
    if (!options.prices) return { id, title, saves: null, why: "There are no prices for this Region." };
    const { difference, onlyUnknown } = compare(cost, again(changed.document));
    const on = (side: OneSided["side"]): string =>
      [...new Set(onlyUnknown.flatMap((one) => (one.side === side ? [one.item] : [])))].join(", ");
    const [before, after] = [on("before"), on("after")];
    // What is paid then and has no price would make any figure too good.
    if (after !== "")
      return { id, title, saves: null, why: `${why} What it saves is not known, for want of a price: ${after}.` };
    const more = before === "" ? "" : ` More is saved than the figure says, for want of a price: ${before}.`;
    return { id, title, saves: 0 - difference, why: `${why}${more}` };
  };
  const notAsked = (what: string): Changed => ({ why: `Say ${what} in per cent, between 0 and 100.` });
  return [
    of(
      "spot",
      "Fargate Spot",
      spotDiscount === undefined || !isDiscount(spotDiscount)
        ? notAsked("the discount you expect of Fargate Spot")
        : onSpot(here, model, spotDiscount),
      "AWS may stop a task with two minutes' notice; the discount is your figure.",
    ),
    of("arm", "ARM64 in place of x86 on Fargate", onArm(here, model), "Images must be built for ARM64."),
    savingsPlanDiscount === undefined || !isDiscount(savingsPlanDiscount)
      ? {
          id: "savingsPlan",
          title: "Compute Savings Plan",
          saves: null,
          why: "Say the discount of your Savings Plan in per cent, between 0 and 100.",
        }
      : {
          id: "savingsPlan",
          title: "Compute Savings Plan",
          saves: options.prices ? savingsPlanSaves(cost, savingsPlanDiscount) : null,
          why: "You commit to an hourly spend for one or three years; the discount is your figure, taken off all that it covers.",
        },
    of(
      "endpoints",
      "Endpoints in place of NAT gateways",
      endpointsInsteadOfNat(here, model, options.scenario),
      "Tasks then reach AWS services alone: what their code calls on the internet, which is not drawn, is out of reach.",
    ),
    of(
      "oneNat",
      "One NAT gateway in place of one per zone",
      oneNat(here),
      "When its zone fails, no zone reaches the internet; what crosses zones on the way to it is in this figure.",
    ),
    of(
      "smallerTasks",
      "The next smaller task size on Fargate",
      smallerTasks(here, model),
      "Only where tasks use less than the smaller size gives: look at their CPU and memory first.",
    ),
  ];
}
