import { type Cron, parseCron, type Reasoned, runsPerDay } from "./cron";
import type { Sourced } from "./docs";

/** The pages that define schedule expressions. */
export const scheduleSources: { readonly rule: Sourced; readonly schedule: Sourced } = {
  rule: {
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
    asOf: "2026-11",
  },
  schedule: { source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html", asOf: "2026-11" },
};

/** Where an expression stands: only EventBridge Scheduler takes one-time at(…) expressions. */
export type SchedulePlace = "rule" | "schedule";

export type Schedule =
  | { type: "rate"; minutes: number }
  | { type: "cron"; cron: Cron }
  /** Local time of the schedule's time zone, as written: yyyy-mm-ddThh:mm:ss. */
  | { type: "at"; at: string };

/** Hours of an average month, as AWS's own pricing pages count them. */
const HOURS_PER_MONTH = 730;

const unitMinutes = new Map([
  ["minute", 1],
  ["hour", 60],
  ["day", 1440],
]);

/** AWS's limit on the length of an expression. */
const MAX_LENGTH = 256;

/** A cron expression is held against 400 years; a design is read again after every edit. */
const parsed = new Map<string, Reasoned<Schedule>>();
const counted = new WeakMap<Schedule, number>();
const REMEMBERED = 1_000;

/**
 * Reads `rate(…)`, `cron(…)` or (on a schedule) `at(…)`. The reason of a refusal is a phrase that follows
 * "{rule} has", without a full stop.
 */
export function parseSchedule(expression: string, place: SchedulePlace): Reasoned<Schedule> {
  const key = `${place} ${expression}`;
  let known = parsed.get(key);
  if (!known) {
    known = read(expression, place);
    if (parsed.size >= REMEMBERED) parsed.clear();
    parsed.set(key, known);
  }
  return known;
}

function read(expression: string, place: SchedulePlace): Reasoned<Schedule> {
  if (expression.trim() === "") return no("no schedule expression");
  if (expression.length > MAX_LENGTH) return no(`a schedule expression longer than ${MAX_LENGTH} characters`);
  if (expression !== expression.trim()) return no("a schedule expression with blanks around it");
  const shape = /^([a-z]+)\(([^()]*)\)$/.exec(expression);
  if (!shape)
    return no(
      `the schedule expression "${expression}", which is neither rate(…) nor cron(…)${place === "schedule" ? " nor at(…)" : ""}`,
    );
  const [, word = "", inside = ""] = shape;
  if (inside !== inside.trim()) return no(`a schedule expression with blanks inside its brackets ("${expression}")`);
  if (word === "rate") return parseRate(inside);
  if (word === "cron") {
    const cron = parseCron(inside);
    return cron.ok ? { ok: true, value: { type: "cron", cron: cron.value } } : cron;
  }
  if (word === "at") {
    return place === "schedule"
      ? parseAt(inside)
      : no("a one-time at(…) expression, which only EventBridge Scheduler takes");
  }
  return no(`a schedule expression that starts with "${word}", which AWS does not know`);
}

/** A name of the IANA time zone database: Area/Location, or one of its short names. */
export const isTimeZone = (zone: string): boolean =>
  /^(UTC|GMT|[A-Z][A-Za-z0-9+-]*(\/[A-Za-z0-9_+-]+){1,2}|[A-Z]{3}([0-9][A-Z]{3})?|[A-Z][A-Za-z-]{3,})$/.test(zone);

const no = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

function parseRate(inside: string): Reasoned<Schedule> {
  const shape = /^(\S+) +(\S+)$/.exec(inside);
  if (!shape) return no(`the rate "rate(${inside})", which is not a number and a unit`);
  const [, valueText = "", unit = ""] = shape;
  const value = /^\d{1,9}$/.test(valueText) ? Number(valueText) : 0;
  if (value < 1) return no(`a rate of "${valueText}", which is not a whole number above zero`);
  const plural = unit.endsWith("s");
  const minutes = unitMinutes.get(plural ? unit.slice(0, -1) : unit);
  if (minutes === undefined) return no(`a rate in "${unit}", where AWS takes minutes, hours or days`);
  if (value === 1 && plural)
    return no(`the rate "rate(${inside})", where after 1 AWS wants the singular: rate(1 ${unit.slice(0, -1)})`);
  if (value > 1 && !plural)
    return no(`the rate "rate(${inside})", where AWS wants the plural: rate(${value} ${unit}s)`);
  return { ok: true, value: { type: "rate", minutes: value * minutes } };
}

function parseAt(inside: string): Reasoned<Schedule> {
  const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(inside);
  if (!shape) return no(`the time "at(${inside})", which is not written yyyy-mm-ddThh:mm:ss`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = shape.slice(1).map(Number);
  const lastDay = month >= 1 && month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0;
  const real = day >= 1 && day <= lastDay && hour <= 23 && minute <= 59 && second <= 59;
  return real ? { ok: true, value: { type: "at", at: inside } } : no(`the time "at(${inside})", which no calendar has`);
}

/**
 * Average number of runs in 730 hours. A rate is exact; a cron expression is computed from its fields over the whole
 * calendar, or over the years it names; `at(…)` runs once in total and counts as 1. Null when it cannot be read.
 */
export function occurrencesPerMonth(expression: string): number | null {
  const schedule = parseSchedule(expression, "schedule");
  return schedule.ok ? runsPerMonth(schedule.value) : null;
}

/** The same for an expression already read. */
export function runsPerMonth(schedule: Schedule): number {
  let runs = counted.get(schedule);
  if (runs === undefined) {
    runs = countRuns(schedule);
    counted.set(schedule, runs);
  }
  return runs;
}

function countRuns(schedule: Schedule): number {
  if (schedule.type === "rate") return (HOURS_PER_MONTH * 60) / schedule.minutes;
  if (schedule.type === "cron") return (runsPerDay(schedule.cron) * HOURS_PER_MONTH) / 24;
  return 1;
}
