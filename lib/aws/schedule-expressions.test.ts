import { describe, expect, it } from "vitest";
import { occurrencesPerMonth, parseSchedule, type SchedulePlace } from "./schedule-expressions";

const reasonOf = (expression: string, place: SchedulePlace = "rule"): string => {
  const parsed = parseSchedule(expression, place);
  return parsed.ok ? "" : parsed.reason;
};

/** Days in 400 years of the Gregorian calendar, and in an average month of 730 hours. */
const CYCLE = 146_097;
const MONTH = 730 / 24;

describe("rates", () => {
  it.each([
    ["rate(1 minute)", 43_800],
    ["rate(5 minutes)", 8760],
    ["rate(1 hour)", 730],
    ["rate(12 hours)", 60 + 10 / 12],
    ["rate(1 day)", MONTH],
    ["rate(7 days)", MONTH / 7],
  ])("%s runs %d times in 730 hours", (expression, runs) => {
    expect(reasonOf(expression)).toBe("");
    expect(occurrencesPerMonth(expression)).toBeCloseTo(runs, 9);
  });

  // Each of these was seen to be refused by EventBridge.
  it.each([
    "rate(10 seconds)",
    "rate(10 years)",
    "rate(1 minutes)",
    "rate(1 hours)",
    "rate(1 days)",
    "rate(10 minute)",
    "rate(10 hour)",
    "rate(10 day)",
    "rate()",
    "rate(10)",
    "rate(10 minutess)",
    "rate(foo minutes)",
    "rate(0 minutes)",
    "rate(-10 minutes)",
    "rate(10 MINUTES)",
    "rate( 10 minutes )",
    " rate(10 minutes)",
  ])("refuses %s", (expression) => {
    expect(reasonOf(expression)).not.toBe("");
    expect(reasonOf(expression, "schedule")).not.toBe("");
    expect(occurrencesPerMonth(expression)).toBeNull();
  });

  it("says how to write it", () => {
    expect(reasonOf("rate(1 minutes)")).toBe(
      'the rate "rate(1 minutes)", where after 1 AWS wants the singular: rate(1 minute)',
    );
    expect(reasonOf("rate(5 hour)")).toBe('the rate "rate(5 hour)", where AWS wants the plural: rate(5 hours)');
  });
});

