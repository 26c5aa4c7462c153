import { list } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { servicesOf } from "../../model/queries";
import { defineRule } from "../rule";

const CALLS = new Set(["access", "send", "publish", "read"]);

export const taskRoleMissing = defineRule({
  id: "ECS-IAM-004",
  severity: "warning",
  title: "Task role missing where it is needed",
  why: "Code in a task calls AWS with the task role; without one its calls are denied. (EFS with IAM authorisation is ECS-STO-006, ECS Exec is ECS-CON-010.)",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      if (task.props.taskRole.mode !== "none") continue;
      const calls = callsOf(task);
      if (calls.length === 0) continue;
      report({
        at: { node: task.id, field: "/taskRole" },
        message: `Code in ${task.name} calls ${list(calls)}, but it has no task role, so calls are denied. The task role belongs to the task definition (not to the instance or service); let it be derived.`,
        fix: {
          title: "Derive the task role",
          risk: "safe",
          edits: [{ edit: "setField", id: task.id, field: "/taskRole" }],
        },
      });
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
