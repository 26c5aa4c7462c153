import type { Rule } from "../rule";
import { biggerThanInstances } from "./bigger-than-instances";
import { containerCount } from "./container-count";
import { containerMemory } from "./container-memory";
import { fargateSize } from "./fargate-size";
import { fargateSizeMissing } from "./fargate-size-missing";
import { hostSharing } from "./host-sharing";
import { names } from "./names";
import { networkMode } from "./network-mode";
import { noEssential } from "./no-essential";
import { oversubscribed } from "./oversubscribed";
import { severalApplications } from "./several-applications";

/** Task definitions (ECS-TD). */
export const taskDefinition: readonly Rule[] = [
  containerCount,
  noEssential,
  fargateSize,
  fargateSizeMissing,
  oversubscribed,
  containerMemory,
  biggerThanInstances,
  networkMode,
  hostSharing,
  names,
  severalApplications,
];
