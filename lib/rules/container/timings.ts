import { nearestWithin, type Range, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import type { Model, ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField, fargateUse } from "../workloads";
import { checkKernel } from "./kernel-settings";

type Definition = ModelNode<"taskDefinition">;

/** Where sources disagree: the API's page says 60 seconds, the CDK accepts 120. */
const longestTimeout = 120;

export const timings = defineRule({
  id: "ECS-CON-007",
  severity: "error",
  title: "Health check or timing value out of range",
  why: "AWS refuses a task definition whose health check, timeouts or restart policy leave the documented ranges.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      for (const container of containersOf(definition)) {
        checkHealth(definition, container, report);
        checkRestart(definition, container, report);
        checkTimeouts(model, definition, container, report);
        checkKernel(definition, container, fargateUse(model, definition) !== undefined, report);
      }
    }
  },
});

function checkHealth(definition: Definition, container: Container, report: Report): void {
  const { healthCheck } = container;
  if (!healthCheck) return;
  const { command, timeout, interval = limits.healthCheckInterval.default ?? 30 } = healthCheck;
  const [kind] = command;
  if (command.length < 2 || (kind !== "CMD" && kind !== "CMD-SHELL")) {
    const field = containerField(container.id, "healthCheck", "command");
    report({
      at: { node: definition.id, field },
      message: `The health check of ${container.name} does not start with CMD or CMD-SHELL followed by a command; ECS refuses the task definition. Write CMD-SHELL and the command that checks the container.`,
      ...(command.length === 0 || kind === "CMD" || kind === "CMD-SHELL"
        ? {}
        : { fix: safe("Run it in a shell", set(definition.id, field, ["CMD-SHELL", command.join(" ")])) }),
    });
  }
  const number = (name: "interval" | "retries" | "startPeriod", range: Range) =>
    outside(definition, container, ["healthCheck", name], healthCheck[name], range, report);
  number("interval", limits.healthCheckInterval);
  number("retries", limits.healthCheckRetries);
  number("startPeriod", limits.healthCheckStartPeriod);
  if (timeout === undefined) return;
  const range = limits.healthCheckTimeout;
  if (timeout < range.min || timeout > longestTimeout) {
    outside(definition, container, ["healthCheck", "timeout"], timeout, range, report);
  } else if (timeout > range.max) {
    warn(
      definition,
      container,
      `is ${timeout}; AWS documents ${rangeText(range)}, though some tools accept more`,
      range.max,
      report,
    );
  } else if (timeout >= interval) {
    const value = Math.max(range.min, Math.min(range.default ?? 5, interval - 1));
    warn(
      definition,
      container,
      `is ${timeout}, not less than the interval of ${interval}, so checks overlap`,
      value,
      report,
    );
  }
}

function warn(definition: Definition, container: Container, what: string, nearest: number, report: Report): void {
  const field = containerField(container.id, "healthCheck", "timeout");
  report({
    at: { node: definition.id, field },
    severity: "warning",
    message: `timeout on ${container.name} ${what}. Use ${nearest}.`,
    fix: safe(`Set ${nearest}`, set(definition.id, field, nearest)),
  });
}

function checkRestart(definition: Definition, container: Container, report: Report): void {
  const policy = container.restartPolicy;
  if (!policy) return;
  const { enabled, ignoredExitCodes: codes, restartAttemptPeriod: period } = policy;
  outside(
    definition,
    container,
    ["restartPolicy", "restartAttemptPeriod"],
    period,
    limits.restartAttemptPeriod,
    report,
  );
  const field = containerField(container.id, "restartPolicy");
  const most = limits.restartIgnoredExitCodes.max;
  if ((codes?.length ?? 0) > most) {
    report({
      at: { node: definition.id, field: `${field}/ignoredExitCodes` },
      message: `ignoredExitCodes on ${container.name} lists ${codes?.length} codes; ECS accepts ${most} and refuses the task definition otherwise. Keep the ${most} that matter.`,
      fix: safe(`Keep the first ${most}`, set(definition.id, `${field}/ignoredExitCodes`, codes?.slice(0, most) ?? [])),
    });
  }
  if (enabled || (codes === undefined && period === undefined)) return;
  report({
    at: { node: definition.id, field: `${field}/enabled` },
    // AWS's pages do not say that the API refuses it; the CDK does.
    severity: "warning",
    message: `The restart policy of ${container.name} is off but sets when to restart, which has no effect. Turn it on, or remove these settings.`,
    fix: safe("Turn the restart policy on", set(definition.id, `${field}/enabled`, true)),
  });
}

function checkTimeouts(model: Model, definition: Definition, container: Container, report: Report): void {
  const { startTimeout, stopTimeout } = container;
  if ((startTimeout ?? stopTimeout) === undefined || !fargateUse(model, definition)) return;
  outside(definition, container, ["startTimeout"], startTimeout, limits.startTimeoutOnFargate, report);
  outside(definition, container, ["stopTimeout"], stopTimeout, limits.stopTimeoutOnFargate, report);
}

function outside(
  definition: Definition,
  container: Container,
  path: readonly string[],
  value: number | undefined,
  range: Range,
  report: Report,
): void {
  if (value === undefined || within(range, value)) return;
  const nearest = nearestWithin(range, value);
  const field = containerField(container.id, ...path);
  report({
    at: { node: definition.id, field },
    message: `${path.at(-1)} on ${container.name} is ${value}; ECS accepts ${rangeText(range)} and refuses the task definition otherwise. Use ${nearest}.`,
    fix: safe(`Set ${nearest}`, set(definition.id, field, nearest)),
  });
}
