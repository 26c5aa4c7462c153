import { pointer } from "../../core/pointer";
import type { Edit } from "../../document/edits/edit";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";
import { variablesOf } from "./variables";

export const duplicateVariable = defineRule({
  id: "ECS-SEC-002",
  severity: "error",
  title: "Same variable given twice",
  why: "A name that stands in both environment and secrets, or twice in one of them, leaves open which value the container gets; registration fails.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        const seen = new Map<string, ReturnType<typeof variablesOf>[number]>();
        for (const variable of variablesOf(task, container)) {
          if (variable.name === "") {
            report({
              at: variable.at,
              message: `${container.name} has a variable without a name, so its task cannot start. Name it, or remove it.`,
            });
            continue;
          }
          const first = seen.get(variable.name);
          if (!first) {
            seen.set(variable.name, variable);
            continue;
          }
          const plain = [first, variable].find((one) => one.list === "environment");
          const edits: Edit[] = plain
            ? [
                {
                  edit: "setField",
                  id: task.id,
                  field: pointer("containerDefinitions", container.id, "environment"),
                  value: container.environment.filter((_, index) => index !== plain.index),
                },
              ]
            : [];
          report({
            at: variable.at,
            also: [first.at],
            message: `${container.name} defines ${variable.name} twice; the container cannot know which to use and registration fails. ${plain ? "Keep the secret." : "Give one of them another name."}`,
            ...(plain ? { fix: { title: `Remove the plain ${variable.name}`, risk: "safe" as const, edits } } : {}),
          });
        }
      }
    }
  },
});
