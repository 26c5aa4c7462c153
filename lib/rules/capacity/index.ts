import type { Rule } from "../rule";
import { foreignProvider } from "./foreign-provider";
import { managedScaling } from "./managed-scaling";
import { misplacedPlacement } from "./misplaced-placement";
import { mixedStrategy } from "./mixed-strategy";
import { placementAdvice } from "./placement-advice";
import { placementRules } from "./placement-rules";
import { spotOnly } from "./spot-only";
import { strategyNumbers } from "./strategy-numbers";
import { unmetConstraint } from "./unmet-constraint";

/** Capacity providers and placement (ECS-CAP). */
export const capacity: readonly Rule[] = [
  mixedStrategy,
  strategyNumbers,
  foreignProvider,
  spotOnly,
  managedScaling,
  misplacedPlacement,
  placementRules,
  unmetConstraint,
  placementAdvice,
];
