import type { ModelNode } from "../../model/model";
import type { Properties } from "../../stack/value";
import { alarms, enhancedMetrics, metrics } from "../formulas/watching";
import type { Ledger } from "../ledger";
import type { Runner } from "../outbound/runners";
import { hoursPerMonth } from "../prices";
import { combine, isKnown, type Known } from "../usage";
import { figure } from "../words";
import { priced } from "./cell";

const inEcs = "ECS itself is free; the capacity that tasks run on is charged.";
const ECS = "https://aws.amazon.com/ecs/pricing/";

/**
 * Metrics of Container Insights without enhanced observability, by what they are of; each is a custom metric. Those of
 * ephemeral storage exist on Fargate alone. Counted on AWS's page of 2023-06; its later additions need restart policies,
 * health checks or EBS volumes.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 */
const METRICS = { cluster: 11, service: 13, family: 8, storage: 2 };

/** Hours of a month in which tasks run, as a part of it: metrics are paid by the hour. */
function presence(ledger: Ledger, { node, started }: Runner): Known {
  if (node.kind === "service") return { value: 1, assumed: [] };
  return combine([started, ledger.figureOf(node.id, "runMinutes")], (tasks, minutes) =>
    Math.min(1, (tasks * Math.max(1, Math.ceil(minutes / 60))) / hoursPerMonth),
  );
}

/** How many metrics a cluster has with Container Insights; undefined where nothing that runs in it is drawn. */
function metricsOf(ledger: Ledger, cluster: ModelNode): Known | undefined {
  const runners = ledger.allRunners.filter((runner) => runner.cluster === cluster.id);
  if (runners.length === 0) return undefined;
  const services = runners.filter(({ node }) => node.kind === "service");
  const families = new Map(runners.map((runner) => [runner.definition.id, runner]));
  const storage = (some: readonly Runner[]): number => METRICS.storage * some.filter((one) => !one.onInstances).length;
  const ofCluster = METRICS.cluster + (runners.some(({ onInstances }) => !onInstances) ? METRICS.storage : 0);
  const ofServices = METRICS.service * services.length + storage(services);
  const ofFamilies = [...families.values()].map((runner) =>
    combine([presence(ledger, runner)], (part) => part * (METRICS.family + storage([runner]))),
  );
  const all = combine(ofFamilies, (...each) => each.reduce((sum, one) => sum + one, ofCluster + ofServices));
  if (!isKnown(all)) return all;
  const families_ = all.value - ofCluster - ofServices;
  const words = `${figure(all.value)} metrics as AWS lists them: ${ofCluster} of the cluster, ${ofServices} of its services, ${figure(families_)} of its task definitions`;
  return { value: all.value, assumed: [words, ...all.assumed] };
}

/** ECS is free; Container Insights is charged per metric. https://aws.amazon.com/cloudwatch/pricing/ */
export const cluster = priced<"AWS::ECS::Cluster">((resource, ledger) => {
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  const settings = resource.properties.ClusterSettings;
  for (const setting of Array.isArray(settings) ? settings : []) {
    const value = typeof setting === "object" && setting !== null && "Value" in setting ? setting.Value : undefined;
    // How many metrics single tasks and containers have besides, AWS does not list.
    if (value === "enhanced") ledger.use("metrics", enhancedMetrics);
    else if (value === "enabled")
      ledger.use(
        "metrics",
        (count) => metrics(count, "Container Insights metrics"),
        () => node && metricsOf(ledger, node),
      );
    else continue;
    const why = "Depends on use: Container Insights writes what it measures as logs too, and AWS names no volume.";
    ledger.miss("Container Insights logs", "GB", 0, why);
  }
  ledger.note(resource.type, inEcs, ECS);
});

/** Alarms that ECS makes for each capacity provider with managed scaling: one high, one low. */
const SCALING_ALARMS = 2;

/** ECS is free; the alarms that it makes to scale instances are not. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html */
export const capacityProvider = priced<"AWS::ECS::CapacityProvider">((resource, ledger) => {
  const provider = (resource.properties.AutoScalingGroupProvider ?? {}) as Properties;
  const scaling = (provider.ManagedScaling ?? {}) as Properties;
  const note = `${SCALING_ALARMS} alarms that managed scaling makes`;
  if (scaling.Status === "ENABLED")
    for (const charge of alarms({ standard: SCALING_ALARMS })) ledger.add({ ...charge, note });
  ledger.note(resource.type, inEcs, ECS);
});
