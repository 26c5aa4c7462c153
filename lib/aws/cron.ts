/** Six-field cron expressions as EventBridge reads them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */

/** One way to name days of a month. Weekdays count from 1, Sunday, to 7, Saturday. */
type DayRule =
  | { is: "date"; day: number }
  | { is: "last-date" }
  | { is: "last-working-day" }
  | { is: "nearest-working-day"; day: number }
  | { is: "weekday"; weekday: number }
  | { is: "last-weekday"; weekday: number }
  | { is: "nth-weekday"; weekday: number; nth: number };

export interface Cron {
  minutes: readonly number[];
  hours: readonly number[];
  days: readonly DayRule[];
  months: readonly number[];
  /** Null: every year. */
  years: readonly number[] | null;
}

export type Reasoned<T> = { ok: true; value: T } | { ok: false; reason: string };

interface Field {
  name: string;
  min: number;
  max: number;
  names?: readonly string[];
  /** "22-2" runs over the end: true for what comes round again. */
  comesRound: boolean;
}

const MINUTES: Field = { name: "minutes", min: 0, max: 59, comesRound: true };
const HOURS: Field = { name: "hours", min: 0, max: 23, comesRound: true };
const DATES: Field = { name: "day-of-month", min: 1, max: 31, comesRound: true };
const MONTHS: Field = {
  name: "month",
  min: 1,
  max: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  comesRound: true,
};
const WEEKDAYS: Field = {
  name: "day-of-week",
  min: 1,
  max: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  comesRound: true,
};
const YEARS: Field = { name: "year", min: 1970, max: 2199, comesRound: false };

const no = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

/** Reads what stands between the brackets of `cron(…)`. A reason is a phrase that follows "has". */
export function parseCron(inside: string): Reasoned<Cron> {
  const texts = inside.split(" ").filter((text) => text !== "");
  if (texts.length !== 6) {
    const hint = texts.length === 5 ? "; the sixth is the year, * for every year" : "";
    return no(
      `a cron expression of ${texts.length} fields, where AWS wants six (minutes, hours, day-of-month, month, day-of-week, year)${hint}`,
    );
  }
  const [minuteText = "", hourText = "", dateText = "", monthText = "", weekdayText = "", yearText = ""] = texts;
  const minutes = parseValues(minuteText, MINUTES);
  if (!minutes.ok) return minutes;
  const hours = parseValues(hourText, HOURS);
  if (!hours.ok) return hours;
  const months = parseValues(monthText, MONTHS);
  if (!months.ok) return months;
  const years = parseValues(yearText, YEARS);
  if (!years.ok) return years;
  if (dateText === "?" && weekdayText === "?")
    return no("a cron expression with ? in both day fields, so it names no day");
  if (dateText !== "?" && weekdayText !== "?") {
    return no("a cron expression with both day-of-month and day-of-week set; one of them must be ?");
  }
  const days = weekdayText === "?" ? parseDates(dateText) : parseWeekdays(weekdayText);
  if (!days.ok) return days;
  const everyYear = years.value.length === YEARS.max - YEARS.min + 1;
  const cron: Cron = {
    minutes: minutes.value,
    hours: hours.value,
    days: days.value,
    months: months.value,
    years: everyYear ? null : years.value,
  };
  if (matchingDays(cron).matching === 0) return no("a cron expression for a date that never comes");
  return { ok: true, value: cron };
}

/** The numbers that one field names, ascending. Lists, ranges and increments; `*` is all. */
function parseValues(text: string, field: Field): Reasoned<readonly number[]> {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const values = parsePart(part, field);
    if (!values.ok) return values;
    for (const value of values.value) found.add(value);
  }
  return { ok: true, value: [...found].sort((a, b) => a - b) };
}

