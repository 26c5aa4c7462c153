// One formatter for all: making one costs more than a whole estimate.
const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** Figures that come back on line after line; formatting one costs as much as ten look-ups. */
const known = new Map<number, string>();
const MOST_KNOWN = 4_000;

/** A figure as people read it: "25,062.6". */
export function figure(value: number): string {
  let text = known.get(value);
  if (text === undefined) {
    text = format.format(value);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(value, text);
  }
  return text;
}

const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2 });
const finest = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
});

/** An amount in cents, "$1,234.50". What costs something never reads as nothing: "<$0.01". */
export const dollars = (amount: number): string =>
  amount > 0 && amount < 0.005 ? `<${cents.format(0.01)}` : cents.format(amount);

/** A rate as AWS states it: "$0.0000004". */
export const rateText = (rate: number): string => finest.format(rate);
