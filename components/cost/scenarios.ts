import type { Scenario } from "@/lib/document/document";

/** Scenarios as the screen calls them. */
export const scenarioLabels: Readonly<Record<Scenario, string>> = {
  low: "Low use",
  typical: "Typical use",
  high: "High use",
};
