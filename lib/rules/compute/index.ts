import type { Rule } from "../rule";

/** Launch type and compute (ECS-COMP). */
export const compute: readonly Rule[] = [];
