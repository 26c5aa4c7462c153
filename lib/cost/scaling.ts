/** A service with Application Auto Scaling, which keeps the load of a task at its target. */
export interface Scaling {
  min: number;
  max: number;
}

/**
 * How many tasks run on average when scaling follows the traffic: as many as its maximum at the peak, in proportion at
 * other times, and never fewer than its minimum. Without a peak the traffic is taken to be even, which the maximum
 * would never be needed for: then it is the minimum. Not a whole number, because it is an average over the month.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export function tasksOnAverage({ min, max }: Scaling, average: number, peak: number): number {
  if (!(peak > 0) || !(average >= 0)) return min;
  return Math.min(Math.max(min, max), Math.max(min, max * Math.min(1, average / peak)));
}
