import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { capacityOf } from "../../model/queries";
import type { Candidate } from "../candidate";
import { defineRule } from "../rule";

export const mixedStrategy = defineRule({
  id: "ECS-CAP-001",
  severity: "error",
  title: "Strategy mixes kinds of capacity",
  why: "A strategy says how tasks are spread over providers of one kind: Fargate, or instances. A cluster may have both kinds, a service uses one.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html",
  needs: ["asgCapacityProvider"],
  refuses(candidate) {
    return mixing(candidate)
      ? {
          reason:
            "A capacity provider strategy holds either Fargate or instance providers, and this service uses Fargate",
          instead: "Clear its Fargate strategy first, or use a second service",
        }
      : undefined;
  },
  check({ model }, report) {
    for (const edge of model.edgesOf("useCapacity")) {
      const service = mixing(edge);
      if (!service) continue;
      const fargate = service.props.capacityProviderStrategy.map((entry) => entry.capacityProvider);
      const names = [...new Set(fargate), ...capacityOf(service).map(({ provider }) => provider.name)];
      report({
        at: { edge: edge.id },
        also: [{ node: service.id, field: "/capacityProviderStrategy" }],
        message: `A capacity provider strategy holds either Fargate or instance providers; ${service.name} mixes ${list(names)}. Use one kind per service.`,
        fix: {
          title: "Clear the Fargate strategy",
          risk: "review",
          edits: [{ edit: "setField", id: service.id, field: "/capacityProviderStrategy" }],
        },
      });
    }
  },
});

/** The service of a connection to instances that has a Fargate strategy already. */
const mixing = ({ relation, from }: Candidate): ModelNode<"service"> | undefined =>
  relation === "useCapacity" && isKind(from, "service") && from.props.capacityProviderStrategy.length > 0
    ? from
    : undefined;
