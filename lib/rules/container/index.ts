import type { Rule } from "../rule";

/** Containers and images (ECS-CON). */
export const container: readonly Rule[] = [];
