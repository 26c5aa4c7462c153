import { occurrencesPerMonth } from "../../aws/schedule-expressions";
import { count } from "../../core/text";
import { isKind } from "../../model/build";
import { Intrinsic, type Properties, type Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import { priced } from "./cell";
import { chargeFargate, definitionOf } from "./fargate";

/** Fargate bills at least one minute of each task. https://aws.amazon.com/fargate/pricing/ */
const LEAST_MINUTES = 1;

/** Runs a month of what a schedule starts; undefined when it fires on events, whose number only the person knows. */
function runs(ledger: Ledger, expression: Value | undefined): { runs: number; note: string } | undefined {
  if (typeof expression !== "string" || expression === "") {
    const given = ledger.usage("runsPerMonth");
    return given === undefined ? undefined : { runs: given, note: `${given} runs` };
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
  const definition = definitionOf(ledger.stack, taskDefinition);
  if (!definition || parameters.LaunchType === "EC2") return;
  const strategy = (parameters.CapacityProviderStrategy ?? []) as Properties[];
  if (!often) {
    ledger.miss("Fargate tasks started by events", "runs", 0, "Depends on use: say how often it runs.");
    return;
  }
  const tasks = typeof parameters.TaskCount === "number" ? parameters.TaskCount : 1;
  if (strategy.length > 0 && strategy.every((entry) => entry.CapacityProvider === "FARGATE_SPOT")) {
    ledger.miss(
      "Fargate Spot task hours",
      "runs",
      often.runs * tasks,
      "AWS sets Spot rates day by day and lists no price; they are up to 70 % below on demand.",
    );
    return;
  }
  const { value: minutes, assumption } = ledger.assumed("runMinutes");
  const billed = Math.max(minutes, LEAST_MINUTES);
  chargeFargate(ledger, definition, {
    hours: (often.runs * tasks * billed) / 60,
    note: `${often.note} × ${tasks === 1 ? "" : `${count(tasks, "task")} × `}${billed} min`,
    ...(assumption === undefined ? {} : { assumption }),
  });
}

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
    if (typeof target !== "object" || target === null || Array.isArray(target) || target instanceof Intrinsic) continue;
    const parameters = target.EcsParameters as Properties | undefined;
    if (parameters) chargeRuns(ledger, parameters, parameters.TaskDefinitionArn, often);
  }
});
