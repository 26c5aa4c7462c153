import type { Model } from "../model/model";
import { createLowering, type Lowering } from "./lowering";
import { accessLogs } from "./passes/access-logs";
import { capacity } from "./passes/capacity";
import { lowerClassic } from "./passes/classic";
import { lowerClusters } from "./passes/clusters";
import { repositories } from "./passes/ecr";
import { fileSystems } from "./passes/efs";
import { eventRules } from "./passes/events";
import { generics } from "./passes/generic";
import { lowerImages } from "./passes/images";
import { lowerLiterals } from "./passes/literals";
import { lowerLoadBalancers } from "./passes/load-balancers";
import { lowerLogs } from "./passes/logs";
import { lowerNetworks } from "./passes/network";
import { parameters } from "./passes/parameters";
import { queues } from "./passes/queues";
import { buckets } from "./passes/s3";
import { lowerScaling } from "./passes/scaling";
import { schedules } from "./passes/schedules";
import { secrets } from "./passes/secrets";
import { lowerExec, lowerServices } from "./passes/services";
import { lowerTargetGroups } from "./passes/target-groups";
import { taskDefinitionOutputs } from "./passes/task-definition-outputs";
import { lowerDependencies, lowerTaskDefinitions } from "./passes/task-definitions";
import { topics } from "./passes/topics";
import { lowerTraffic } from "./passes/traffic";
import type { Stack } from "./stack";

/** One per concern, in the order that they read what others have made. */
const passes: readonly ((lowering: Lowering) => void)[] = [
  lowerNetworks,
  // What edges refer to, grant to the roles of tasks, and add to containers.
  repositories,
  buckets,
  fileSystems,
  secrets,
  parameters,
  queues,
  topics,
  lowerImages,
  lowerLogs,
  lowerLiterals,
  lowerDependencies,
  lowerExec,
  // Where traffic enters, and who may send it.
  lowerTargetGroups,
  lowerLoadBalancers,
  lowerClassic,
  accessLogs,
  lowerTraffic,
  // The roles and containers are complete now.
  lowerTaskDefinitions,
  taskDefinitionOutputs,
  lowerClusters,
  capacity,
  lowerServices,
  lowerScaling,
  // They pass the roles of tasks on.
  eventRules,
  schedules,
  generics,
];

/** What a drawing creates. Total: every design has a stack, faulty ones too. */
export function lower(model: Model): Stack {
  const lowering = createLowering(model);
  for (const pass of passes) pass(lowering);
  return lowering.finish();
}
