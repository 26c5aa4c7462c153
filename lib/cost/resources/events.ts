import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import type { Known as KnownResource, Resource } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { billedRequests, customEvents, schedulerInvocations } from "../formulas/events";
import { billedMinutes } from "../formulas/fargate";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { assumption, combine, isKnown, type Known } from "../usage";
import { figure } from "../words";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, OF_TASKS, systemOf, type TaskHours } from "./fargate";
import { capacityIn } from "./instance-tasks";
import { ecsTargetsOf, isOff, runsOf, type Started } from "./started";
import { spotTasks } from "./strategy";

const EVENTS_PRICING = "https://aws.amazon.com/eventbridge/pricing/";
const ECS = "https://aws.amazon.com/ecs/pricing/";

const spokenRuns = (often: number): string =>
  `${Number(often.toFixed(2))} ${often === 1 ? "run" : "runs"} in ${hoursPerMonth} h`;

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
    ledger.miss("Fargate tasks started by events", "runs", isKnown(often) ? often.value : 0, why, OF_TASKS);
    return;
  }
  const spot = spotTasks(tasks, strategy);
  const minutes = ledger.figure("runMinutes");
  if (!isKnown(minutes)) {
    ledger.miss("Fargate tasks started by events", "runs", often.value, minutes.why, OF_TASKS);
    return;
  }
  const billed = billedMinutes(minutes.value, systemOf(definition));
  const hoursOf = (count: number): TaskHours => ({
    hours: (often.value * count * billed) / 60,
    note: `${spokenRuns(often.value)} × ${count === 1 ? "" : `${count} tasks × `}${figure(billed)} min`,
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

/** The event bus of a rule, where it is one that events are paid on. */
function busOf({ properties }: KnownResource<"AWS::Events::Rule">): string | undefined {
  const { EventBusName } = properties;
  return typeof EventBusName === "string" && EventBusName !== "" && EventBusName !== "default"
    ? EventBusName
    : undefined;
}

const buses = new WeakMap<Ledger, ReadonlyMap<string, readonly ModelNode[]>>();

/** The rules of each bus that are not switched off. */
function rulesOn(ledger: Ledger, bus: string): readonly ModelNode[] {
  let known = buses.get(ledger);
  if (!known) {
    const found = new Map<string, ModelNode[]>();
    for (const rule of ledger.resourcesOf("AWS::Events::Rule")) {
      const [name, node] = [busOf(rule), ownerOf(ledger, rule)];
      if (name === undefined || !node || isOff(node)) continue;
      const list = found.get(name);
      if (list) list.push(node);
      else found.set(name, [node]);
    }
    buses.set(ledger, found);
    known = found;
  }
  return known.get(bus) ?? [];
}

/** Custom events are paid as they are published, once for all rules of their bus: one rule is asked for all. */
function chargeBus(ledger: Ledger, rule: ModelNode, bus: string): void {
  const rules = rulesOn(ledger, bus);
  const asked = rules.filter(({ id }) => ledger.given(id, "requests") !== undefined);
  const payers = asked.length > 0 ? asked : rules.slice(0, 1);
  if (payers.includes(rule)) {
    const pieces = combine([ledger.figure("requests"), ledger.figure("messageKb")], billedRequests);
    ledger.addKnown(pieces, customEvents);
    return;
  }
  const why = `Events are paid once as they are published; those of the bus ${bus} are charged with ${payers.map(({ name }) => name).join(", ")}.`;
  ledger.note("AWS::Events::Rule", why, EVENTS_PRICING);
}

/** EventBridge rules: events of AWS services are free on the default bus; the tasks they start are not. */
export const eventRule = priced<"AWS::Events::Rule">((resource, ledger) => {
  const node = ownerOf(ledger, resource);
  if (isOff(node)) return noteOff(ledger, resource.type);
  const bus = busOf(resource);
  if (bus !== undefined && node) chargeBus(ledger, node, bus);
  else if (node?.in.some(({ from }) => isKind(from, "s3Bucket")))
    ledger.note(resource.type, "Events of S3 are charged with the bucket, not with the rule.", EVENTS_PRICING);
  else ledger.note(resource.type, "Events of AWS services and schedules are free on the default bus.", EVENTS_PRICING);
  const starts = ecsTargetsOf(ledger, resource).length > 0;
  if (node && starts) chargeStarted(ledger, resource, runsOf(ledger, node, resource.properties.ScheduleExpression));
});
