import { roles } from "../../aws/permissions";
import { clusterOf } from "../../model/queries";
import { defineRule } from "../rule";
import { mayDo } from "./allowed";

const POLICY = "service-role/AmazonEC2ContainerServiceforEC2Role";

export const instanceProfile = defineRule({
  id: "ECS-IAM-001",
  severity: "error",
  title: "EC2 instances without an instance profile",
  why: "The ECS agent on each instance calls ECS with the instance profile. Without it, or without the permissions, the instance never joins the cluster.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const capacity of model.of("asgCapacityProvider")) {
      const role = capacity.props.instanceRole;
      if (mayDo(role, "ecs:RegisterContainerInstance") && role.mode !== "none") continue;
      const what = role.mode === "none" ? "has none" : "has one that may not register instances";
      report({
        at: { node: capacity.id, field: "/instanceRole" },
        message: `The ECS agent on ${capacity.name} calls ECS, ECR and CloudWatch with the instance profile, and ${capacity.name} ${what}; so the instances never join ${clusterOf(capacity)?.name ?? "the cluster"}. Let the role be derived, or attach ${roles.instance.managedPolicies[0]?.split("/").pop() ?? POLICY}.`,
        fix: {
          title: "Derive the instance role",
          risk: "safe",
          edits: [{ edit: "setField", id: capacity.id, field: "/instanceRole" }],
        },
      });
    }
  },
});
