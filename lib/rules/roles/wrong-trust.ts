import { defineRule } from "../rule";
import { checkRole } from "./role-values";
import { slotsOf } from "./slots";

export const wrongTrust = defineRule({
  id: "ECS-IAM-012",
  severity: "error",
  title: "Wrong trust principal",
  why: "Only the service named in a role's trust policy can assume it; with another one the task or instance never gets its credentials.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition", "asgCapacityProvider"],
  check({ model }, report) {
    for (const slot of slotsOf(model)) {
      checkRole(slot, report);
      if (slot.role.mode !== "own" || slot.role.trusts === slot.trusts) continue;
      report({
        at: { node: slot.node.id, field: `${slot.field}/trusts` },
        message: `${slot.name.charAt(0).toUpperCase()}${slot.name.slice(1)} can be assumed by ${slot.role.trusts || "nobody"}, not by ${slot.trusts}, so it cannot be used there. Fix the trusted service.`,
        fix: {
          title: `Trust ${slot.trusts}`,
          risk: "safe",
          edits: [{ edit: "setField", id: slot.node.id, field: `${slot.field}/trusts`, value: slot.trusts }],
        },
      });
    }
  },
});
