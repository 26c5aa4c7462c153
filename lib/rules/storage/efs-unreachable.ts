import type { Json } from "../../core/json";
import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { clusterOf, isFargate, networkModeOf, type Placement, placementsOf, vpcOf } from "../../model/queries";
import { admit as admitMissing, closedHops } from "../network/groups";
import { inDifferentVpcs, vpcName } from "../networks";
import { defineRule, type Fix } from "../rule";
import { type Mount, mountsOf, placeName } from "./volumes";

export const efsUnreachable = defineRule({
  id: "ECS-STO-004",
  severity: "error",
  title: "EFS mount blocked or missing",
  why: "A task mounts its file systems before its containers start, over NFS to a mount target in its own VPC. When nothing answers there, the task stops.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
  needs: ["efs"],
  refuses({ relation, from, to }, model) {
    if (relation !== "mount" || !isKind(from, "taskDefinition") || !isKind(to, "efs")) return undefined;
    const stranger = apart(model, from, to);
    if (!stranger) return undefined;
    const home = vpcName(stranger.cluster as ModelNode);
    // Outside all boxes means an existing VPC; on a new canvas it is more often a file system dropped beside its box.
    if (!vpcOf(to)) {
      return {
        reason: `Mount targets live in one VPC: ${to.name} stands in no VPC box, which means an existing VPC, and these tasks run in ${home}`,
        instead: `Drag ${to.name} into ${home}`,
      };
    }
    return {
      reason: "Mount targets live in one VPC, and these tasks run in another",
      instead: "Use a file system in the VPC of the tasks",
    };
  },
  check({ model, stack, flows }, report) {
    for (const mount of mountsOf(model)) {
      const { edge, taskDefinition, container, efs } = mount;
      const also = [{ node: efs.id }, { node: taskDefinition.id }];
      const stranger = apart(model, taskDefinition, efs);
      if (stranger) {
        report({
          at: { edge: edge.id },
          also,
          message: `${placeName(stranger)} mounts ${efs.name}, but the file system has its mount targets in ${vpcName(efs)} and the tasks run in ${vpcName(stranger.cluster as ModelNode)}, so the task stops before it starts. Use a file system in the VPC of the tasks.`,
        });
        continue;
      }
      const blocked = (flows.flow(edge.id)?.hops ?? []).filter((hop) => hop.verdict === "blocked");
      const says = (reason: string, todo: string, fix?: Fix) =>
        report({
          at: { edge: edge.id },
          also,
          message: `Container ${container} mounts ${efs.name}, but ${reason}, so the task stops before it starts. ${todo}.`,
          ...(fix ? { fix } : {}),
        });
      const clients = clientsOf(model, taskDefinition);
      const named = list(clients.map((client) => `the group of ${client.name}`)) || "the tasks";
      if (blocked.some((hop) => hop.stage === "ingress")) {
        says("no security group rule lets NFS in", `Allow NFS (tcp 2049) from ${named}`, admit(mount, clients));
      }
      if (blocked.some((hop) => hop.stage === "egress")) {
        const closed = closedHops(flows.flow(edge.id)).filter((hop) => hop.missing.direction === "egress");
        const edits = admitMissing(model, stack, closed);
        says(
          `${named} restricts what may leave and does not let NFS out`,
          `Allow NFS (tcp 2049) to ${efs.name}`,
          edits && { title: "Let NFS out of these tasks", risk: "safe", edits },
        );
      }
    }
  },
});

/** A place where the definition runs in another VPC than the file system's. */
const apart = (
  model: Model,
  taskDefinition: ModelNode<"taskDefinition">,
  efs: ModelNode<"efs">,
): Placement | undefined =>
  placementsOf(model, taskDefinition).find(({ cluster }) => cluster !== undefined && inDifferentVpcs(cluster, efs));

/** Nodes whose group the NFS traffic comes from: the service in awsvpc mode, else the instances. */
function clientsOf(model: Model, taskDefinition: ModelNode<"taskDefinition">): ModelNode[] {
  return placementsOf(model, taskDefinition).flatMap(({ service, launch, cluster }): readonly ModelNode[] => {
    if (!service) return [];
    if (isFargate(launch) || networkModeOf(taskDefinition) === "awsvpc") return [service];
    return model.of("asgCapacityProvider").filter((provider) => clusterOf(provider) === cluster);
  });
}

/** An ingress rule from each client, in a group that a person has taken over. */
function admit({ efs }: Mount, clients: readonly ModelNode[]): Fix | undefined {
  const groups = efs.props.securityGroups;
  if (groups.mode !== "own" || clients.length === 0) return undefined;
  const added = clients.map(({ id }) => ({ ipProtocol: "tcp", fromPort: 2049, toPort: 2049, peer: { node: id } }));
  const value = [...groups.ingress, ...added] as unknown as Json;
  return {
    title: "Allow NFS from these tasks",
    risk: "safe",
    edits: [{ edit: "setField", id: efs.id, field: "/securityGroups/ingress", value }],
  };
}
