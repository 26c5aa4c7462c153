import { occurrencesPerMonth } from "../../aws/schedule-expressions";
import { isKind } from "../../model/build";
import { Intrinsic, type Properties, type Value } from "../../stack/value";
import { customEvents, schedulerInvocations } from "../formulas/events";
import { billedMinutes } from "../formulas/fargate";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { assumption, combine, isKnown, type Known } from "../usage";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, definitionOf, systemOf, type TaskHours } from "./fargate";
import { type Share, spotTasks } from "./strategy";

const EVENTS_PRICING = "https://aws.amazon.com/eventbridge/pricing/";
const DAYS_PER_MONTH = hoursPerMonth / 24;

/** Runs a month of what a schedule starts, or of what fires on events, whose number only the person knows. */
function runs(ledger: Ledger, expression: Value | undefined): Known {
  if (typeof expression !== "string" || expression === "")
    return ledger.givenHere("runsPerMonth") ?? combine([ledger.figure("runsPerDay")], (day) => day * DAYS_PER_MONTH);
  const counted = occurrencesPerMonth(expression);
  return counted === null ? { why: "The schedule's expression cannot be read." } : { value: counted, assumed: [] };
}

const spokenRuns = (often: number): string => `${Number(often.toFixed(2))} runs in ${hoursPerMonth} h`;

function chargeRuns(ledger: Ledger, parameters: Properties, taskDefinition: Value | undefined, often: Known): void {
  if (parameters.LaunchType === "EC2") {
    const why = "ECS is free; the tasks take room on EC2 capacity that is charged, but are not packed onto it.";
    ledger.note("AWS::ECS::TaskDefinition", why, "https://aws.amazon.com/ecs/pricing/");
    return;
  }
  const definition = definitionOf(ledger.stack, taskDefinition);
  if (!definition || !isKnown(often)) {
    const why = isKnown(often) ? "Its task definition is not in this design." : often.why;
    ledger.miss("Fargate tasks started by events", "runs", isKnown(often) ? often.value : 0, why);
    return;
  }
  const tasks = typeof parameters.TaskCount === "number" ? parameters.TaskCount : 1;
  const spot = spotTasks(tasks, strategyOf(parameters.CapacityProviderStrategy));
  const minutes = ledger.figure("runMinutes");
  if (!isKnown(minutes)) {
    ledger.miss("Fargate tasks started by events", "runs", often.value, minutes.why);
    return;
  }
  const billed = billedMinutes(minutes.value, systemOf(definition));
  const hoursOf = (count: number): TaskHours => ({
    hours: (often.value * count * billed) / 60,
    note: `${spokenRuns(often.value)} × ${count === 1 ? "" : `${count} tasks × `}${billed} min`,
    assumed: [...often.assumed, ...minutes.assumed],
  });
  if (tasks > spot) chargeFargate(ledger, definition, hoursOf(tasks - spot));
  if (spot > 0) chargeFargate(ledger, definition, hoursOf(spot), true);
  if (hasPublicAddress(parameters.NetworkConfiguration) && tasks > 0) chargeTaskAddresses(ledger, hoursOf(tasks));
}

const isRecord = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic);

/** A strategy of CloudFormation's spelling, its numbers as far as they are known. */
const strategyOf = (strategy: Value | undefined): (Share & { capacityProvider: "FARGATE" | "FARGATE_SPOT" })[] =>
  (Array.isArray(strategy) ? strategy.filter(isRecord) : []).map(({ CapacityProvider, Weight, Base }) => ({
    capacityProvider: CapacityProvider === "FARGATE_SPOT" ? ("FARGATE_SPOT" as const) : ("FARGATE" as const),
    weight: typeof Weight === "number" ? Weight : 0,
    base: typeof Base === "number" ? Base : 0,
  }));

/** EventBridge rules spell it AwsVpcConfiguration, schedules AwsvpcConfiguration. */
const hasPublicAddress = (network: Value | undefined): boolean =>
  isRecord(network) &&
  [network.AwsVpcConfiguration, network.AwsvpcConfiguration].some(
    (configuration) => isRecord(configuration) && configuration.AssignPublicIp === "ENABLED",
  );

/** True when the person switched it off in the drawing; a template parameter that waits for the image does not count. */
function isOff(ledger: Ledger, type: string, node: string | undefined): boolean {
  const drawn = node === undefined ? undefined : ledger.model.node(node);
  const off = (isKind(drawn, "eventSchedule") || isKind(drawn, "eventRule")) && drawn.props.state === "DISABLED";
  if (off) ledger.note(type, "It is switched off, so nothing fires.", EVENTS_PRICING);
  return off;
}

/** EventBridge Scheduler: invocations, and the tasks they start. https://aws.amazon.com/eventbridge/pricing/ */
export const schedule = priced<"AWS::Scheduler::Schedule">((resource, ledger) => {
  if (isOff(ledger, resource.type, resource.origins[""]?.[0]?.node)) return;
  const often = runs(ledger, resource.properties.ScheduleExpression);
  if (isKnown(often)) {
    const charge = schedulerInvocations(often.value, spokenRuns(often.value));
    ledger.add({ ...charge, ...assumption(often.assumed) });
  } else ledger.miss("Scheduler invocations", "invocations", 0, often.why);
  const target = (resource.properties.Target ?? {}) as Properties;
  const parameters = target.EcsParameters as Properties | undefined;
  if (parameters) chargeRuns(ledger, parameters, parameters.TaskDefinitionArn, often);
});

/** EventBridge rules: events of AWS services are free on the default bus; the tasks they start are not. */
export const eventRule = priced<"AWS::Events::Rule">((resource, ledger) => {
  if (isOff(ledger, resource.type, resource.origins[""]?.[0]?.node)) return;
  const bus = resource.properties.EventBusName;
  if (bus !== undefined && bus !== "default") ledger.use("requests", customEvents);
  else ledger.note(resource.type, "Events of AWS services and schedules are free on the default bus.", EVENTS_PRICING);
  const targets = (Array.isArray(resource.properties.Targets) ? resource.properties.Targets : []).filter(isRecord);
  for (const target of targets) {
    const parameters = target.EcsParameters as Properties | undefined;
    if (!parameters) continue;
    chargeRuns(ledger, parameters, parameters.TaskDefinitionArn, runs(ledger, resource.properties.ScheduleExpression));
  }
});
