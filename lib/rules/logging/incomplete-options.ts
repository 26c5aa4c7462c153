import { pointer } from "../../core/pointer";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";

/** Options the person must give; group, Region and stream prefix of awslogs are filled in by the template. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { splunk: ["splunk-token", "splunk-url"] };

export const incompleteLogOptions = defineRule({
  id: "ECS-LOG-003",
  severity: "error",
  title: "Incomplete log options",
  why: "A log driver that misses what it needs keeps the task from starting.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        const log = container.logConfiguration;
        if (!log) continue;
        const field = pointer("containerDefinitions", container.id, "logConfiguration", "options");
        const options = log.options ?? {};
        const secret = new Set((log.secretOptions ?? []).map((option) => option.name));
        const has = (name: string): boolean =>
          secret.has(name) || (Object.hasOwn(options, name) && options[name] !== "");
        const missing = (Object.hasOwn(NEEDED, log.logDriver) ? (NEEDED[log.logDriver] ?? []) : []).filter(
          (name) => !has(name),
        );
        const empty = log.logDriver === "awslogs" ? Object.keys(options).filter((name) => options[name] === "") : [];
        for (const name of [...missing, ...empty]) {
          report({
            at: { node: task.id, field },
            message: `${container.name} sends its logs through ${log.logDriver} but ${name} is missing, so the task cannot start. Fill it in.`,
          });
        }
        if (log.logDriver !== "awslogs") continue;
        if (has("awslogs-datetime-format") && has("awslogs-multiline-pattern")) {
          report({
            at: { node: task.id, field },
            severity: "warning",
            message: `${container.name} sets both awslogs-datetime-format and awslogs-multiline-pattern; only one of them can split its log events. Remove one.`,
          });
        }
        const group = options["awslogs-group"];
        if (group !== undefined && group !== "" && options["awslogs-create-group"] !== "true") {
          report({
            at: { node: task.id, field },
            severity: "warning",
            message: `${container.name} writes to the log group ${group}, which this template does not create; without it the task cannot start. Make sure that it exists, or remove awslogs-group and let the template create one.`,
          });
        }
      }
    }
  },
});
