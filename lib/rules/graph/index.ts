import type { Rule } from "../rule";
import { containment } from "./containment";
import { incompleteService } from "./incomplete-service";
import { internetToTask } from "./internet-to-task";
import { notInGrammar } from "./not-in-grammar";
import { unconnected } from "./unconnected";

/** The graph and its connections (ECS-GR). */
export const graph: readonly Rule[] = [notInGrammar, incompleteService, unconnected, containment, internetToTask];
