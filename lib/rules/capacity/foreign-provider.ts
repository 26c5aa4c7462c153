import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { clusterOf } from "../../model/queries";
import type { Candidate } from "../candidate";
import { defineRule } from "../rule";

export const foreignProvider = defineRule({
  id: "ECS-CAP-003",
  severity: "error",
  title: "Provider not usable in this cluster",
  why: "A service uses the capacity providers of its own cluster.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
  needs: ["asgCapacityProvider"],
  refuses(candidate) {
    const ends = endsOf(candidate);
    if (!ends?.theirs || !ends.own || ends.theirs === ends.own) return undefined;
    return {
      reason: `${ends.provider.name} belongs to ${ends.theirs.name}, and a service uses the capacity of its own cluster`,
      instead: `Use a provider of ${ends.own.name}, or move one of the two`,
    };
  },
  check({ model }, report) {
    for (const edge of model.edgesOf("useCapacity")) {
      const ends = endsOf(edge);
      // A service without a cluster is GR-002.
      if (!ends?.own || ends.theirs === ends.own) continue;
      const { provider, service, own, theirs } = ends;
      report({
        at: theirs ? { edge: edge.id } : { node: provider.id },
        also: [{ node: service.id }, ...(theirs ? [{ node: provider.id }] : [{ edge: edge.id }])],
        message: `${provider.name} does not belong to ${own.name}, so ${service.name} cannot use it. ${
          theirs ? `It belongs to ${theirs.name}: use a provider of ${own.name}` : "Move it into the cluster"
        }.`,
        ...(theirs
          ? {}
          : {
              fix: {
                title: `Move it into ${own.name}`,
                risk: "review" as const,
                edits: [{ edit: "reparent" as const, id: provider.id, parent: own.id }],
              },
            }),
      });
    }
  },
});

interface Ends {
  service: ModelNode;
  provider: ModelNode;
  /** The cluster of the service. */
  own: ModelNode | undefined;
  /** The cluster of the provider. */
  theirs: ModelNode | undefined;
}

const endsOf = ({ relation, from, to }: Candidate): Ends | undefined =>
  relation === "useCapacity" && isKind(from, "service") && isKind(to, "asgCapacityProvider")
    ? { service: from, provider: to, own: clusterOf(from), theirs: clusterOf(to) }
    : undefined;
