import type { Rule } from "../rule";

/** Capacity providers and placement (ECS-CAP). */
export const capacity: readonly Rule[] = [
];
