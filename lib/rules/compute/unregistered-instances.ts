import { clusterOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";

/** What the ECS agent reads on Linux and on Windows. */
const joins = /ECS_CLUSTER|Initialize-ECSAgent/;

export const unregisteredInstances = defineRule({
  id: "ECS-COMP-003",
  severity: "warning",
  title: "EC2 instance that will not join the cluster",
  why: "The ECS agent registers its instance with the cluster that its configuration names, and with the one called default when it names none.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ECS_instances.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const provider of model.of("asgCapacityProvider")) {
      const cluster = clusterOf(provider);
      const { customUserData } = provider.props;
      // Unset user data is written for the cluster; whether an image of one's own has the agent, nobody can see.
      if (!cluster || customUserData === undefined || joins.test(customUserData)) continue;
      report({
        at: { node: provider.id, field: "/customUserData" },
        also: [{ node: cluster.id }],
        message: `Every EC2 instance must run the ECS agent and register with ${cluster.name}; the user data of ${provider.name} names no cluster, so its instances register with one called default. Set ECS_CLUSTER in /etc/ecs/ecs.config, or leave the user data empty to have it written.`,
        fix: review("Have the user data written", set(provider.id, "/customUserData")),
      });
    }
  },
});
