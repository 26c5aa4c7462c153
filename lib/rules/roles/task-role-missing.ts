import { list } from "../../core/text";
import { isRelationEdge } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { servicesOf } from "../../model/queries";
import { defineRule } from "../rule";

const CALLS = new Set(["access", "send", "publish", "read"]);

export const taskRoleMissing = defineRule({
  id: "ECS-IAM-004",
  severity: "error",
  title: "Task role missing where it is mandatory",
  why: "Code in a task calls AWS with the task role. ECS Exec and EFS with IAM authorisation cannot work without one.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      if (task.props.taskRole.mode !== "none") continue;
      const mandatory = mandatoryFor(task);
      const calls = callsOf(task);
      if (mandatory.length === 0 && calls.length === 0) continue;
      const fix = {
        title: "Derive the task role",
        risk: "safe" as const,
        edits: [{ edit: "setField" as const, id: task.id, field: "/taskRole" }],
      };
      const at = { node: task.id, field: "/taskRole" };
      if (mandatory.length > 0) {
        report({
          at,
          message: `${task.name} has no task role, but ${list(mandatory)} ${mandatory.length === 1 ? "needs" : "need"} one. Let the role be derived; it belongs to the task definition, not to the instance or service.`,
          fix,
        });
      } else {
        report({
          at,
          severity: "warning",
          message: `Code in ${task.name} calls ${list(calls)}, but it has no task role, so calls are denied. The task role belongs to the task definition (not to the instance or service); let it be derived.`,
          fix,
        });
      }
    }
  },
});

function mandatoryFor(task: ModelNode<"taskDefinition">): string[] {
  const mounts = task.out.filter((edge) => isRelationEdge(edge, "mount") && edge.props.iam);
  const exec = servicesOf(task).some((service) => service.props.enableExecuteCommand);
  return [...(mounts.length > 0 ? ["EFS with IAM authorisation"] : []), ...(exec ? ["ECS Exec"] : [])];
}

function callsOf(task: ModelNode<"taskDefinition">): string[] {
  const called = task.out.filter((edge) => CALLS.has(edge.relation)).map((edge) => edge.to.name);
  const polled = servicesOf(task).flatMap((service) =>
    service.in.filter((edge) => edge.relation === "poll").map((edge) => edge.from.name),
  );
  return [...new Set([...called, ...polled])];
}
