import { list } from "../core/text";
import { isKind } from "../model/build";
import type { Model } from "../model/model";
import type { TaskPlace } from "../network/flow";
import { pullActions } from "../rules/registries/pull-permission";
import { permission } from "../rules/roles/allowed";
import { executionActions } from "../rules/roles/execution-role-missing";

/** What the execution role may have to allow and nobody here knows whether it does; undefined where that is nothing. */
export function roleDoubt(model: Model, place: TaskPlace): string | undefined {
  const task = model.node(place.taskDefinition);
  if (!task || !isKind(task, "taskDefinition")) return undefined;
  const role = task.props.executionRole;
  const pulls = task.out.some(({ relation, to }) => relation === "pull" && isKind(to, "ecrRepository"));
  const needed = [...executionActions(model, task), ...(pulls ? pullActions : [])];
  const unknown = [...new Set(needed)].filter((action) => permission(role, action) === "unknown");
  if (unknown.length === 0) return undefined;
  const why = role.mode === "existing" ? "exists already" : "has managed policies that are not known here";
  return `The execution role of ${task.name} ${why}, so whether it allows ${list(unknown)}, the design does not say.`;
}
