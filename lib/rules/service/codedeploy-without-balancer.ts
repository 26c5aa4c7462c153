import { forwardsTo } from "../load-balancing/forwards";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";

export const codedeployWithoutBalancer = defineRule({
  id: "ECS-SVC-004",
  severity: "error",
  title: "CodeDeploy blue/green not complete",
  why: "CodeDeploy replaces tasks by moving the traffic of a load balancer, so ECS refuses a service with this controller that stands behind none. (The second target group and the deployment group are made outside the drawing.)",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const balanced = forwardsTo(service).some(({ balancer }) => balancer.kind !== "clb");
      if (service.props.deploymentController !== "CODE_DEPLOY" || balanced) continue;
      report({
        at: { node: service.id, field: "/deploymentController" },
        message: `CodeDeploy switches traffic between two target groups of one load balancer; ${service.name} stands behind no Application or Network Load Balancer, so ECS refuses it. Put one in front, or use the ECS deployment controller.`,
        fix: safe("Use the ECS deployment controller", set(service.id, "/deploymentController")),
      });
    }
  },
});
