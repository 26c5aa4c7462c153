import type { Sku } from "./prices";

interface Allowance {
  /** SKUs that share it. */
  skus: readonly Sku[];
  /** Units a month and account. */
  perMonth: number;
  docs: `https://aws.amazon.com/${string}`;
}

/**
 * What AWS always gives an account each month. Not those allowances that stand in the price list itself as a first tier
 * of 0 (SNS deliveries, Scheduler), nor the former offers for the first twelve months, which accounts opened since
 * 2025-07-15 do not have. Held against AWS's pages 2026-11; those of logs and KMS were not read again.
 */
export const allowances: readonly Allowance[] = [
  {
    skus: ["sqs.standard.request", "sqs.fifo.request"],
    perMonth: 1_000_000,
    docs: "https://aws.amazon.com/sqs/pricing/",
  },
  { skus: ["sns.standard.request"], perMonth: 1_000_000, docs: "https://aws.amazon.com/sns/pricing/" },
  { skus: ["cw.metric_month"], perMonth: 10, docs: "https://aws.amazon.com/cloudwatch/pricing/" },
  { skus: ["cw.alarm.standard_month"], perMonth: 10, docs: "https://aws.amazon.com/cloudwatch/pricing/" },
  {
    skus: ["logs.ingest.gb", "logs.storage.gb_month"],
    perMonth: 5,
    docs: "https://aws.amazon.com/cloudwatch/pricing/",
  },
  { skus: ["kms.request"], perMonth: 20_000, docs: "https://aws.amazon.com/kms/pricing/" },
  { skus: ["dt.internet_out_gb"], perMonth: 100, docs: "https://aws.amazon.com/ec2/pricing/on-demand/" },
];

/** What of a quantity is free, and the page that says so. */
export type Allow = (sku: Sku, quantity: number) => { units: number; docs: string } | undefined;

/** Gives out the allowances of one account and month, each unit once. */
export function freeTier(): Allow {
  const left = new Map(allowances.map((allowance) => [allowance, allowance.perMonth]));
  return (sku, quantity) => {
    const allowance = allowances.find(({ skus }) => skus.includes(sku));
    if (!allowance) return undefined;
    const units = Math.min(left.get(allowance) ?? 0, quantity);
    left.set(allowance, (left.get(allowance) ?? 0) - units);
    return { units, docs: allowance.docs };
  };
}
