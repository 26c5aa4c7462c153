import { own } from "../core/json";
import type { Scenario, Usage } from "../document/document";

/** What only the person knows about a node or an edge, asked in their words. Kept in the design's `usage`. */
export interface UsageKey {
  label: string;
  unit: string;
  /** Used, and shown as an assumption, until the person says otherwise; without it the charge is unknown. */
  assumed?: number;
}

export const usageKeys = {
  runMinutes: { label: "Minutes per run", unit: "min", assumed: 5 },
  runsPerMonth: { label: "Runs a month", unit: "runs" },
  capacityUnits: { label: "Average load balancer capacity units", unit: "units" },
  processedGb: { label: "Data processed a month", unit: "GB" },
  internetGb: { label: "Data sent to the internet a month", unit: "GB" },
  storedGb: { label: "Data stored", unit: "GB" },
  readGb: { label: "Data read a month", unit: "GB" },
  writtenGb: { label: "Data written a month", unit: "GB" },
  logsGb: { label: "Logs written a month", unit: "GB" },
  requests: { label: "Requests a month", unit: "requests" },
  reads: { label: "Read requests a month", unit: "requests" },
  writes: { label: "Write requests a month", unit: "requests" },
  metrics: { label: "Metrics", unit: "metrics" },
} as const satisfies Record<string, UsageKey>;

export type UsageName = keyof typeof usageKeys;

/** The person's figure for one key in one scenario; undefined when it was not given. */
export function usageOf(
  usage: Record<Scenario, Usage>,
  scenario: Scenario,
  owner: string | undefined,
  key: UsageName,
): number | undefined {
  if (owner === undefined) return undefined;
  return own(own(usage[scenario], owner) ?? {}, key) ?? own(own(usage.typical, owner) ?? {}, key);
}
