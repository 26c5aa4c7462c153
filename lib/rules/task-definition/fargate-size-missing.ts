import { list } from "../../core/text";
import { safe } from "../repairs";
import { defineRule } from "../rule";
import { fargateUse } from "../workloads";
import { fittingSize, resize, sizeText } from "./sizes";

export const fargateSizeMissing = defineRule({
  id: "ECS-TD-004",
  severity: "error",
  title: "Fargate task without task-level CPU or memory",
  why: "Fargate sizes and bills the whole task, so a definition for Fargate must state CPU and memory itself.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const { cpu, memory } = definition.props;
      const missing = [...(cpu === undefined ? ["CPU"] : []), ...(memory === undefined ? ["memory"] : [])];
      const use = missing.length > 0 ? fargateUse(model, definition) : undefined;
      if (!use) continue;
      const size = fittingSize(definition);
      report({
        at: { node: definition.id, field: cpu === undefined ? "/cpu" : "/memory" },
        also: use.also,
        message: `Fargate sizes and bills the task from its own CPU and memory; ${definition.name} sets no task ${list(missing)}, and ${use.words}. Set task CPU and memory.`,
        ...(size ? { fix: safe(`Set ${sizeText(size)}`, ...resize(definition, size)) } : {}),
      });
    }
  },
});
