// One formatter for all: making one costs more than a whole estimate.
const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** A figure as people read it: "25,062.6". */
export const figure = (value: number): string => format.format(value);
