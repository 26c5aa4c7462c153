import { isKind } from "../../model/build";
import type { Candidate } from "../candidate";
import { removeEdge, review } from "../repairs";
import { defineRule } from "../rule";

export const instancesOnFargate = defineRule({
  id: "ECS-COMP-002",
  severity: "error",
  title: "Fargate workload wired to EC2 instances",
  why: "On Fargate, AWS supplies the compute. There are no instances to choose, so AWS refuses a launch type of FARGATE together with an Auto Scaling group.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate.html",
  needs: ["asgCapacityProvider"],
  refuses(candidate) {
    if (!isFargateOnInstances(candidate)) return undefined;
    return {
      reason: "Fargate supplies the compute; there are no instances to choose",
      instead: "Set the launch type to EC2 if you need your own instances",
    };
  },
  check({ model }, report) {
    for (const edge of model.edgesOf("useCapacity")) {
      if (!isFargateOnInstances(edge)) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: edge.from.id, field: "/launchType" }, { node: edge.to.id }],
        message: `${edge.from.name} runs on Fargate, where AWS supplies the compute and there are no instances to manage. Remove the connection to ${edge.to.name}, or change the launch type to EC2 if you need your own instances.`,
        fix: review(`Disconnect ${edge.to.name}`, removeEdge(edge.id)),
      });
    }
  },
});

/** Only an explicit launch type: a service that inherits Fargate from its cluster leaves it by naming a provider. */
const isFargateOnInstances = ({ relation, from }: Candidate): boolean =>
  relation === "useCapacity" && isKind(from, "service") && from.props.launchType === "FARGATE";
