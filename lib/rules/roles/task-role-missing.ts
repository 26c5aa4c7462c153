import { list } from "../../core/text";
import { isRelationEdge } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { servicesOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { denied, lacksWords } from "./allowed";

const CALLS = new Set(["access", "send", "publish", "read"]);

export const taskRoleMissing = defineRule({
  id: "ECS-IAM-004",
  severity: "error",
  title: "Task role missing where it is mandatory",
  why: "Code in a task calls AWS with the task role; without one its calls are denied, and EFS with IAM authorisation refuses the mount. (ECS Exec is ECS-CON-010.)",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition"],
  check(on, report) {
    const { model } = on;
    for (const task of model.of("taskDefinition")) {
      const { taskRole } = task.props;
      const code = denied(on, taskRole, ({ node, edge, check }) => {
        return node === task.id && edge !== undefined && check === undefined;
      });
      const missing = lacksWords(on, taskRole, code);
      if (missing.length > 0) {
        report({
          at: { node: task.id, field: "/taskRole" },
          severity: "warning",
          message: `Code in ${task.name} calls ${list(callsOf(task))}, but its task role lacks ${list(missing)}, so calls are denied. Add what is missing, or let the role be derived.`,
          fix: safe("Derive the task role", set(task.id, "/taskRole")),
        });
      }
      if (task.props.taskRole.mode !== "none") continue;
      const calls = callsOf(task);
      const mounts = task.out.filter((edge) => isRelationEdge(edge, "mount") && edge.props.iam);
      const [mount] = mounts;
      const place = {
        at: { node: task.id, field: "/taskRole" },
        fix: {
          title: "Derive the task role",
          risk: "safe" as const,
          edits: [{ edit: "setField" as const, id: task.id, field: "/taskRole" }],
        },
      };
      if (mount) {
        report({
          ...place,
          also: mounts.map((edge) => ({ edge: edge.id })),
          message: `${task.name} mounts ${mount.to.name} with IAM authorisation, but it has no task role, so the mount is denied and the task stops before it starts. Let the role be derived, or turn IAM authorisation off; the task role belongs to the task definition (not to the instance or service).`,
        });
      } else if (calls.length > 0) {
        report({
          ...place,
          severity: "warning",
          message: `Code in ${task.name} calls ${list(calls)}, but it has no task role, so calls are denied. The task role belongs to the task definition (not to the instance or service); let it be derived.`,
        });
      }
    }
  },
});

function callsOf(task: ModelNode<"taskDefinition">): string[] {
  const called = task.out.filter((edge) => CALLS.has(edge.relation)).map((edge) => edge.to.name);
  const polled = servicesOf(task).flatMap((service) =>
    service.in.filter((edge) => edge.relation === "poll").map((edge) => edge.from.name),
  );
  return [...new Set([...called, ...polled])];
}
