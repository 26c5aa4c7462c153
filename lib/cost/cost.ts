import type { Scenario } from "../document/document";

/** One priced line: quantity × rate = amount, unrounded. */
export interface CostLine {
  /** The node or the edge that pays; exactly one of the two. */
  node: string | null;
  edge: string | null;
  /** Logical id. */
  resource: string;
  /** What is paid for: "Fargate vCPU hours". */
  item: string;
  unit: string;
  quantity: number;
  /** USD per unit. */
  rate: number;
  amount: number;
  /** Price source with its date. */
  source: string;
  /** How the quantity came about: "730 h × 2 tasks × 0.5 vCPU". */
  quantityNote: string;
  /** Assumption the person has not confirmed, shown beside the line. */
  assumption?: string;
}

/** What cannot be priced, and why. Outside the total. */
export interface UnknownCost {
  node: string | null;
  edge: string | null;
  resource: string;
  item: string;
  unit: string;
  quantity: number;
  why: string;
}

export interface Cost {
  currency: "USD";
  region: string;
  scenario: Scenario;
  environment: string | null;
  /** Sum of the lines. */
  total: number;
  unknown: UnknownCost[];
  lines: CostLine[];
}
