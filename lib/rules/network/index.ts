import type { Rule } from "../rule";

/** Networking and security groups (ECS-NET). */
export const network: readonly Rule[] = [];
