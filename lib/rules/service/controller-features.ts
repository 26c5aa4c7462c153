import type { ModelNode } from "../../model/model";
import { launchOf, taskDefinitionOf } from "../../model/queries";
import { defineRule } from "../rule";

export const controllerFeatures = defineRule({
  id: "ECS-SVC-003",
  severity: "error",
  title: "Controller and feature do not match",
  why: "The deployment circuit breaker and the deployment percentages belong to ECS's own deployment controller. With CodeDeploy or an external one AWS refuses them, and with an external one also a task definition, since task sets name it.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentController.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const { deploymentController: controller } = service.props;
      if (controller === "ECS") continue;
      // Defaults do not count: they are left out with other controllers.
      const drawn = model.document.nodes[service.id]?.props ?? {};
      const set = (field: string): boolean => Object.hasOwn(drawn, field);
      const says = (field: string, feature: string, verb: string) =>
        report({
          at: { node: service.id, field },
          message: `${feature} ${verb} to the ECS deployment controller; ${service.name} uses ${controller}. Change the controller or remove it.`,
          fix: {
            title: "Use the ECS deployment controller",
            risk: "safe",
            edits: [{ edit: "setField", id: service.id, field: "/deploymentController" }],
          },
        });
      if (set("circuitBreaker") && service.props.circuitBreaker.enable) {
        says("/circuitBreaker", "The deployment circuit breaker", "belongs");
      }
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
      if (controller === "EXTERNAL" && taskDefinitionOf(service as ModelNode)) {
        says("/deploymentController", "A service with a task definition, network and load balancers", "belongs");
      }
      if (launchOf(service) !== "EC2") continue;
      if (service.props.minimumHealthyPercent !== undefined) {
        says("/minimumHealthyPercent", "A minimum healthy percent on EC2", "belongs");
      }
      if (service.props.maximumPercent !== undefined) {
        says("/maximumPercent", "A maximum percent on EC2", "belongs");
      }
    }
  },
});
