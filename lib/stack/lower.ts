import type { Model } from "../model/model";
import { createLowering, type Lowering } from "./lowering";
import { repositories } from "./passes/ecr";
import { parameters } from "./passes/parameters";
import { queues } from "./passes/queues";
import { secrets } from "./passes/secrets";
import { topics } from "./passes/topics";
import type { Stack } from "./stack";

/**
 * One per concern, in the order that they read what others have made:
 * 1. what edges only refer to: network, repositories, buckets, file systems, secrets, parameters, queues, topics;
 * 2. what grants to task and execution roles (same files) and adds to container definitions;
 * 3. load balancers, group rules; 4. task definitions (the roles are complete now); 5. capacity, cluster, services;
 * 6. rules and schedules (they pass the roles on); 7. generic resources.
 */
const passes: readonly ((lowering: Lowering) => void)[] = [repositories, secrets, parameters, queues, topics];

/** What a drawing creates. Total: every design has a stack, faulty ones too. */
export function lower(model: Model): Stack {
  const lowering = createLowering(model);
  for (const pass of passes) pass(lowering);
  return lowering.finish();
}
