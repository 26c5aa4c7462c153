import type { ModelEdge, ModelNode } from "../../model/model";
import { clusterOf, clusterOfRunTask } from "../../model/queries";
import { constructOf, derived, type Lowering, perLowering } from "../lowering";
import { PropertySet } from "../property-set";
import { namespacesOf } from "../service-connect";
import type { Origin } from "../stack";
import { ref, sub, type Value } from "../value";
import { kebab } from "../words";

/** Clusters, the capacity providers they may use, and the namespaces that Service Connect needs. */
export function lowerClusters(lowering: Lowering): void {
  for (const cluster of lowering.model.of("cluster")) lowerCluster(lowering, cluster);
  for (const { cluster, edges } of namespacesOf(lowering)) lowerNamespace(lowering, cluster, edges);
}

function lowerCluster(lowering: Lowering, cluster: ModelNode<"cluster">): void {
  const node = cluster as ModelNode;
  const id = lowering.idOf(node);
  const construct = constructOf("cluster", node);
  const insights = { Name: "containerInsights", Value: cluster.props.containerInsights };
  const properties = new PropertySet().set("ClusterSettings", [insights], lowering.from(node, "/containerInsights"));
  lowering.add("AWS::ECS::Cluster", id, properties, { origins: lowering.drawn(node), construct });
  const providers = providersOf(lowering, cluster);
  const strategy = cluster.props.defaultCapacityProviderStrategy;
  if (providers.length === 0 && strategy.length === 0) return;
  const field = lowering.from(node, "/defaultCapacityProviderStrategy");
  const parts: Record<string, Origin[]> = {};
  providers.forEach((provider, index) => {
    parts[`/${index}`] = [provider.origin];
  });
  lowering.add(
    "AWS::ECS::ClusterCapacityProviderAssociations",
    associationsId(lowering, node),
    new PropertySet()
      .set(
        "CapacityProviders",
        providers.map((provider) => provider.value),
        derived(node),
        parts,
      )
      .set("Cluster", ref(id), derived(node))
      .set(
        "DefaultCapacityProviderStrategy",
        strategy.map(({ capacityProvider, weight, base }) => ({
          Base: base,
          CapacityProvider: capacityProvider,
          Weight: weight,
        })),
        field,
      ),
    { origins: derived(node), construct },
  );
}

/** Id of what ties capacity providers to a cluster; services that use one wait for it. */
export const associationsId = (lowering: Lowering, cluster: ModelNode): string =>
  lowering.idFor(cluster, "CapacityProviders");

/** Clusters where something names FARGATE or FARGATE_SPOT as a capacity provider, with the first that does. */
const fargateUse = perLowering((lowering) => {
  const used = new Map<string, Origin>();
  const note = (cluster: ModelNode<"cluster"> | undefined, origin: Origin): void => {
    if (cluster && !used.has(cluster.id)) used.set(cluster.id, origin);
  };
  const field = "/capacityProviderStrategy";
  for (const service of lowering.model.of("service")) {
    if (service.props.capacityProviderStrategy.length === 0) continue;
    note(clusterOf(service as ModelNode), lowering.from(service as ModelNode, field));
  }
  for (const edge of lowering.model.edgesOf("runTask")) {
    if (edge.props.capacityProviderStrategy.length === 0) continue;
    note(clusterOfRunTask(lowering.model, edge), lowering.from(edge as ModelEdge, field));
  }
  return used;
});

/** Both Fargate providers as soon as one is used (as the CDK does), and the providers that stand in the cluster. */
function providersOf(lowering: Lowering, cluster: ModelNode<"cluster">): { value: Value; origin: Origin }[] {
  const node = cluster as ModelNode;
  const fargate =
    cluster.props.defaultCapacityProviderStrategy.length > 0
      ? lowering.from(node, "/defaultCapacityProviderStrategy")
      : fargateUse(lowering).get(node.id);
  const own = node.children
    .filter((child) => child.kind === "asgCapacityProvider")
    .map((child) => ({ value: ref(lowering.idOf(child)) as Value, origin: lowering.drawn(child) }));
  if (!fargate) return own;
  return [{ value: "FARGATE", origin: fargate }, { value: "FARGATE_SPOT", origin: fargate }, ...own];
}

/** Namespaces need a name, unique in account and Region: that of the stack and of the cluster. */
function lowerNamespace(lowering: Lowering, cluster: ModelNode<"cluster">, edges: readonly ModelEdge[]): void {
  const node = cluster as ModelNode;
  const origins = edges.map((edge) => derived(edge));
  lowering.add(
    "AWS::ServiceDiscovery::HttpNamespace",
    namespaceId(lowering, node),
    new PropertySet().set("Name", sub(`\${AWS::StackName}-${kebab(lowering.idOf(node))}`), origins),
    { origins, construct: constructOf("serviceConnect", node) },
  );
}

/** Id of the namespace of a cluster's services. */
export const namespaceId = (lowering: Lowering, cluster: ModelNode): string => lowering.idFor(cluster, "Namespace");
