import { list } from "../../core/text";
import { isKind } from "../../model/build";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";

/** How people name what only helps another container of the same task. */
const sidecar =
  /envoy|x-?ray|otel|opentelemetry|fluent|firelens|log-?router|datadog|dd-agent|cloudwatch|cwagent|nginx|proxy|sidecar|metrics/i;

export const severalApplications = defineRule({
  id: "ECS-TD-011",
  severity: "info",
  title: "Several applications in one task definition",
  why: "All containers of a task start, scale, deploy and stop together, so one application holds the other back.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/application_architecture.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const linked = new Set(
        model
          .edgesOf("dependsOn")
          .filter((edge) => isKind(edge.from, "taskDefinition") && edge.from.id === definition.id)
          .flatMap((edge) => [edge.fromContainer, edge.toContainer]),
      );
      const applications = containersOf(definition).filter(
        (container) =>
          container.essential &&
          container.portMappings.length > 0 &&
          !container.firelensConfiguration &&
          !linked.has(container.id) &&
          !sidecar.test(`${container.name} ${container.image ?? ""}`),
      );
      if (applications.length < 2) continue;
      report({
        at: { node: definition.id, field: "/containerDefinitions" },
        message: `${list(applications.map((container) => container.name))} of ${definition.name} look like separate applications. Containers in one task scale, deploy and fail together. Keep sidecars (logs, metrics, proxies) here, but give separate applications their own task definition and service.`,
      });
    }
  },
});
