import { isKind } from "../../model/build";
import { placementsOf } from "../../model/queries";
import { defineRule } from "../rule";

export const dockerHubAtRunTime = defineRule({
  id: "ECS-ECR-004",
  severity: "info",
  title: "Docker Hub at run time",
  why: "Anonymous pulls from Docker Hub are limited per address. Tasks behind one NAT gateway share its address.",
  docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
  needs: ["dockerHub"],
  check({ model }, report) {
    if (!model.production) return;
    for (const edge of model.edgesOf("pull")) {
      if (!isKind(edge.from, "taskDefinition") || !isKind(edge.to, "dockerHub") || edge.to.props.private) continue;
      const loggedIn = edge.from.out.some(
        (other) => other.relation === "credentials" && other.fromContainer === edge.fromContainer,
      );
      if (loggedIn || !placementsOf(model, edge.from).some((place) => place.service)) continue;
      report({
        at: { edge: edge.id },
        message: `Anonymous Docker Hub pulls of ${edge.to.name} are rate-limited and shared per address (often the NAT gateway's), so scaling out may fail. Use an ECR pull-through cache or credentials.`,
      });
    }
  },
});
