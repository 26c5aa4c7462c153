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
  natGb: { label: "Data through NAT gateways a month", unit: "GB" },
  endpointGb: { label: "Data through interface endpoints a month", unit: "GB" },
  internetGb: { label: "Data sent to the internet a month", unit: "GB" },
  storedGb: { label: "Data stored", unit: "GB" },
  readGb: { label: "Data read a month", unit: "GB" },
  writtenGb: { label: "Data written a month", unit: "GB" },
  logsGb: { label: "Logs written a month", unit: "GB" },
  requests: { label: "Requests a month", unit: "requests" },
  reads: { label: "Read requests a month", unit: "requests" },
  writes: { label: "Write requests a month", unit: "requests" },
  deliveries: { label: "Deliveries a month", unit: "deliveries" },
  payloadGb: { label: "Messages published a month", unit: "GB" },
  metrics: { label: "Metrics", unit: "metrics" },
} as const satisfies Record<string, UsageKey>;

export type UsageName = keyof typeof usageKeys;

/**
 * The person's figure for one key in one scenario; undefined when it was not given. The low and the high scenario say
 * only what differs: all else is as in the typical month, and `typical` says that the figure was taken from there.
 */
export function usageOf(
  usage: Record<Scenario, Usage>,
  scenario: Scenario,
  owner: string | undefined,
  key: UsageName,
): { value: number; typical: boolean } | undefined {
  if (owner === undefined) return undefined;
  const figure = (of: Scenario): number | undefined => own(own(usage[of], owner) ?? {}, key);
  const given = figure(scenario);
  if (given !== undefined) return { value: given, typical: false };
  const usual = figure("typical");
  return usual === undefined ? undefined : { value: usual, typical: true };
}
