import { own } from "../../core/json";
import { pointer } from "../../core/pointer";
import { grantsOf } from "../../grants/grants";
import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";

/** What the driver needs for its option, and AWS's usual policies do not give. */
export const CREATE = "logs:CreateLogGroup";
const OPTION = "awslogs-create-group";

export const logGroupCreation = defineRule({
  id: "ECS-IAM-013",
  severity: "warning",
  title: "Log group creation not permitted",
  why: "With awslogs-create-group the log driver makes the group itself, which AWS's usual policies for execution and instance roles do not allow. Without the permission the task does not start.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  needs: ["taskDefinition"],
  check({ model, stack }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        const options = container.logConfiguration?.options ?? {};
        if (container.logConfiguration?.logDriver !== "awslogs" || own(options, OPTION) !== "true") continue;
        // Policies are read only where somebody asks for it.
        const denied = grantsOf(model, stack).permissions.find(
          ({ node, actions, what, verdict }) =>
            node === task.id &&
            actions.includes(CREATE) &&
            what.endsWith(` of ${container.name}`) &&
            verdict === "denied",
        );
        if (!denied?.who || !("role" in denied.who)) continue;
        const field = pointer("containerDefinitions", container.id, "logConfiguration", "options", OPTION);
        report({
          at: { node: task.id, field },
          message: `${container.name} asks to create its log group, but ${denied.who.role} may only write to existing ones, so the task fails to start. Add ${CREATE} to the role, or drop the option and let the template make the group.`,
          fix: safe("Drop the option", set(task.id, field)),
        });
      }
    }
  },
});
