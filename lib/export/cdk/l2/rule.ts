import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, make, method, obj, raw } from "../code";
import { json, l1Properties, str } from "../values";
import { type Builder, originOf, type Writing } from "../writing";
import { type Override, writeOverrides } from "./overrides";
import { handleOf, isText, only } from "./shared";
import { finish } from "./single";

const names = { ref: "ruleName", attributes: { Arn: "ruleArn" } };

/**
 * A rule of EventBridge. Its targets are given as they are: the classes of aws-events-targets would write permissions
 * that the stack has already, and wider ones.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events.Rule.html
 */
export const rule: Builder = (writing, resource) => {
  const { EventBusName, EventPattern, ScheduleExpression, State, Targets } = resource.properties;
  const pattern = EventPattern === undefined ? undefined : patternIn(EventPattern);
  const schedule = isText(ScheduleExpression) ? ScheduleExpression : undefined;
  const targets = targetsIn(writing, Targets);
  if (!only(resource, "EventBusName", "EventPattern", "ScheduleExpression", "State", "Targets") || !targets)
    return undefined;
  if ((EventPattern !== undefined && !pattern) || (ScheduleExpression !== undefined && schedule === undefined))
    return undefined;
  if (!pattern && schedule === undefined) return undefined;
  // The class keeps schedules to the default bus.
  if (EventBusName !== undefined && (schedule !== undefined || !isText(EventBusName) || EventBusName.includes("/")))
    return undefined;
  return {
    type: "events.Rule",
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      const state = stateOf(State);
      const bus = isText(EventBusName)
        ? call(raw("events.EventBus.fromEventBusName"), raw("this"), lit(`${resource.id}Bus`), lit(EventBusName))
        : undefined;
      const props = obj({
        eventBus: bus,
        eventPattern: pattern && patternOf(writing, pattern),
        schedule: schedule === undefined ? undefined : call(raw("events.Schedule.expression"), lit(schedule)),
        enabled: state.enabled,
      });
      writing.program.declare(
        variable,
        make("events.Rule", raw("this"), lit(resource.id), props),
        writing.place(resource),
      );
      targets.forEach((target, at) => {
        const from = originOf(resource, `/properties/Targets/${at}`);
        const bound = obj({ bind: chainOf(target(writing)) });
        writing.program.run(method(variable, "addTarget", bound), { ...writing.place(resource), from });
      });
      finish(writing, resource, variable);
      writeOverrides(writing, resource, variable, state.overrides);
    },
  };
};

/** `() => ({ … })`. */
export const chainOf = (value: Expr): Expr => ({ is: "chain", parts: [raw("() => ("), value, raw(")")] });

/** On, off, or what a parameter says. */
export function stateOf(State: Value | undefined): { enabled: Expr | undefined; overrides: Override[] } {
  if (State === "ENABLED" || State === undefined) return { enabled: undefined, overrides: [] };
  if (State === "DISABLED") return { enabled: lit(false), overrides: [] };
  const because = "The class knows on and off, not a parameter.";
  return { enabled: undefined, overrides: [{ path: "State", value: State, because }] };
}

/** Keys of a pattern as the class spells them. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events.EventPattern.html */
const keys: Readonly<Record<string, string>> = {
  account: "account",
  detail: "detail",
  "detail-type": "detailType",
  id: "id",
  region: "region",
  resources: "resources",
  source: "source",
  time: "time",
  version: "version",
};

/** A pattern of lists of texts and a detail; undefined for one that the class has no words for ($or). */
function patternIn(value: Value): Properties | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Intrinsic)
    return undefined;
  const entries = Object.entries(value);
  const usual = entries.every(([key, one]) =>
    key === "detail"
      ? typeof one === "object" && one !== null && !Array.isArray(one) && !(one instanceof Intrinsic)
      : Object.hasOwn(keys, key) &&
        Array.isArray(one) &&
        one.length > 0 &&
        one.every((item) => isText(item) || item instanceof Intrinsic),
  );
  return usual && entries.length > 0 ? value : undefined;
}

const patternOf = (writing: Writing, pattern: Properties): Expr =>
  obj(Object.fromEntries(Object.entries(pattern).map(([key, one]) => [keys[key] as string, json(writing, one)])));

/** The targets of a rule as the class takes them; undefined where it cannot take one. */
function targetsIn(writing: Writing, value: Value | undefined): ((writing: Writing) => Expr)[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const made = (value as Properties[]).map((one, at) => targetIn(writing, one, at));
  return made.includes(undefined) ? undefined : (made as ((writing: Writing) => Expr)[]);
}

function targetIn(writing: Writing, target: Properties, at: number): ((writing: Writing) => Expr) | undefined {
  const { Arn, DeadLetterConfig, EcsParameters, Id, RetryPolicy, RoleArn, SqsParameters, ...more } = target;
  const role = RoleArn === undefined ? undefined : targetOf(RoleArn);
  if (Object.keys(more).length > 0 || Id !== `Target${at}` || Arn === undefined) return undefined;
  if (RoleArn !== undefined && (role === undefined || !writing.built(role))) return undefined;
  return () =>
    obj({
      arn: str(writing, Arn),
      role: role === undefined ? undefined : writing.handle(role)?.variable,
      ecsParameters: part(writing, EcsParameters),
      sqsParameters: part(writing, SqsParameters),
      deadLetterConfig: part(writing, DeadLetterConfig),
      retryPolicy: part(writing, RetryPolicy),
    });
}

/** A part of a target in the words of level one. */
export const part = (writing: Writing, value: Value | undefined): Expr | undefined =>
  value === undefined ? undefined : l1Properties(writing, value as Properties);
