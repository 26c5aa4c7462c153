import { count } from "../../core/text";
import { isKind } from "../../model/build";
import { clusterOf, launchOf } from "../../model/queries";
import type { Properties } from "../../stack/value";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, definitionOf, missSpot } from "./fargate";

interface Entry {
  capacityProvider: "FARGATE" | "FARGATE_SPOT";
  weight: number;
  base: number;
}

/** How many of `tasks` run on Spot: the base first, the rest by weight, as ECS places them. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
export function spotTasks(tasks: number, strategy: readonly Entry[]): number {
  let left = tasks;
  let spot = 0;
  for (const entry of strategy) {
    const based = Math.min(left, entry.base);
    left -= based;
    if (entry.capacityProvider === "FARGATE_SPOT") spot += based;
  }
  const total = strategy.reduce((sum, entry) => sum + entry.weight, 0);
  const weight = strategy.reduce(
    (sum, entry) => sum + (entry.capacityProvider === "FARGATE_SPOT" ? entry.weight : 0),
    0,
  );
  return spot + (total === 0 ? 0 : Math.round((left * weight) / total));
}

/** Tasks of a service on Fargate. On EC2 the instances are charged, with the Auto Scaling group. */
export const service = priced<"AWS::ECS::Service">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "service") || launchOf(node) === "EC2") return;
  const tasks = node.props.desiredCount;
  const definition = definitionOf(ledger.stack, resource.properties.TaskDefinition);
  if (tasks === undefined || !definition) {
    ledger.miss(
      "Fargate tasks",
      "tasks",
      tasks ?? 0,
      definition ? "The service does not say how many tasks to run." : "The service has no task definition.",
    );
    return;
  }
  const own = node.props.capacityProviderStrategy;
  const strategy = node.props.launchType
    ? []
    : own.length > 0
      ? own
      : (clusterOf(node)?.props.defaultCapacityProviderStrategy ?? []);
  const spot = spotTasks(tasks, strategy);
  const onDemand = tasks - spot;
  if (onDemand > 0) {
    chargeFargate(ledger, definition, {
      hours: hoursPerMonth * onDemand,
      note: `${hoursPerMonth} h × ${count(onDemand, "task")}`,
    });
  }
  if (spot > 0) missSpot(ledger, "hours", hoursPerMonth * spot);
  const network = (resource.properties.NetworkConfiguration as Properties | undefined)?.AwsvpcConfiguration as
    | Properties
    | undefined;
  if (network?.AssignPublicIp === "ENABLED" && tasks > 0) {
    chargeTaskAddresses(ledger, { hours: hoursPerMonth * tasks, note: `${hoursPerMonth} h × ${count(tasks, "task")}` });
  }
});
