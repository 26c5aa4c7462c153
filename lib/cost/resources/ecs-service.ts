import { count } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf, launchOf } from "../../model/queries";
import type { Properties } from "../../stack/value";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";
import { chargeFargate, chargeTaskAddresses, definitionOf, type TaskHours } from "./fargate";
import { hasInstances } from "./instance-tasks";
import { spotTasks } from "./strategy";

const ECS_PRICING = "https://aws.amazon.com/ecs/pricing/";

/** Tasks of a service on Fargate. On EC2 the instances are charged, with the Auto Scaling group. */
export const service = priced<"AWS::ECS::Service">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "service")) return;
  if (launchOf(node) === "EC2") {
    onInstances(node, ledger);
    return;
  }
  const tasks = node.props.desiredCount;
  const definition = definitionOf(ledger.stack, resource.properties.TaskDefinition);
  if (tasks === undefined || !definition) {
    const why = definition ? "The service does not say how many tasks to run." : "The service has no task definition.";
    ledger.miss("Fargate tasks", "tasks", tasks ?? 0, why);
    return;
  }
  if (tasks === 0) {
    ledger.note(resource.type, "No task runs.", ECS_PRICING);
    return;
  }
  const own = node.props.capacityProviderStrategy;
  const strategy = node.props.launchType
    ? []
    : own.length > 0
      ? own
      : (clusterOf(node as ModelNode)?.props.defaultCapacityProviderStrategy ?? []);
  const spot = spotTasks(tasks, strategy);
  const hoursOf = (running: number): TaskHours => ({
    hours: hoursPerMonth * running,
    note: `${hoursPerMonth} h × ${count(running, "task")}`,
    assumed: [],
  });
  if (tasks !== spot) chargeFargate(ledger, definition, hoursOf(tasks - spot));
  if (spot > 0) chargeFargate(ledger, definition, hoursOf(spot), true);
  const network = (resource.properties.NetworkConfiguration as Properties | undefined)?.AwsvpcConfiguration as
    | Properties
    | undefined;
  if (network?.AssignPublicIp === "ENABLED") chargeTaskAddresses(ledger, hoursOf(tasks));
});

function onInstances(node: ModelNode<"service">, ledger: Ledger): void {
  if (hasInstances(ledger.model, node))
    ledger.note("AWS::ECS::Service", "ECS is free; the EC2 capacity that its tasks run on is charged.", ECS_PRICING);
  else ledger.miss("EC2 instances", "instances", 0, "Its tasks run on instances that are not in this design.");
}
