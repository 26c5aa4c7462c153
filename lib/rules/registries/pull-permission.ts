import { actionsFor, optionalActions } from "../../aws/permissions";
import { isKind } from "../../model/build";
import { capacityOf, isFargate, placementsOf } from "../../model/queries";
import { denied, lacksWords, mayDo } from "../roles/allowed";
import { defineRule } from "../rule";

/** What pulling from a private repository cannot do without. */
const pullActions = actionsFor("pull-image").filter((action) => !optionalActions.actions.has(action));

export const pullPermission = defineRule({
  id: "ECS-ECR-001",
  severity: "error",
  title: "No permission to pull from a private repository",
  why: "The execution role pulls the image (on EC2 without one, the instance role does). Without the ECR actions tasks stop with CannotPullContainerError.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  needs: ["ecrRepository"],
  check(on, report) {
    const { model } = on;
    for (const edge of model.edgesOf("pull")) {
      const task = edge.from;
      if (!isKind(task, "taskDefinition") || !isKind(edge.to, "ecrRepository")) continue;
      const role = task.props.executionRole;
      const cannot = lacksWords(
        on,
        role,
        denied(on, role, (permission) => permission.edge === edge.id),
      );
      if (role.mode === "own" && cannot.length > 0) {
        report({
          at: { node: task.id, field: "/executionRole" },
          also: [{ edge: edge.id }],
          message: `The execution role of ${task.name} may not pull ${edge.to.name}: it lacks ${cannot.join(", ")}, so tasks stop with CannotPullContainerError. Add the actions, or let the role be derived.`,
          fix: {
            title: "Derive the execution role",
            risk: "safe",
            edits: [{ edit: "setField", id: task.id, field: "/executionRole" }],
          },
        });
      }
      if (role.mode !== "none") continue;
      for (const place of placementsOf(model, task)) {
        if (isFargate(place.launch) || !place.service) continue;
        for (const { provider } of capacityOf(place.service)) {
          const instanceRole = provider.props.instanceRole;
          if (instanceRole.mode !== "own" || pullActions.every((action) => mayDo(instanceRole, action))) continue;
          report({
            at: { node: provider.id, field: "/instanceRole" },
            also: [{ edge: edge.id }],
            message: `The instance role of ${provider.name} may not pull ${edge.to.name}, and ${task.name} has no execution role, so tasks stop with CannotPullContainerError. Add the ECR actions, or let the execution role be derived.`,
            fix: {
              title: "Derive the execution role",
              risk: "safe",
              edits: [{ edit: "setField", id: task.id, field: "/executionRole" }],
            },
          });
        }
      }
    }
  },
});
