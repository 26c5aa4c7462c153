"use client";

import { useDeferredValue } from "react";
import type { Estimate } from "@/lib/cost/cost";
import { useEditor } from "./store";

/** The cost of the drawing, a moment after it: it is worked out when it is asked for, behind the frame of the edit. */
export const useCost = (): Estimate => useDeferredValue(useEditor((store) => store.analysis)).cost;
