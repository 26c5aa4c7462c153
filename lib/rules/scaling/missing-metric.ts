import { list } from "../../core/text";
import { balancersOf, countedWay } from "../../model/scaling";
import { isWiredToGeneric } from "../generics";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { CPU_60, policiesOf, scaledServices } from "./policies";

export const missingMetric = defineRule({
  id: "ECS-AS-003",
  severity: "error",
  title: "Metric the service does not have",
  why: "Requests per target are counted in the target group of an Application Load Balancer, and a policy names exactly one.",
  docs: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
  needs: ["service"],
  check({ model }, report) {
    for (const { service, scaling } of scaledServices(model.of("service"))) {
      const balancers = balancersOf(service).map(({ balancer }) => balancer);
      for (const { policy, at } of policiesOf(scaling, "TargetTrackingScaling")) {
        if (policy.predefinedMetricType !== "ALBRequestCountPerTarget") continue;
        const [first] = balancers;
        if (!countedWay(service, policy)) {
          // A target group that a generic resource brings is not known here.
          if (!first && isWiredToGeneric(model, service)) continue;
          const names = list(balancers.map(({ name }) => name));
          const what =
            policy.loadBalancer !== undefined
              ? `none from the one that the policy names${first ? `, but ${names}` : ""}`
              : first
                ? `${names}, and none is chosen`
                : "none";
          report({
            at: { node: service.id, field: first ? `${at}/loadBalancer` : `${at}/predefinedMetricType` },
            message: `Requests per target is measured by an Application Load Balancer; ${service.name} has ${what}. ${
              first ? "Choose one" : "Use CPU or memory, or put an ALB in front"
            }.`,
            fix: first
              ? safe(`Count requests of ${first.name}`, set(service.id, `${at}/loadBalancer`, first.id))
              : safe("Keep CPU at 60%", set(service.id, at, CPU_60)),
          });
        } else if (service.props.deploymentController === "CODE_DEPLOY") {
          report({
            at: { node: service.id, field: `${at}/predefinedMetricType` },
            severity: "warning",
            message: `CodeDeploy moves ${service.name} between two target groups, and requests per target is counted in one of them only. Use CPU or memory.`,
            fix: safe("Keep CPU at 60%", set(service.id, at, CPU_60)),
          });
        }
      }
    }
  },
});
