import { count } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf, launchOf } from "../../model/queries";
import type { Properties } from "../../stack/value";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { isRunning, type Running } from "../running";
import { usageKey } from "../usage";
import { figure } from "../words";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, definitionOf, OF_TASKS, type TaskHours } from "./fargate";
import { hasInstances } from "./instance-tasks";
import { spotOnAverage, spotTasks } from "./strategy";

const ECS_PRICING = "https://aws.amazon.com/ecs/pricing/";

/** What floating point leaves of a whole that was shared. */
const NOTHING = 1e-9;

/** Tasks of a service on Fargate. On EC2 the instances are charged, with the Auto Scaling group. */
export const service = priced<"AWS::ECS::Service">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "service")) return;
  if (launchOf(node) === "EC2") {
    onInstances(node, ledger);
    return;
  }
  const running = ledger.tasksOf(node);
  const definition = definitionOf(ledger.stack, resource.properties.TaskDefinition);
  if (!running || !isRunning(running) || !definition) {
    const why = !definition
      ? "The service has no task definition."
      : running && !isRunning(running)
        ? running.why
        : "The service does not say how many tasks to run.";
    ledger.miss("Fargate tasks", "tasks", running && isRunning(running) ? running.tasks : 0, why, OF_TASKS);
    return;
  }
  const { tasks } = running;
  if (tasks === 0) {
    if (running.most > 0) {
      const hint = running.wants === undefined ? "" : ` Say “${usageKey(running.wants).label}” in its usage.`;
      const why = `Depends on use: from none, auto scaling starts up to ${count(running.most, "task")}.${hint}`;
      ledger.miss("Fargate tasks", "tasks", 0, why, OF_TASKS);
    } else ledger.note(resource.type, "No task runs.", ECS_PRICING);
    return;
  }
  const own = node.props.capacityProviderStrategy;
  const strategy = node.props.launchType
    ? []
    : own.length > 0
      ? own
      : (clusterOf(node as ModelNode)?.props.defaultCapacityProviderStrategy ?? []);
  // An average is no number of tasks that stand side by side, so weights share it as they are.
  const spot = running.scaled ? spotOnAverage(tasks, strategy) : spotTasks(tasks, strategy);
  const hoursOf = (part: number): TaskHours => ({
    hours: hoursPerMonth * part,
    note: `${hoursPerMonth} h × ${part === tasks ? running.note : partText(part, running)}`,
    assumed: running.assumed,
  });
  if (tasks - spot > NOTHING) chargeFargate(ledger, definition, hoursOf(tasks - spot));
  if (spot > NOTHING) chargeFargate(ledger, definition, hoursOf(spot), true);
  const network = (resource.properties.NetworkConfiguration as Properties | undefined)?.AwsvpcConfiguration as
    | Properties
    | undefined;
  if (network?.AssignPublicIp === "ENABLED") chargeTaskAddresses(ledger, hoursOf(tasks));
});

/** "1.67 of 3.33 tasks on average, 2 to 10". */
const partText = (part: number, running: Running): string =>
  running.scaled ? `${figure(Number(part.toFixed(2)))} of ${running.note}` : count(part, "task");

function onInstances(node: ModelNode<"service">, ledger: Ledger): void {
  const running = ledger.tasksOf(node);
  if (running && !isRunning(running)) ledger.miss("Tasks on instances", "tasks", 0, running.why);
  if (hasInstances(ledger.model, node))
    ledger.note("AWS::ECS::Service", "ECS is free; the EC2 capacity that its tasks run on is charged.", ECS_PRICING);
  else ledger.miss("EC2 instances", "instances", 0, "Its tasks run on instances that are not in this design.");
}