function parsePart(part: string, field: Field): Reasoned<readonly number[]> {
  const shape = /^(\*|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/([0-9]+))?$/.exec(part);
  if (!shape) return no(`"${part}" in the ${field.name} field of its cron expression, which AWS cannot read there`);
  const [, first = "", last, increment] = shape;
  if (increment !== undefined && field === WEEKDAYS) {
    return no(`an increment in the day-of-week field of its cron expression ("${part}"); name the days instead`);
  }
  const step = increment === undefined ? 1 : Number(increment);
  if (step < 1 || step > field.max - field.min + 1) {
    return no(
      `the increment ${increment} in the ${field.name} field of its cron expression, which is outside 1–${field.max - field.min + 1}`,
    );
  }
  if (first === "*") {
    if (last !== undefined)
      return no(`"${part}" in the ${field.name} field of its cron expression; * is already every value`);
    return { ok: true, value: count(field.min, field.max, step, field) };
  }
  const from = parseNumber(first, field);
  if (!from.ok) return from;
  if (last === undefined) {
    const to = increment === undefined ? from.value : field.max;
    return { ok: true, value: count(from.value, to, step, field) };
  }
  const to = parseNumber(last, field);
  if (!to.ok) return to;
  if (to.value < from.value && !field.comesRound) {
    return no(`a range that runs backwards in the ${field.name} field of its cron expression ("${part}")`);
  }
  return { ok: true, value: count(from.value, to.value, step, field) };
}

function parseNumber(text: string, field: Field): Reasoned<number> {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return { ok: true, value: named + field.min };
  const value = /^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.min && value <= field.max) return { ok: true, value };
  const names = field.names ? ` or ${field.names[0]}–${field.names[field.names.length - 1]}` : "";
  return no(
    `"${text}" in the ${field.name} field of its cron expression, where AWS takes ${field.min}–${field.max}${names}`,
  );
}

/** From `from` to `to` in steps, over the end of the field where the range runs backwards. */
function count(from: number, to: number, step: number, field: Field): readonly number[] {
  const span = field.max - field.min + 1;
  const end = to < from ? to + span : to;
  const values: number[] = [];
  for (let value = from; value <= end; value += step) values.push(value > field.max ? value - span : value);
  return values;
}

function parseDates(text: string): Reasoned<readonly DayRule[]> {
  const rules: DayRule[] = [];
  for (const part of text.split(",")) {
    const working = /^([0-9]{1,2})W$/i.exec(part);
    if (/^L$/i.test(part)) rules.push({ is: "last-date" });
    else if (/^LW$/i.test(part)) rules.push({ is: "last-working-day" });
    else if (working) {
      const day = parseNumber(working[1] ?? "", DATES);
      if (!day.ok) return day;
      rules.push({ is: "nearest-working-day", day: day.value });
    } else {
      const values = parsePart(part, DATES);
      if (!values.ok) return values;
      rules.push(...values.value.map((day): DayRule => ({ is: "date", day })));
    }
  }
  return { ok: true, value: rules };
}

function parseWeekdays(text: string): Reasoned<readonly DayRule[]> {
  const rules: DayRule[] = [];
  for (const part of text.split(",")) {
    const nth = /^([A-Za-z]{3}|[0-9])#([0-9])$/.exec(part);
    const last = /^([A-Za-z]{3}|[0-9])L$/i.exec(part);
    if (nth) {
      if (text !== part)
        return no("more than one entry beside # in the day-of-week field of its cron expression; # must stand alone");
      const weekday = parseNumber(nth[1] ?? "", WEEKDAYS);
      if (!weekday.ok) return weekday;
      const which = Number(nth[2]);
      if (which < 1 || which > 5)
        return no(
          `"${part}" in the day-of-week field of its cron expression; a month has at most five of each weekday`,
        );
      rules.push({ is: "nth-weekday", weekday: weekday.value, nth: which });
    } else if (/^L$/i.test(part)) rules.push({ is: "weekday", weekday: WEEKDAYS.max });
    else if (last) {
      const weekday = parseNumber(last[1] ?? "", WEEKDAYS);
      if (!weekday.ok) return weekday;
      rules.push({ is: "last-weekday", weekday: weekday.value });
    } else {
      const values = parsePart(part, WEEKDAYS);
      if (!values.ok) return values;
      rules.push(...values.value.map((weekday): DayRule => ({ is: "weekday", weekday })));
    }
  }
  return { ok: true, value: rules };
}

