export interface Share {
  weight: number;
  base: number;
}

/**
 * How ECS spreads tasks over the providers of a strategy: the bases first, the rest by weight. Whole tasks, and all of
 * them: what weights leave over goes to the largest remainders.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function shares(tasks: number, strategy: readonly Share[]): number[] {
  const { based, left, total } = basesOf(tasks, strategy);
  if (total === 0) return based.map((mine, at) => (at === 0 ? mine + left : mine));
  const exact = strategy.map(({ weight }) => (left * Math.max(0, weight)) / total);
  const whole = exact.map(Math.floor);
  let over = left - whole.reduce((sum, one) => sum + one, 0);
  const order = exact.map((_, at) => at).sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1) || a - b);
  for (const at of order) {
    if (over <= 0) break;
    whole[at] = (whole[at] ?? 0) + 1;
    over -= 1;
  }
  return based.map((mine, at) => mine + (whole[at] ?? 0));
}

/** The same of an average, which need not be whole: what weights share stays as it is. */
export function sharesOnAverage(tasks: number, strategy: readonly Share[]): number[] {
  const { based, left, total } = basesOf(tasks, strategy);
  if (total === 0) return based.map((mine, at) => (at === 0 ? mine + left : mine));
  return strategy.map(({ weight }, at) => (based[at] ?? 0) + (left * Math.max(0, weight)) / total);
}

/** What the bases take, what is left of the tasks, and the sum of the weights that share it. */
function basesOf(tasks: number, strategy: readonly Share[]): { based: number[]; left: number; total: number } {
  let left = Math.max(0, tasks);
  const based = strategy.map(({ base }) => {
    const mine = Math.min(left, Math.max(0, base));
    left -= mine;
    return mine;
  });
  return { based, left, total: strategy.reduce((sum, { weight }) => sum + Math.max(0, weight), 0) };
}

interface FargateShare extends Share {
  capacityProvider: "FARGATE" | "FARGATE_SPOT";
}

/** How many of `tasks` run on Fargate Spot. A strategy that says nothing runs all on demand. */
export const spotTasks = (tasks: number, strategy: readonly FargateShare[]): number =>
  onSpot(shares(tasks, strategy), strategy);

/** How many of an average of `tasks` run on Fargate Spot. */
export const spotOnAverage = (tasks: number, strategy: readonly FargateShare[]): number =>
  onSpot(sharesOnAverage(tasks, strategy), strategy);

const onSpot = (split: readonly number[], strategy: readonly FargateShare[]): number =>
  split.reduce((sum, mine, at) => sum + (strategy[at]?.capacityProvider === "FARGATE_SPOT" ? mine : 0), 0);
