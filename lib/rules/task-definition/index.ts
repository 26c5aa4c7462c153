import type { Rule } from "../rule";

/** Task definitions (ECS-TD). */
export const taskDefinition: readonly Rule[] = [];
