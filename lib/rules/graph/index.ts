import type { Rule } from "../rule";

/** The graph and its connections (ECS-GR). */
export const graph: readonly Rule[] = [];
