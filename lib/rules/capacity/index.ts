import type { Rule } from "../rule";
import { managedScaling } from "./managed-scaling";
import { misplacedPlacement } from "./misplaced-placement";
import { placementAdvice } from "./placement-advice";
import { placementRules } from "./placement-rules";
import { spotOnly } from "./spot-only";
import { strategyNumbers } from "./strategy-numbers";
import { unmetConstraint } from "./unmet-constraint";

/** Capacity providers and placement (ECS-CAP). */
export const capacity: readonly Rule[] = [
  strategyNumbers,
  spotOnly,
  managedScaling,
  misplacedPlacement,
  placementRules,
  unmetConstraint,
  placementAdvice,
];
