import { list } from "../../core/text";
import { defineRule } from "../rule";
import { type Slot, slotsOf } from "./slots";

export const sharedRole = defineRule({
  id: "ECS-IAM-005",
  severity: "warning",
  title: "One role doing two jobs",
  why: "Tasks that share a role get each other's permissions; a task role that is also the execution role lets code read what only ECS needs.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    const byArn = new Map<string, Slot[]>();
    for (const slot of slotsOf(model)) {
      if (slot.role.mode !== "existing") continue;
      const same = byArn.get(slot.role.arn);
      if (same) same.push(slot);
      else byArn.set(slot.role.arn, [slot]);
    }
    for (const [arn, slots] of byArn) {
      // One execution role for several definitions is common and does no harm by itself.
      const tasks = slots.filter((slot) => slot.field !== "/executionRole");
      if (slots.length < 2 || tasks.length === 0) continue;
      const [first, ...others] = slots as [Slot, ...Slot[]];
      report({
        at: { node: first.node.id, field: first.field },
        also: others.map((slot) => ({ node: slot.node.id, field: slot.field })),
        message: `${arn} is shared by ${list(slots.map((slot) => slot.name))}; each gets the others' permissions. Use a task role per service and keep the execution role separate.`,
      });
    }
  },
});
