import type { Scenario } from "../document/document";
import type { Packing } from "./packing";
import type { UsageName } from "./usage";

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
  /** The last date that the source names, yyyy-mm-dd; null for a rate that the person gave. */
  priceDate?: string | null;
  /** How the quantity came about: "730 h × 2 tasks × 0.5 vCPU". */
  quantityNote: string;
  /** Assumption the person has not confirmed, shown beside the line. */
  assumption?: string;
  /** Row of the price list, "ec2:m5.large" for instances; absent for a rate that the person gave or made less. */
  sku?: string;
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
  /** How the items begin that it stands for, where several charges are not known for one reason. */
  stands?: readonly string[];
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

/** What AWS bills nothing for, and the page that says so. */
export interface FreeResource {
  node: string | null;
  edge: string | null;
  resource: string;
  /** CloudFormation type, or the relation of an edge. */
  type: string;
  why: string;
  docs: string;
}

/** A cost with all that a person may want to see beside it. */
export interface Estimate extends Cost {
  free: FreeResource[];
  /** How tasks fit on the instances of each EC2 capacity. */
  packings: Packing[];
  /** Figures that change the cost of a node or an edge, by its id. */
  questions: Readonly<Record<string, readonly UsageName[]>>;
  /** What is taken for a figure that was not given, where it follows from the rest of the design: by "ID FIGURE". */
  derived: ReadonlyMap<string, number>;
}

/** True when there is something to pay and no price for any of it: then the total of 0 says nothing. */
export const nothingKnown = (cost: Cost): boolean => cost.lines.length === 0 && cost.unknown.length > 0;

type Owned = { node: string | null; edge: string | null };

/** Sums of the lines by node and by edge; together they are the total. */
export function totalsBy(cost: Cost): { nodes: Map<string, number>; edges: Map<string, number> } {
  const nodes = new Map<string, number>();
  const edges = new Map<string, number>();
  for (const { node, edge, amount } of cost.lines) {
    if (node !== null) nodes.set(node, (nodes.get(node) ?? 0) + amount);
    else if (edge !== null) edges.set(edge, (edges.get(edge) ?? 0) + amount);
  }
  return { nodes, edges };
}

/** True for what a node or an edge pays. */
export const paidBy =
  (id: string) =>
  ({ node, edge }: Owned): boolean =>
    node === id || edge === id;
