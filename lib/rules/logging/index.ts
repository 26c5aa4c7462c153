import type { Rule } from "../rule";
import { logDriver } from "./driver";
import { firelensRouter } from "./firelens";
import { incompleteLogOptions } from "./incomplete-options";
import { noLogging } from "./no-logging";

/** Logging (ECS-LOG). */
export const logging: readonly Rule[] = [logDriver, noLogging, incompleteLogOptions, firelensRouter];
