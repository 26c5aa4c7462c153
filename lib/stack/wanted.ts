import type { Pointer } from "../core/pointer";
import type { ModelNode } from "../model/model";
import { type Lowering, perLowering } from "./lowering";
import { stepsSentence } from "./readiness";
import { Intrinsic, targetOf } from "./value";

const conditions = perLowering(() => new Map<string, string>());

/**
 * The condition that a person sets to true once the tasks of a service can start: a parameter that begins as false.
 * For services whose number of tasks is not the template's to say.
 */
export function wanted(
  lowering: Lowering,
  service: ModelNode<"service">,
  steps: readonly string[],
  what: { runs: string; field: Pointer },
): string {
  const known = conditions(lowering).get(service.id);
  if (known !== undefined) return known;
  const node = service as ModelNode;
  const parameter = lowering.parameter(`${lowering.idOf(node)}Wanted`, {
    type: "String",
    description: `Whether ${service.name} ${what.runs}. ${stepsSentence(steps)}, then choose true.`,
    default: "false",
    allowedValues: ["false", "true"],
    origin: lowering.from(node, what.field),
  });
  const condition = lowering.condition(
    `${lowering.idOf(node)}IsWanted`,
    new Intrinsic("Fn::Equals", [parameter, "true"]),
  );
  lowering.describe(`${stepsSentence(steps)}, then set ${targetOf(parameter)} to true.`);
  conditions(lowering).set(service.id, condition);
  return condition;
}

/** The same condition where it was asked for already. */
export const wantedCondition = (lowering: Lowering, service: ModelNode<"service">): string | undefined =>
  conditions(lowering).get(service.id);
