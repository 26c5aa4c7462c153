import { type Cost, nothingKnown } from "@/lib/cost/cost";
import { dollars, rateText } from "@/lib/cost/words";

const whole = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2 });
const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

/** An amount for a glance: whole dollars from 100 on, cents below. */
export const money = (amount: number): string => (amount >= 100 ? whole.format(amount) : cents.format(amount));

/** An amount in a table: always cents. */
export const moneyExact = dollars;

/** The total of a bill; a word where nothing of it could be priced, for $0 would be a price. */
export const totalText = (cost: Cost, say: (amount: number) => string): string =>
  nothingKnown(cost) ? "unknown" : say(cost.total);

/** A rate as AWS states it. */
export const moneyRate = rateText;

/** "730 gateway-hours", "1 secret-month", "10 GB": units that are words have a plural. */
export const measured = (value: number, unit: string): string =>
  `${quantity(value)} ${value !== 1 && /[a-rt-z]$/.test(unit) ? `${unit}s` : unit}`;

/** A quantity with at most four decimals. */
export const quantity = (value: number): string => number.format(value);

/** True for words that say more than the quantity itself: "730 h × 2 tasks", but not "730 h". */
export const saysMore = (note: string): boolean => note.split(" ").length > 2;