describe("cron expressions", () => {
  // The examples of AWS's page, with the runs that their descriptions mean.
  it.each([
    ["cron(0 10 * * ? *)", MONTH],
    ["cron(15 12 * * ? *)", MONTH],
    ["cron(0 18 ? * MON-FRI *)", (MONTH * 5) / 7],
    ["cron(0 8 1 * ? *)", (MONTH * 4800) / CYCLE],
    ["cron(0/15 * * * ? *)", MONTH * 96],
    ["cron(0/10 * ? * MON-FRI *)", (MONTH * 144 * 5) / 7],
    ["cron(0/5 8-17 ? * MON-FRI *)", (MONTH * 120 * 5) / 7],
    ["cron(0/30 20-23 ? * MON-FRI *)", (MONTH * 8 * 5) / 7],
    ["cron(0 3 * * ? *)", MONTH],
    ["cron(15 10 ? * 6L 2019-2022)", (MONTH * 48) / 1461],
  ])("%s", (expression, runs) => {
    expect(reasonOf(expression)).toBe("");
    expect(occurrencesPerMonth(expression)).toBeCloseTo(runs, 9);
  });

  it.each([
    // 97 leap years in 400.
    ["cron(0 0 29 2 ? *)", (MONTH * 97) / CYCLE],
    // Seven months of 31 days.
    ["cron(0 0 31 * ? *)", (MONTH * 2800) / CYCLE],
    ["cron(0 0 L * ? *)", (MONTH * 4800) / CYCLE],
    ["cron(0 0 LW * ? *)", (MONTH * 4800) / CYCLE],
    ["cron(0 0 15W * ? *)", (MONTH * 4800) / CYCLE],
    ["cron(0 0 ? * 3#2 *)", (MONTH * 4800) / CYCLE],
    // 20,871 Mondays in 400 years, four of them in each of the 4,800 months: 1,671 fifth ones.
    ["cron(0 0 ? * 2#5 *)", (MONTH * 1671) / CYCLE],
    // A list that names a day twice runs once on it.
    ["cron(0 0 1,1 * ? *)", (MONTH * 4800) / CYCLE],
    // 2027 starts on a Friday and has 365 days: 53 Fridays.
    ["cron(0 0 ? * FRI 2027)", (MONTH * 53) / 365],
    // L in day-of-week is Saturday.
    ["cron(0 0 ? * L *)", MONTH / 7],
    ["cron(0 12 1 JAN,JUL ? *)", (MONTH * 800) / CYCLE],
    ["cron(0 0 1 */3 ? *)", (MONTH * 1600) / CYCLE],
    ["cron(0 0-20/5 * * ? *)", MONTH * 5],
    // Ten at night to two in the morning are five hours.
    ["cron(0 22-2 * * ? *)", MONTH * 5],
    ["cron(0 0 ? * FRI-MON *)", (MONTH * 4) / 7],
    ["cron(0 0 ? * mon *)", MONTH / 7],
    ["cron(* * * * ? 1970-2199)", 43_800],
  ])("%s", (expression, runs) => {
    expect(reasonOf(expression)).toBe("");
    expect(occurrencesPerMonth(expression)).toBeCloseTo(runs, 9);
  });

  it("puts the nearest working day inside the month", () => {
    // 1 August 2026 is a Saturday, so 1W is Monday the 3rd: the same single run.
    expect(occurrencesPerMonth("cron(0 0 1W 8 ? 2026)")).toBeCloseTo(MONTH / 365, 9);
    // 31 May 2026 is a Sunday: 31W is Friday the 29th, the day that 29 names too.
    expect(occurrencesPerMonth("cron(0 0 29,31W 5 ? 2026)")).toBeCloseTo(MONTH / 365, 9);
    expect(occurrencesPerMonth("cron(0 0 29,LW 5 ? 2026)")).toBeCloseTo(MONTH / 365, 9);
  });

  it.each([
    ["cron(0 3 * * *)", "5 fields"],
    ["cron(0 3 * * ?)", "the sixth is the year"],
    ["cron(0 3 * * ? * *)", "7 fields"],
    ["cron()", "0 fields"],
    ["cron(0 3 * * MON *)", "both day-of-month and day-of-week"],
    ["cron(0 3 * * * *)", "both day-of-month and day-of-week"],
    ["cron(0 3 ? * ? *)", "? in both day fields"],
    ["cron(60 3 * * ? *)", '"60" in the minutes field'],
    ["cron(0 24 * * ? *)", '"24" in the hours field'],
    ["cron(0 3 0 * ? *)", '"0" in the day-of-month field'],
    ["cron(0 3 32 * ? *)", '"32" in the day-of-month field'],
    ["cron(0 3 * 13 ? *)", '"13" in the month field'],
    ["cron(0 3 ? * 0 *)", '"0" in the day-of-week field'],
    ["cron(0 3 ? * 8 *)", '"8" in the day-of-week field'],
    ["cron(0 3 ? * 2/2 *)", "an increment in the day-of-week field"],
    ["cron(0 3 ? * 3#1,6#3 *)", "# must stand alone"],
    ["cron(0 3 ? * 3#6 *)", "at most five"],
    ["cron(0 3 * * ? 1969)", '"1969" in the year field'],
    ["cron(0 3 * * ? 2030-2027)", "runs backwards"],
    ["cron(0/0 3 * * ? *)", "the increment 0"],
    ["cron(0/61 3 * * ? *)", "the increment 61"],
    ["cron(? 3 * * ? *)", '"?" in the minutes field'],
    ["cron(0,,5 3 * * ? *)", '"" in the minutes field'],
    ["cron(0 3 31 2 ? *)", "a date that never comes"],
    ["cron(0 3 29 2 ? 2027)", "a date that never comes"],
    ["cron(0\n3 * * ? *)", "5 fields"],
  ])("refuses %s because of %s", (expression, because) => {
    expect(reasonOf(expression)).toContain(because);
    expect(occurrencesPerMonth(expression)).toBeNull();
  });
});

describe("one-time expressions", () => {
  it("belong to schedules and run once", () => {
    expect(reasonOf("at(2027-02-28T23:59:59)", "schedule")).toBe("");
    expect(occurrencesPerMonth("at(2027-02-28T23:59:59)")).toBe(1);
    expect(reasonOf("at(2027-02-28T23:59:59)", "rule")).toContain("only EventBridge Scheduler");
  });

  it.each([
    "at(2027-02-29T00:00:00)",
    "at(2027-13-01T00:00:00)",
    "at(2027-01-01T24:00:00)",
    "at(2027-01-01)",
    "at(2027-01-01T00:00:00Z)",
  ])("refuses %s", (expression) => {
    expect(reasonOf(expression, "schedule")).toContain("the time");
  });
});

describe("what is no expression", () => {
  it.each([
    "",
    "   ",
    "every day",
    "0 3 * * ? *",
    "cron(0 3 * * ? *",
    "CRON(0 3 * * ? *)",
    "rate(5 minutes) ",
    "rate(5 (minutes))",
    "daily(1)",
    "x".repeat(5_000_000),
  ])("is refused in words, never thrown on", (expression) => {
    expect(reasonOf(expression, "schedule")).not.toBe("");
    expect(occurrencesPerMonth(expression)).toBeNull();
  });

  it("never puts a long text into a reason", () => {
    expect(reasonOf("x".repeat(300)).length).toBeLessThan(100);
  });
});
