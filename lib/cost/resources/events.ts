import { occurrencesPerMonth } from "../../aws/schedule-expressions";
import { isKind } from "../../model/build";
import { Intrinsic, type Properties, type Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import { priced } from "./cell";
import { spotTasks } from "./ecs-service";
import { chargeFargate, chargeTaskAddresses, definitionOf, isWindows, missSpot, type TaskHours } from "./fargate";

/** The least that Fargate bills of each task, in minutes, by operating system. https://aws.amazon.com/fargate/pricing/ */
const LEAST_MINUTES = { linux: 1, windows: 5 };

/** Runs a month of what a schedule starts; undefined when it fires on events, whose number only the person knows. */
function runs(ledger: Ledger, expression: Value | undefined): { runs: number; note: string } | undefined {
  if (typeof expression !== "string" || expression === "") {
    const given = ledger.usage("runsPerMonth");
    return given && { runs: given.value, note: `${given.value} runs` };
  }
  const counted = occurrencesPerMonth(expression);
  return counted === null ? undefined : { runs: counted, note: `${Number(counted.toFixed(2))} runs in 730 h` };
}

function chargeRuns(
  ledger: Ledger,
  parameters: Properties,
  taskDefinition: Value | undefined,
  often: ReturnType<typeof runs>,
): void {
  if (parameters.LaunchType === "EC2") return;
  const definition = definitionOf(ledger.stack, taskDefinition);
  if (!definition) {
    ledger.miss(
      "Fargate tasks started by events",
      "runs",
      often?.runs ?? 0,
      "Its task definition is not in this design.",
    );
    return;
  }
  if (!often) {
    ledger.miss("Fargate tasks started by events", "runs", 0, "Depends on use: say how often it runs.");
    return;
  }
  const tasks = typeof parameters.TaskCount === "number" ? parameters.TaskCount : 1;
  const spot = spotTasks(tasks, strategyOf(parameters.CapacityProviderStrategy));
  if (spot > 0) missSpot(ledger, "runs", often.runs * spot);
  const { value: minutes, assumption } = ledger.assumed("runMinutes");
  const billed = Math.max(minutes, LEAST_MINUTES[isWindows(definition) ? "windows" : "linux"]);
  const hoursOf = (count: number): TaskHours => ({
    hours: (often.runs * count * billed) / 60,
    note: `${often.note} × ${count === 1 ? "" : `${count} tasks × `}${billed} min`,
    ...assumption,
  });
  if (tasks > spot) chargeFargate(ledger, definition, hoursOf(tasks - spot));
  if (hasPublicAddress(parameters.NetworkConfiguration) && tasks > 0) chargeTaskAddresses(ledger, hoursOf(tasks));
}

const isRecord = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic);

/** A strategy of CloudFormation's spelling, its numbers as far as they are known. */
const strategyOf = (strategy: Value | undefined): Parameters<typeof spotTasks>[1] =>
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
function isOff(ledger: Ledger, node: string | undefined): boolean {
  const drawn = node === undefined ? undefined : ledger.model.node(node);
  return (isKind(drawn, "eventSchedule") || isKind(drawn, "eventRule")) && drawn.props.state === "DISABLED";
}

/** EventBridge Scheduler: invocations, and the tasks they start. https://aws.amazon.com/eventbridge/pricing/ */
export const schedule = priced<"AWS::Scheduler::Schedule">((resource, ledger) => {
  if (isOff(ledger, resource.origins[""]?.[0]?.node)) return;
  const often = runs(ledger, resource.properties.ScheduleExpression);
  const target = (resource.properties.Target ?? {}) as Properties;
  if (often)
    ledger.add("events.scheduler.invocation", {
      item: "Scheduler invocations",
      quantity: often.runs,
      note: often.note,
    });
  else ledger.miss("Scheduler invocations", "invocations", 0, "The schedule's expression cannot be read.");
  const parameters = target.EcsParameters as Properties | undefined;
  if (parameters) chargeRuns(ledger, parameters, parameters.TaskDefinitionArn, often);
});

/** EventBridge rules: events of AWS services are free on the default bus; the tasks they start are not. */
export const eventRule = priced<"AWS::Events::Rule">((resource, ledger) => {
  if (isOff(ledger, resource.origins[""]?.[0]?.node)) return;
  const often = runs(ledger, resource.properties.ScheduleExpression);
  const bus = resource.properties.EventBusName;
  if (bus !== undefined && bus !== "default") ledger.use("events.custom.event", "requests", "Custom events");
  const targets = Array.isArray(resource.properties.Targets) ? resource.properties.Targets : [];
  for (const target of targets) {
    if (!isRecord(target)) continue;
    const parameters = target.EcsParameters as Properties | undefined;
    if (parameters) chargeRuns(ledger, parameters, parameters.TaskDefinitionArn, often);
  }
});
