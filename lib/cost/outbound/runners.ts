import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf, launchOf, networkModeOf, taskDefinitionOf } from "../../model/queries";
import type { Properties, Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { capacitiesFor, capacityIn } from "../resources/instance-tasks";
import { allStarted, runsOf } from "../resources/started";
import { isRunning } from "../running";
import { combine, type Known } from "../usage";

/** Tasks of one definition that are started from one place. */
export interface Runner {
  /** A service, or the rule or schedule that starts single tasks. */
  node: ModelNode;
  definition: ModelNode<"taskDefinition">;
  /** Node id of the cluster that they run in. */
  cluster: string | undefined;
  onInstances: boolean;
  /** How many run on average. */
  running: Known;
  /** How many are started a month. */
  started: Known;
  /** How often a month an image is fetched for them. */
  pulled: Known;
  /** Subnets that ECS calls from for them: it pulls images, reads secrets and writes logs. */
  agent: Value | undefined;
  /** Subnets that their code calls from. */
  code: Value | undefined;
}

/** All places of a design that start tasks, services first. */
export function runnersOf(ledger: Ledger): Runner[] {
  const { model } = ledger;
  const runners: Runner[] = [];
  const instances = instanceSubnets(ledger);
  for (const { origins, properties } of ledger.resourcesOf("AWS::ECS::Service")) {
    const node = model.node(origins[""]?.[0]?.node ?? "");
    const runner = isKind(node, "service") ? ofService(ledger, node, properties, instances) : undefined;
    if (runner) runners.push(runner);
  }
  for (const { by, resource, started: target } of allStarted(ledger)) {
    const { definition, parameters, onInstances } = target;
    if (!definition) continue;
    const own = subnetsOf(parameters.NetworkConfiguration);
    const home = onInstances ? capacityIn(model, target.cluster) : undefined;
    const agent = onInstances ? (home ? instances.get(home.id) : undefined) : own;
    const runs = runsOf(ledger, by, resource.properties.ScheduleExpression);
    const tasks = Math.max(0, target.tasks);
    const started = combine([runs], (often) => often * tasks);
    runners.push({
      node: by,
      definition,
      cluster: target.cluster,
      onInstances,
      running: combine(
        [started, ledger.figureOf(by.id, "runMinutes")],
        (often, minutes) => (often * minutes) / 60 / hoursPerMonth,
      ),
      started,
      // An instance keeps the layers of an image that it has.
      pulled: onInstances ? { value: tasks, assumed: ["one pull a month on instances, which keep images"] } : started,
      agent,
      code: own ?? agent,
    });
  }
  return runners;
}

function ofService(
  ledger: Ledger,
  service: ModelNode<"service">,
  properties: Properties,
  instances: ReadonlyMap<string, Value>,
): Runner | undefined {
  const definition = taskDefinitionOf(service as ModelNode);
  if (!definition) return undefined;
  const known = ledger.tasksOf(service);
  const running: Known =
    known === undefined
      ? { why: `${service.name} does not say how many tasks it runs.` }
      : isRunning(known)
        ? { value: Math.max(0, known.tasks), assumed: known.assumed }
        : known;
  // Asked only where something follows from it.
  const started = (): Known =>
    combine([running, ledger.figureOf(service.id, "deployments")], (tasks, deployments) => tasks * deployments);
  const onInstances = launchOf(service) === "EC2";
  const own = networkModeOf(definition) === "awsvpc" ? subnetsOf(properties.NetworkConfiguration) : undefined;
  const home = onInstances ? capacitiesFor(ledger.model, service)[0] : undefined;
  const agent = onInstances ? (home ? instances.get(home.id) : undefined) : own;
  return {
    node: service as ModelNode,
    definition,
    cluster: clusterOf(service as ModelNode)?.id,
    onInstances,
    running,
    get started() {
      return started();
    },
    get pulled() {
      return started();
    },
    agent,
    code: own ?? agent,
  };
}

/** Subnets of the instances, by node id of their capacity. */
function instanceSubnets(ledger: Ledger): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const { origins, properties } of ledger.resourcesOf("AWS::AutoScaling::AutoScalingGroup")) {
    const node = origins[""]?.[0]?.node;
    if (node !== undefined && properties.VPCZoneIdentifier) found.set(node, properties.VPCZoneIdentifier);
  }
  return found;
}

/** EventBridge rules spell it AwsVpcConfiguration, schedules and services AwsvpcConfiguration. */
function subnetsOf(network: Value | undefined): Value | undefined {
  const { AwsvpcConfiguration, AwsVpcConfiguration } = (network ?? {}) as Properties;
  return ((AwsvpcConfiguration ?? AwsVpcConfiguration ?? {}) as Properties).Subnets;
}
