import type { Rule } from "../rule";

/** Services and deployments (ECS-SVC). */
export const service: readonly Rule[] = [
];
