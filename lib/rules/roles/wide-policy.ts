import { defineRule } from "../rule";
import { slotsOf } from "./slots";

/** Actions that take no resource, so that "*" is the only thing to write. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const NO_RESOURCE = new Set(["ecr:getauthorizationtoken"]);
const TAKES_NO_RESOURCE = /^(ssmmessages|ec2messages):/i;

export const widePolicy = defineRule({
  id: "ECS-IAM-006",
  severity: "warning",
  title: "Policy wider than the diagram",
  why: "A role that may do everything turns one broken container into a broken account.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const slot of slotsOf(model)) {
      if (slot.role.mode !== "own" || slot.field === "/instanceRole") continue;
      slot.role.statements.forEach((statement, index) => {
        const wide = statement.actions.find((action) => action === "*" || action.endsWith(":*"));
        const everywhere = statement.resources.includes("*");
        const open = statement.actions.find(
          (action) => !NO_RESOURCE.has(action.toLowerCase()) && !TAKES_NO_RESOURCE.test(action),
        );
        const what = wide ?? (everywhere ? open : undefined);
        if (what === undefined) return;
        report({
          at: { node: slot.node.id, field: `${slot.field}/statements/${index}` },
          message: `${slot.name.charAt(0).toUpperCase()}${slot.name.slice(1)} may do ${what} on ${everywhere ? "everything" : "its resources"}. Limit it to the actions and resources that the connections show it needs, or let the role be derived.`,
        });
      });
    }
  },
});
