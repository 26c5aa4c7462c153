import { clusterOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";

/** What the ECS agent reads on Linux and on Windows. */
const joins = /ECS_CLUSTER|Initialize-ECSAgent/;
/** A name that is written out: CloudFormation names the cluster itself, and nobody can write that beforehand. */
const named = /(?:ECS_CLUSTER=|-Cluster )["']?([A-Za-z0-9_-]+)/;

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
      if (!cluster || customUserData === undefined) continue;
      const other = named.exec(customUserData)?.[1];
      if (other === undefined && joins.test(customUserData)) continue;
      const says =
        other === undefined
          ? "names no cluster, so its instances register with one called default"
          : `names the cluster ${other}, and CloudFormation gives ${cluster.name} another name`;
      report({
        at: { node: provider.id, field: "/customUserData" },
        also: [{ node: cluster.id }],
        message: `Every EC2 instance must run the ECS agent and register with ${cluster.name}; the user data of ${provider.name} ${says}. Leave the user data empty to have it written, or set ECS_CLUSTER in /etc/ecs/ecs.config to what the instance is told.`,
        fix: review("Have the user data written", set(provider.id, "/customUserData")),
      });
    }
  },
});
