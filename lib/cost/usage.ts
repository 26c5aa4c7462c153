import { own } from "../core/json";
import type { Scenario, Usage } from "../document/document";
import { figure } from "./words";

/** What only the person knows about a node or an edge, asked in their words. Kept in the design's `usage`. */
export interface UsageKey {
  label: string;
  unit: string;
  /** Taken in the typical scenario, and shown as an assumption, until the person says otherwise. */
  assumed?: number;
  /** The low scenario assumes so many times less, the high one so many times more; 1 unless given. */
  spread?: number;
  /** A larger figure is a slip of the finger, and answered with a sentence. */
  most: number;
}

const COUNT = 1e13;
const GB = 1e10;

export const usageKeys = {
  requestsPerSecond: { label: "Requests on average", unit: "requests/s", assumed: 1, spread: 10, most: 1e7 },
  peakRequestsPerSecond: { label: "Requests at the peak", unit: "requests/s", most: 1e7 },
  requestKb: { label: "Payload of a request", unit: "KB", assumed: 1, most: 1e7 },
  responseKb: { label: "Payload of a response", unit: "KB", assumed: 10, most: 1e7 },
  requestsPerConnection: { label: "Requests over one connection", unit: "", assumed: 1, most: 1e6 },
  connectionSeconds: { label: "How long a connection lasts", unit: "s", assumed: 1, most: 1e6 },
  logKbPerRequest: { label: "Log volume of a request", unit: "KB", assumed: 1, most: 1e6 },
  crossZonePercent: { label: "Traffic that crosses zones", unit: "%", most: 100 },
  runsPerDay: { label: "Runs a day", unit: "runs", assumed: 10, spread: 10, most: 1e8 },
  runMinutes: { label: "Minutes per run", unit: "min", assumed: 5, most: 1e6 },
  runsPerMonth: { label: "Runs a month", unit: "runs", most: 1e9 },
  spotDiscount: { label: "Fargate Spot's discount", unit: "%", most: 100 },
  capacityUnits: { label: "Average load balancer capacity units", unit: "units", most: 1e6 },
  processedGb: { label: "Data processed a month", unit: "GB", most: GB },
  deployments: { label: "Deployments a month", unit: "deployments", assumed: 8, spread: 4, most: 1e6 },
  imageMb: { label: "Size of the image, compressed", unit: "MB", assumed: 250, most: 1e6 },
  transferGb: { label: "Data over this connection a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  natGb: { label: "All data through NAT gateways a month", unit: "GB", most: GB },
  endpointGb: { label: "All data through interface endpoints a month", unit: "GB", most: GB },
  internetGb: { label: "Data sent to the internet a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  internetInGb: { label: "Data received from the internet a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  storedGb: { label: "Data stored", unit: "GB", assumed: 10, spread: 10, most: GB },
  infrequentPercent: { label: "Files that are hardly read", unit: "%", assumed: 80, most: 100 },
  infrequentGb: { label: "Data read of these a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  readGb: { label: "Data read a month", unit: "GB", assumed: 10, spread: 10, most: GB },
  writtenGb: { label: "Data written a month", unit: "GB", assumed: 10, spread: 10, most: GB },
  logsGb: { label: "Logs written a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  messages: { label: "Messages a month", unit: "messages", assumed: 1_000_000, spread: 10, most: COUNT },
  messageSeconds: { label: "Time a task takes for a message", unit: "s", most: 1e6 },
  messageKb: { label: "Size of a message", unit: "KB", assumed: 1, most: 1e6 },
  requests: { label: "Requests a month", unit: "requests", assumed: 10_000, spread: 10, most: COUNT },
  reads: { label: "Read requests a month", unit: "requests", assumed: 100_000, spread: 10, most: COUNT },
  writes: { label: "Write requests a month", unit: "requests", assumed: 10_000, spread: 10, most: COUNT },
  deliveries: { label: "Deliveries a month", unit: "deliveries", assumed: 1_000_000, spread: 10, most: COUNT },
  payloadGb: { label: "Messages published a month", unit: "GB", assumed: 1, spread: 10, most: GB },
  metrics: { label: "Metrics", unit: "metrics", most: 1e9 },
} as const satisfies Record<string, UsageKey>;

export type UsageName = keyof typeof usageKeys;

export const isUsageName = (name: string): name is UsageName => Object.hasOwn(usageKeys, name);

/** The descriptor of a figure with its own type erased. */
export const usageKey = (name: UsageName): UsageKey => usageKeys[name];

/** What is assumed of a figure in one scenario; undefined where nothing sensible can be. */
export function assumedOf(name: UsageName, scenario: Scenario): number | undefined {
  const { assumed, spread = 1 } = usageKey(name);
  if (assumed === undefined) return undefined;
  return { low: assumed / spread, typical: assumed, high: assumed * spread }[scenario];
}

/** "10,000 requests". */
export const spoken = (name: UsageName, value: number): string => `${figure(value)} ${usageKey(name).unit}`.trimEnd();

const assumedWords = new Map<string, string>();

/** The default of a figure in words, "Data stored 10 GB"; made once, for every estimate says it many times. */
export function assumedInWords(name: UsageName, scenario: Scenario, value: number): string {
  const key = `${name} ${scenario}`;
  let words = assumedWords.get(key);
  if (words === undefined) {
    words = `${usageKey(name).label} ${spoken(name, value)}`;
    assumedWords.set(key, words);
  }
  return words;
}

export type Given = { value: number; typical: boolean } | { problem: string } | undefined;

/**
 * The person's figure for one key in one scenario; undefined when it was not given. The low and the high scenario say
 * only what differs: all else is as in the typical month, and `typical` says that the figure was taken from there. A
 * figure that cannot be is answered with a sentence.
 */
export function usageOf(
  usage: Record<Scenario, Usage>,
  scenario: Scenario,
  owner: string | undefined,
  key: UsageName,
): Given {
  if (owner === undefined) return undefined;
  const figure = (of: Scenario): number | undefined => own(own(usage[of], owner) ?? {}, key);
  const here = figure(scenario);
  const value = here ?? figure("typical");
  if (value === undefined) return undefined;
  const problem = problemOf(key, value);
  return problem === undefined ? { value, typical: here === undefined } : { problem };
}

/** Why a figure cannot be one of its key, in a sentence; undefined for a good one. */
export function problemOf(key: UsageName, value: number): string | undefined {
  const { label, most } = usageKey(key);
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    return `“${label}” is to be a number of zero or more. Correct it in the usage.`;
  if (value > most)
    return `“${label}” is ${spoken(key, value)}, more than can be: ${spoken(key, most)} at most. Correct it in the usage.`;
  return undefined;
}

/** A figure, and in words what of it nobody has confirmed. */
export interface Figure {
  value: number;
  assumed: readonly string[];
}

/** A figure, or the sentence that says why there is none. */
export type Known = Figure | { why: string };

export const isKnown = (figure: Known): figure is Figure => !("why" in figure);

/** What was assumed as one sentence, for the line that rests on it. */
export function assumption(assumed: readonly string[]): { assumption: string } | Record<string, never> {
  if (assumed.length === 0) return {};
  const said = assumed.length === 1 ? assumed[0] : [...new Set(assumed)].join(", ");
  return { assumption: `${said}, until the usage says otherwise.` };
}

/** One figure made of several; the first that is not known speaks for all. */
export function combine(figures: readonly Known[], value: (...values: number[]) => number): Known {
  const values: number[] = [];
  const lists: (readonly string[])[] = [];
  for (const figure of figures) {
    if (!isKnown(figure)) return figure;
    values.push(figure.value);
    if (figure.assumed.length > 0) lists.push(figure.assumed);
  }
  // Most figures rest on nothing, or on what one of them rests on: no list is copied then.
  return { value: value(...values), assumed: lists.length > 1 ? [...new Set(lists.flat())] : (lists[0] ?? []) };
}
