import { defineRule } from "../rule";

export const automaticRollback = defineRule({
  id: "ECS-SVC-002",
  severity: "warning",
  title: "No automatic rollback",
  why: "Without the deployment circuit breaker ECS starts tasks of a broken version again and again, for hours.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { deploymentController, circuitBreaker } = service.props;
      if (deploymentController !== "ECS" || (circuitBreaker.enable && circuitBreaker.rollback)) continue;
      report({
        at: { node: service.id, field: "/circuitBreaker" },
        severity: model.production ? "warning" : "info",
        message: `A bad image of ${service.name} would ${
          circuitBreaker.enable ? "stop the deployment half-way" : "be retried for hours"
        }. Turn on the deployment circuit breaker with rollback.`,
        fix: {
          title: "Roll back automatically",
          risk: "safe",
          edits: [{ edit: "setField", id: service.id, field: "/circuitBreaker" }],
        },
      });
    }
  },
});
