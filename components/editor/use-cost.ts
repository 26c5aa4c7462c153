"use client";

import { useDeferredValue } from "react";
import type { Estimate } from "@/lib/cost/cost";
import { type Prices, useEditor } from "./store";

/**
 * The cost of the drawing with the prices it is reckoned at, a moment after the drawing: it is worked out when it is asked
 * for, behind the frame of the edit.
 */
export function useCost(): { cost: Estimate; prices: Prices } {
  const judged = useDeferredValue(useEditor((store) => store.judged));
  const prices = useDeferredValue(useEditor((store) => store.prices));
  return { cost: judged.cost, prices };
}
