/** A page of AWS's documentation: every rule and figure names one. */
export type AwsDocsUrl = `https://docs.aws.amazon.com/${string}`;

/** Where a table of facts comes from, and the month or day it was last held against that page ("2026-05"). */
export interface Sourced {
  readonly source: AwsDocsUrl;
  readonly asOf: string;
}

/** A closed or open interval of whole numbers, with AWS's default and unit where there are any. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  readonly unit?: string;
}

/** True for a number inside the range, both ends included. Not-a-number is outside. */
export const within = (range: Range, value: number): boolean => value >= range.min && value <= range.max;

/** The value of the range that is closest to `value`; the range's default (or its minimum) for not-a-number. */
export const nearestWithin = (range: Range, value: number): number =>
  Number.isNaN(value) ? (range.default ?? range.min) : Math.min(range.max, Math.max(range.min, value));

/** "5 to 300 seconds", "1 to 10". */
export const rangeText = (range: Range): string =>
  `${range.min} to ${range.max}${range.unit === undefined ? "" : ` ${range.unit}`}`;

/** AWS's default; the lower end where AWS has none. */
export const defaultOf = (range: Range): number => range.default ?? range.min;
