import { actionsFor } from "../../aws/permissions";
import { list } from "../../core/text";
import { containersOf, taskDefinitionOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { lacking } from "../roles/allowed";
import { defineRule } from "../rule";
import { containerField } from "../workloads";

export const exec = defineRule({
  id: "ECS-CON-010",
  severity: "error",
  title: "ECS Exec cannot work here",
  why: "ECS Exec runs the SSM agent in the container. It writes its files to the root file system and calls Systems Manager with the task role.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const definition = service.props.enableExecuteCommand ? taskDefinitionOf(service) : undefined;
      if (!definition) continue;
      const also = [{ node: service.id, field: "/enableExecuteCommand" }];
      const says = (who: string, reason: string) =>
        `ECS Exec needs a task role and a writable root file system in ${who}; ${reason}. Turn Exec off or fix the container.`;
      if (definition.props.taskRole.mode === "none") {
        report({
          at: { node: definition.id, field: "/taskRole" },
          also,
          message: says(definition.name, "it has no task role"),
          fix: safe("Derive the task role", set(definition.id, "/taskRole")),
        });
      }
      const missing = lacking(definition.props.taskRole, actionsFor("execute-command"));
      if (missing.length > 0) {
        report({
          at: { node: definition.id, field: "/taskRole" },
          also,
          message: says(definition.name, `its task role lacks ${list(missing)}`),
          fix: safe("Derive the task role", set(definition.id, "/taskRole")),
        });
      }
      for (const container of containersOf(definition)) {
        const field = containerField(container.id, "readonlyRootFilesystem");
        if (container.readonlyRootFilesystem) {
          report({
            at: { node: definition.id, field },
            also,
            message: says(container.name, "its root file system is read-only"),
            fix: safe("Make its root file system writable", set(definition.id, field, false)),
          });
        } else if (/nanoserver/i.test(container.image ?? "")) {
          report({
            at: { node: definition.id, field: containerField(container.id, "image") },
            also,
            message: says(container.name, "its image is Nano Server, on which the agent does not run"),
            fix: safe("Turn ECS Exec off", set(service.id, "/enableExecuteCommand")),
          });
        }
      }
    }
  },
});
