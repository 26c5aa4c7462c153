import type { Rule } from "../rule";
import { automaticRollback } from "./automatic-rollback";
import { codedeployWithoutBalancer } from "./codedeploy-without-balancer";
import { controllerFeatures } from "./controller-features";
import { deploymentPercentages } from "./deployment-percentages";
import { desiredCount } from "./desired-count";
import { serviceConnect } from "./service-connect";
import { singleTask } from "./single-task";
import { zoneRebalancing } from "./zone-rebalancing";

/** Services and deployments (ECS-SVC). */
export const service: readonly Rule[] = [
  deploymentPercentages,
  automaticRollback,
  controllerFeatures,
  codedeployWithoutBalancer,
  zoneRebalancing,
  desiredCount,
  singleTask,
  serviceConnect,
];
