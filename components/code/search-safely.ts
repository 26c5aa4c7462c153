import { type Found, find, patternOf, type Query } from "./search";

const PATIENCE_MS = 1_500;

/**
 * Looks for a query. A regular expression runs in a worker with a time limit, because some take longer than the age of
 * the universe. `stop` gives up.
 */
export function search(text: string, query: Query): { found: Promise<Found | { problem: string }>; stop(): void } {
  const pattern = query.text === "" ? undefined : patternOf(query);
  if (!query.regex || !pattern || "problem" in pattern) {
    return { found: Promise.resolve(find(text, query)), stop: () => {} };
  }
  const worker = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
  const found = new Promise<Found | { problem: string }>((resolve) => {
    const timer = setTimeout(
      () => resolve({ problem: "This pattern takes too long on this file. Make it simpler." }),
      PATIENCE_MS,
    );
    worker.onmessage = ({ data }: MessageEvent<Found | { problem: string }>) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.onerror = () => {
      clearTimeout(timer);
      resolve({ problem: "The search could not run. Check the connection and try again." });
    };
    worker.postMessage({ text, query });
  }).finally(() => worker.terminate());
  return { found, stop: () => worker.terminate() };
}
