import { type Properties, targetOf } from "../../../stack/value";
import { call, lit, make, obj, raw } from "../code";
import { str } from "../values";
import type { Builder } from "../writing";
import { writeOverrides } from "./overrides";
import { chainOf, part, stateOf } from "./rule";
import { duration, handleOf, isNumber, isText, only } from "./shared";
import { finish } from "./single";

const names = { ref: "scheduleName", attributes: { Arn: "scheduleArn" } };

/**
 * A schedule of EventBridge Scheduler. Its target is given as it is: the classes of aws-scheduler-targets would write
 * retries that nobody chose.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_scheduler.Schedule.html
 */
export const schedule: Builder = (writing, resource) => {
  const { FlexibleTimeWindow, ScheduleExpression, ScheduleExpressionTimezone, State, Target } = resource.properties;
  const keys = ["FlexibleTimeWindow", "ScheduleExpression", "ScheduleExpressionTimezone", "State", "Target"];
  const { Mode, MaximumWindowInMinutes, ...others } = (FlexibleTimeWindow ?? {}) as Properties;
  const { Arn, DeadLetterConfig, EcsParameters, RetryPolicy, RoleArn, SqsParameters, ...more } = (Target ??
    {}) as Properties;
  const role = targetOf(RoleArn);
  if (!only(resource, ...keys) || !isText(ScheduleExpression) || Arn === undefined) return undefined;
  if (!isText(ScheduleExpressionTimezone) || Object.keys(others).length + Object.keys(more).length > 0)
    return undefined;
  if (role === undefined || !writing.built(role) || !isSound(RetryPolicy as Properties | undefined)) return undefined;
  if (Mode !== "OFF" && !(Mode === "FLEXIBLE" && isNumber(MaximumWindowInMinutes) && MaximumWindowInMinutes <= 1440))
    return undefined;
  return {
    type: "scheduler.Schedule",
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      const state = stateOf(State);
      const target = obj({
        arn: str(writing, Arn),
        role: writing.handle(role)?.variable,
        ecsParameters: part(writing, EcsParameters),
        sqsParameters: part(writing, SqsParameters),
        deadLetterConfig: part(writing, DeadLetterConfig),
        retryPolicy: part(writing, RetryPolicy),
      });
      const zone = call(raw("TimeZone.of"), lit(ScheduleExpressionTimezone));
      const props = obj({
        schedule: call(raw("scheduler.ScheduleExpression.expression"), lit(ScheduleExpression), zone),
        timeWindow: isNumber(MaximumWindowInMinutes)
          ? call(raw("scheduler.TimeWindow.flexible"), duration(MaximumWindowInMinutes * 60))
          : undefined,
        enabled: state.enabled,
        target: obj({ bind: chainOf(target) }),
      });
      const expr = make("scheduler.Schedule", raw("this"), lit(resource.id), props);
      writing.program.declare(variable, expr, writing.place(resource));
      finish(writing, resource, variable);
      writeOverrides(writing, resource, variable, state.overrides);
    },
  };
};

/** Limits that the class holds retries to. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
function isSound(policy: Properties | undefined): boolean {
  const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: attempts } = policy ?? {};
  const fits = (value: unknown, least: number, most: number): boolean =>
    value === undefined || (typeof value === "number" && value >= least && value <= most);
  return fits(age, 60, 86_400) && fits(attempts, 0, 185);
}
