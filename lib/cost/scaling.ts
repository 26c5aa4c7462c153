import { firesIn } from "../aws/cron";
import { parseSchedule } from "../aws/schedule-expressions";
import type { AutoScaling } from "../catalog/fields/auto-scaling";

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

/**
 * How many tasks run on average when scaling keeps the requests of each at a target: no peak is needed to know them.
 * `perMinute` is the target value of ALBRequestCountPerTarget, whose data points are sums of one minute.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function tasksForRequests({ min, max }: Scaling, requestsPerSecond: number, perMinute: number): number {
  if (!(perMinute > 0) || !(requestsPerSecond >= 0)) return min;
  return Math.min(Math.max(min, max), Math.max(min, (requestsPerSecond * 60) / perMinute));
}

/** A part of the time, from 0 to 1, in which minimum and maximum are the same. */
export interface Phase extends Scaling {
  part: number;
  /** How many tasks run in it when nothing else changes their number: as many as before, if these may be. */
  held: number;
}

/** Any year of 365 days will do: hours of a month are counted alike in all. */
const YEAR = 2027;
const MINUTES = 365 * 24 * 60;

/** Beyond so many changes a year nobody means a timetable. */
const MOST_CHANGES = 20_000;

const timetables = new WeakMap<AutoScaling, readonly Phase[] | null>();

/**
 * Minimum and maximum over a year, as scheduled actions by cron change them: parts of the time that are alike are one.
 * A single phase where nothing is scheduled; null where the hours do not follow from the expressions, as of at(…) and
 * rate(…). Where all are in one time zone its clock is enough; the days on which clocks change are left out.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export function phasesOf(scaling: AutoScaling): readonly Phase[] | null {
  let known = timetables.get(scaling);
  if (known === undefined) {
    known = readPhases(scaling);
    timetables.set(scaling, known);
  }
  return known;
}

const DAY = 24 * 60;

/** Minutes of the year in UTC for those that clocks of a time zone show; undefined for a zone that nobody knows. */
function clockOf(timeZone: string): ((at: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  const ahead = new Map<number, number>();
  return (at) => {
    const day = Math.floor(at / DAY);
    let minutes = ahead.get(day);
    if (minutes === undefined) {
      minutes = minutesAhead(format, Date.UTC(YEAR, 0, 1 + day, 12));
      ahead.set(day, minutes);
    }
    return (at - minutes + MINUTES) % MINUTES;
  };
}

/** "GMT+05:30" is 330, "GMT" is 0. */
function minutesAhead(format: Intl.DateTimeFormat, time: number): number {
  const text = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const heldIn = (tasks: number, min: number, max: number): number => Math.min(Math.max(min, max), Math.max(min, tasks));

function readPhases({ minCapacity, maxCapacity, scheduledActions }: AutoScaling): readonly Phase[] | null {
  // A service is created with one task. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
  const whole = { min: minCapacity, max: maxCapacity, held: heldIn(1, minCapacity, maxCapacity) };
  const changes: { at: number; min: number | undefined; max: number | undefined }[] = [];
  const clocks = [...new Set(scheduledActions.map(({ timezone }) => timezone))];
  for (const action of scheduledActions) {
    const { schedule, minCapacity: min, maxCapacity: max } = action;
    const read = parseSchedule(schedule, "schedule");
    if (!read.ok || read.value.type !== "cron" || read.value.cron.years) return null;
    const { cron } = read.value;
    if (cron.minutes.length * cron.hours.length * 365 + changes.length > MOST_CHANGES) return null;
    const utc = clocks.length > 1 ? clockOf(action.timezone) : (at: number) => at;
    if (!utc) return null;
    for (const at of firesIn(cron, YEAR)) changes.push({ at: utc(at), min, max });
  }
  if (changes.length === 0) return [{ ...whole, part: 1 }];
  changes.sort((a, b) => a.at - b.at);
  // What the last change of the year leaves is how the next one begins.
  let now = whole;
  const change = (to: (typeof changes)[number]): void => {
    const [min, max] = [to.min ?? now.min, to.max ?? now.max];
    now = { min, max, held: heldIn(now.held, min, max) };
  };
  changes.forEach(change);
  const phases = new Map<string, Phase>();
  let since = 0;
  const pass = (until: number): void => {
    const key = `${now.min} ${now.max} ${now.held}`;
    const phase = phases.get(key);
    if (phase) phase.part += (until - since) / MINUTES;
    else if (until > since) phases.set(key, { ...now, part: (until - since) / MINUTES });
    since = until;
  };
  for (const next of changes) {
    pass(next.at);
    change(next);
  }
  pass(MINUTES);
  return [...phases.values()];
}
