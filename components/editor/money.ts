import { dollars, rateText } from "@/lib/cost/words";

const whole = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2 });
const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

/** An amount for a glance: whole dollars from 100 on, cents below. */
export const money = (amount: number): string => (amount >= 100 ? whole.format(amount) : cents.format(amount));

/** An amount in a table: always cents. */
export const moneyExact = dollars;

/** A rate as AWS states it. */
export const moneyRate = rateText;

/** A quantity with at most four decimals. */
export const quantity = (value: number): string => number.format(value);
