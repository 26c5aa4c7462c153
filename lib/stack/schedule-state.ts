import type { ModelEdge, ModelNode } from "../model/model";
import { runTaskDefinition } from "../model/queries";
import type { Lowering } from "./lowering";
import { stepsBeforeFirstStart, stepsSentence } from "./readiness";
import type { Value } from "./value";

/**
 * State of something that starts tasks by the clock. Where the tasks cannot start yet (their image is pushed only after
 * the stack exists), a parameter decides, and it starts as DISABLED.
 */
export function scheduleState(
  lowering: Lowering,
  node: ModelNode,
  state: "ENABLED" | "DISABLED",
  starts: readonly ModelEdge<"runTask">[],
): Value {
  if (state === "DISABLED") return state;
  const steps = [
    ...new Set(
      starts.flatMap((edge) => {
        const definition = runTaskDefinition(edge);
        return definition ? stepsBeforeFirstStart(definition as ModelNode) : [];
      }),
    ),
  ];
  if (steps.length === 0) return state;
  lowering.describe("Schedules whose tasks cannot start yet are disabled until their State parameter is ENABLED.");
  return lowering.parameter(`${lowering.idOf(node)}State`, {
    type: "String",
    description: `Whether ${node.name} fires. ${stepsSentence(steps)}, then choose ENABLED.`,
    default: "DISABLED",
    allowedValues: ["ENABLED", "DISABLED"],
    origin: lowering.from(node, "/state"),
  });
}
