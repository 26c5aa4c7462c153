import { type Cost, nothingKnown } from "./cost";

/** One thing that is paid for, in two costs. */
export interface ComparedLine {
  node: string | null;
  edge: string | null;
  item: string;
  /** US dollars a month; 0 where the other side alone pays for it. */
  before: number;
  after: number;
  difference: number;
}

export interface ComparedEnd {
  total: number;
  region: string;
  /** How many things have no price. */
  unknown: number;
  /** False when nothing could be priced: then the total of 0 says nothing, nor does the difference. */
  priced: boolean;
}

export interface OneSided {
  side: "before" | "after";
  node: string | null;
  edge: string | null;
  item: string;
  why: string;
  /** US dollars a month on the other side. */
  known: number;
}

export interface Comparison {
  before: ComparedEnd;
  after: ComparedEnd;
  /** after − before of all that both sides could price, in US dollars a month: the sum over `lines`. */
  difference: number;
  /** What differs and has a price on both sides, the largest change first. */
  lines: ComparedLine[];
  /** What has no price on `side` alone, and what it comes to on the other: in both totals as it is, in no difference. */
  onlyUnknown: OneSided[];
}

const keyOf = ({ node, edge, item }: { node: string | null; edge: string | null; item: string }): string =>
  JSON.stringify([node, edge, item]);

/** Differences below this are what floating point makes of equal sums. */
const EQUAL = 1e-9;

/**
 * Two costs side by side, matched by node or edge and what is paid: two designs with the same ids, two Regions, two
 * environments or two scenarios of one design.
 */
export function compare(before: Cost, after: Cost): Comparison {
  const lines = new Map<string, ComparedLine>();
  const add = (cost: Cost, side: "before" | "after"): void => {
    for (const line of cost.lines) {
      const { node, edge, item, amount } = line;
      const known = lines.get(keyOf(line)) ?? { node, edge, item, before: 0, after: 0, difference: 0 };
      known[side] += amount;
      lines.set(keyOf(line), known);
    }
  };
  add(before, "before");
  add(after, "after");
  for (const line of lines.values()) line.difference = line.after - line.before;
  const unknownIn = (cost: Cost) => new Set(cost.unknown.map(keyOf));
  const [left, right] = [unknownIn(before), unknownIn(after)];
  const isOneSided = (key: string): boolean => left.has(key) !== right.has(key);
  const apart = new Set<ComparedLine>();
  const only = (cost: Cost, side: "before" | "after"): OneSided[] =>
    [...new Map(cost.unknown.map((line) => [keyOf(line), line])).values()]
      .filter((line) => isOneSided(keyOf(line)))
      .map(({ node, edge, item, why, stands = [] }) => {
        const counterparts = [...lines.values()].filter(
          (line) =>
            line.node === node &&
            line.edge === edge &&
            (line.item === item || stands.some((start) => line.item.startsWith(start))),
        );
        for (const line of counterparts) apart.add(line);
        const known = counterparts.reduce((sum, line) => sum + line[side === "before" ? "after" : "before"], 0);
        return { side, node, edge, item, why, known };
      });
  const onlyUnknown = [...only(before, "before"), ...only(after, "after")];
  const compared = [...lines.values()].filter((line) => !apart.has(line));
  const end = (cost: Cost): ComparedEnd => ({
    total: cost.total,
    region: cost.region,
    unknown: cost.unknown.length,
    priced: !nothingKnown(cost),
  });
  return {
    before: end(before),
    after: end(after),
    difference: compared.reduce((sum, { difference }) => sum + difference, 0),
    lines: compared
      .filter(({ difference }) => Math.abs(difference) > EQUAL)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    onlyUnknown,
  };
}
