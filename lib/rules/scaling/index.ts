import type { Rule } from "../rule";
import { incompletePolicy } from "./incomplete-policy";
import { instancesDoNotScale } from "./instances-do-not-scale";
import { missingMetric } from "./missing-metric";
import { noScaling } from "./no-scaling";
import { nothingToScale } from "./nothing-to-scale";
import { targetValue } from "./target-value";
import { taskRange } from "./task-range";

/** Service auto scaling (ECS-AS). */
export const scaling: readonly Rule[] = [
  nothingToScale,
  taskRange,
  missingMetric,
  targetValue,
  incompletePolicy,
  instancesDoNotScale,
  noScaling,
];
