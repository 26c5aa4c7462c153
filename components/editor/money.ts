const whole = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2 });
const exact = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
});
const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

/** An amount for a glance: whole dollars from 100 on, cents below. */
export const money = (amount: number): string => (amount >= 100 ? whole.format(amount) : cents.format(amount));

/** An amount in a table: always cents. */
export const moneyExact = (amount: number): string => cents.format(amount);

/** A rate as AWS states it. */
export const moneyRate = (rate: number): string => exact.format(rate);

/** A quantity with at most four decimals. */
export const quantity = (value: number): string => number.format(value);