/** A month as far as days go: which month, how long, the weekday of its first day, and how often it occurs. */
interface MonthShape {
  month: number;
  length: number;
  /** 1 is Sunday. */
  first: number;
  times: number;
}

/** Months of some years, equal ones counted together. */
function monthShapes(years: Iterable<number>): readonly MonthShape[] {
  const shapes = new Map<number, MonthShape>();
  for (const year of years) {
    for (let month = 1; month <= 12; month += 1) {
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1;
      const key = (month * 32 + length) * 8 + first;
      const known = shapes.get(key);
      if (known) known.times += 1;
      else shapes.set(key, { month, length, first, times: 1 });
    }
  }
  return [...shapes.values()];
}

let everyYear: readonly MonthShape[] | undefined;

/** The calendar repeats exactly every 400 years (146,097 days, a whole number of weeks). */
function shapesOf(years: Cron["years"]): readonly MonthShape[] {
  if (years) return monthShapes(years);
  everyYear ??= monthShapes(Array.from({ length: 400 }, (_, index) => 2000 + index));
  return everyYear;
}

/** How many days the expression matches, of how many. */
function matchingDays(cron: Cron): { matching: number; days: number } {
  let matching = 0;
  let days = 0;
  for (const shape of shapesOf(cron.years)) {
    days += shape.length * shape.times;
    if (!cron.months.includes(shape.month)) continue;
    const matched = new Set<number>();
    for (const rule of cron.days) for (const day of daysOf(rule, shape)) matched.add(day);
    matching += matched.size * shape.times;
  }
  return { matching, days };
}

/** 1 (Sunday) to 7 of a day of the month. */
const weekdayOf = (day: number, shape: MonthShape): number => ((shape.first - 1 + day - 1) % 7) + 1;
const firstOf = (weekday: number, shape: MonthShape): number => 1 + ((weekday - shape.first + 7) % 7);

/** The working day (Monday to Friday) nearest to a day, never in another month. */
function workingDayNear(day: number, shape: MonthShape): number {
  const weekday = weekdayOf(day, shape);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < shape.length ? day + 1 : day - 2;
  return day;
}

function daysOf(rule: DayRule, shape: MonthShape): readonly number[] {
  const inMonth = (day: number): readonly number[] => (day <= shape.length ? [day] : []);
  switch (rule.is) {
    case "date":
      return inMonth(rule.day);
    case "last-date":
      return [shape.length];
    case "last-working-day":
      return [workingDayNear(shape.length, shape)];
    case "nearest-working-day":
      return inMonth(rule.day).map((day) => workingDayNear(day, shape));
    case "nth-weekday":
      return inMonth(firstOf(rule.weekday, shape) + 7 * (rule.nth - 1));
    case "last-weekday": {
      const first = firstOf(rule.weekday, shape);
      return [first + 7 * Math.floor((shape.length - first) / 7)];
    }
    case "weekday": {
      const first = firstOf(rule.weekday, shape);
      return Array.from({ length: Math.floor((shape.length - first) / 7) + 1 }, (_, week) => first + 7 * week);
    }
  }
}

/** Average runs a day: over the years named, or over the whole calendar when every year is. */
export function runsPerDay(cron: Cron): number {
  const { matching, days } = matchingDays(cron);
  return (cron.minutes.length * cron.hours.length * matching) / days;
}

/** Minutes since the year began at which the expression fires in it, in order; none in a year that it does not name. */
export function firesIn(cron: Cron, year: number): number[] {
  if (cron.years && !cron.years.includes(year)) return [];
  const at: number[] = [];
  let before = 0;
  for (let month = 1; month <= 12; month += 1) {
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1;
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const shape: MonthShape = { month, first, length, times: 1 };
    if (cron.months.includes(month)) {
      const days = new Set(cron.days.flatMap((rule) => daysOf(rule, shape)));
      for (const day of days)
        for (const hour of cron.hours)
          for (const minute of cron.minutes) at.push(((before + day - 1) * 24 + hour) * 60 + minute);
    }
    before += length;
  }
  return at.sort((a, b) => a - b);
}
