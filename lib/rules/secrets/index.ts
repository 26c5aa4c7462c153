import type { Rule } from "../rule";
import { duplicateVariable } from "./duplicate-variable";
import { environmentFile } from "./environment-file";
import { plainSecret } from "./plain-secret";
import { unusableReference } from "./unusable-reference";

/** Secrets and environment (ECS-SEC). */
export const secrets: readonly Rule[] = [plainSecret, duplicateVariable, unusableReference, environmentFile];
