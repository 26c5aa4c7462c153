import type { ModelNode } from "../../model/model";
import type { Resource } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { customEvents, schedulerInvocations } from "../formulas/events";
import { billedMinutes } from "../formulas/fargate";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { assumption, isKnown, type Known } from "../usage";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, systemOf, type TaskHours } from "./fargate";
import { capacityIn } from "./instance-tasks";
import { ecsTargetsOf, isOff, runsOf, type Started } from "./started";
import { spotTasks } from "./strategy";

const EVENTS_PRICING = "https://aws.amazon.com/eventbridge/pricing/";
const ECS = "https://aws.amazon.com/ecs/pricing/";

const spokenRuns = (often: number): string => `${Number(often.toFixed(2))} runs in ${hoursPerMonth} h`;

/** The tasks that a rule or a schedule starts. Those on EC2 are paid with the instances. */
function chargeStarted(ledger: Ledger, resource: Resource, often: Known): void {
  for (const started of ecsTargetsOf(ledger, resource)) {
    if (started.onInstances) noteInstances(ledger, started);
    else chargeRuns(ledger, started, often);
  }
}

function noteInstances(ledger: Ledger, { cluster, providers }: Started): void {
  if (providers.length > 0 || capacityIn(ledger.model, cluster))
    ledger.note("AWS::ECS::TaskDefinition", "ECS is free; the EC2 capacity that its tasks run on is charged.", ECS);
  else ledger.miss("EC2 instances", "instances", 0, "Its tasks run on instances that are not in this design.");
}

function chargeRuns(ledger: Ledger, started: Started, often: Known): void {
  const { resource: definition, parameters, tasks, strategy } = started;
  if (!definition || !isKnown(often)) {
    const why = isKnown(often) ? "Its task definition is not in this design." : often.why;
    ledger.miss("Fargate tasks started by events", "runs", isKnown(often) ? often.value : 0, why);
    return;
  }
  const spot = spotTasks(tasks, strategy);
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

/** EventBridge rules spell it AwsVpcConfiguration, schedules AwsvpcConfiguration. */
const hasPublicAddress = (network: Value | undefined): boolean => {
  const { AwsVpcConfiguration, AwsvpcConfiguration } = (network ?? {}) as Properties;
  return [AwsVpcConfiguration, AwsvpcConfiguration].some(
    (configuration) => (configuration as Properties | undefined)?.AssignPublicIp === "ENABLED",
  );
};

const ownerOf = (ledger: Ledger, { origins }: Resource): ModelNode | undefined =>
  ledger.model.node(origins[""]?.[0]?.node ?? "");

function noteOff(ledger: Ledger, type: string): void {
  ledger.note(type, "It is switched off, so nothing fires.", EVENTS_PRICING);
}

/** EventBridge Scheduler: invocations, and the tasks they start. https://aws.amazon.com/eventbridge/pricing/ */
export const schedule = priced<"AWS::Scheduler::Schedule">((resource, ledger) => {
  const node = ownerOf(ledger, resource);
  if (isOff(node)) return noteOff(ledger, resource.type);
  if (!node) return;
  const often = runsOf(ledger, node, resource.properties.ScheduleExpression);
  if (isKnown(often)) {
    const charge = schedulerInvocations(often.value, spokenRuns(often.value));
    ledger.add({ ...charge, ...assumption(often.assumed) });
  } else ledger.miss("Scheduler invocations", "invocations", 0, often.why);
  chargeStarted(ledger, resource, often);
});

/** EventBridge rules: events of AWS services are free on the default bus; the tasks they start are not. */
export const eventRule = priced<"AWS::Events::Rule">((resource, ledger) => {
  const node = ownerOf(ledger, resource);
  if (isOff(node)) return noteOff(ledger, resource.type);
  const bus = resource.properties.EventBusName;
  if (bus !== undefined && bus !== "default") ledger.use("requests", customEvents);
  else ledger.note(resource.type, "Events of AWS services and schedules are free on the default bus.", EVENTS_PRICING);
  const starts = ecsTargetsOf(ledger, resource).length > 0;
  if (node && starts) chargeStarted(ledger, resource, runsOf(ledger, node, resource.properties.ScheduleExpression));
});
