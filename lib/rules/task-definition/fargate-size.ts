import { fargateMemoryFor, fargateSizeStatus } from "../../aws/fargate-sizes";
import { safe } from "../repairs";
import { defineRule } from "../rule";
import { fargateUse } from "../workloads";
import { allowedText, fittingSize, osOfDefinition, resize, sizeText } from "./sizes";

export const fargateSize = defineRule({
  id: "ECS-TD-003",
  severity: "error",
  title: "Fargate CPU and memory do not go together",
  why: "Fargate offers a fixed list of task sizes, and AWS refuses a definition with any other pair of CPU and memory.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const { cpu, memory } = definition.props;
      if (cpu === undefined || memory === undefined) continue;
      const use = fargateUse(model, definition);
      const os = osOfDefinition(definition);
      const status = fargateSizeStatus(cpu, memory, os);
      if (!use || status === "valid") continue;
      const field = fargateMemoryFor(cpu, os).length === 0 ? "/cpu" : "/memory";
      if (status === "unconfirmed") {
        report({
          at: { node: definition.id, field },
          also: use.also,
          severity: "warning",
          message: `${definition.name} asks for ${cpu} CPU / ${memory} MiB, a size that is newer than the table we can confirm. Check that your Region offers it before you deploy.`,
        });
        continue;
      }
      const size = fittingSize(definition);
      const name = os === "windows" ? "Windows" : "Linux";
      report({
        at: { node: definition.id, field },
        also: use.also,
        message: `Fargate has no ${cpu} CPU / ${memory} MiB size for ${name}. ${field === "/cpu" ? `Use ${allowedText(cpu, os)}` : `With ${cpu} CPU use ${allowedText(cpu, os)}`}.`,
        ...(size ? { fix: safe(`Use ${sizeText(size)}`, ...resize(definition, size)) } : {}),
      });
    }
  },
});
