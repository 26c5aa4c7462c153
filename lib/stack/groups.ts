import type { SecurityGroups } from "../catalog/fields/network";
import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import {
  capacityOf,
  clusterOf,
  clusterOfRunTask,
  launchOf,
  networkModeOf,
  placementOfRunTask,
  runTaskDefinition,
  servicesOf,
} from "../model/queries";
import { ownRules } from "./group-rules";
import { type ConstructKey, constructOf, derived, type Lowering, perLowering } from "./lowering";
import { type Network, networkOf } from "./networks";
import { modeOf } from "./ports";
import { PropertySet } from "./property-set";
import type { Origin } from "./stack";
import { att, type Intrinsic, type Properties } from "./value";

/** A security group of the template. */
export interface Group {
  /** Logical id of the AWS::EC2::SecurityGroup. */
  id: string;
  groupId: Intrinsic;
  /** Taken over by hand: derived rules are not added, the person's own are. */
  own: boolean;
}

const groups = perLowering(() => new Map<string, Group>());

interface NewGroup {
  id: string;
  /** Never the name: a changed description would replace the group. */
  description: string;
  network: Network;
  origins: Origin[];
  construct: ConstructKey;
  own?: boolean;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const MAX_DESCRIPTION = 255;

/** Adds a security group that lets everything out and nothing in. */
export function makeGroup(lowering: Lowering, from: NewGroup): Group {
  const { id, origins, construct } = from;
  const properties = new PropertySet()
    .set("GroupDescription", from.description.slice(0, MAX_DESCRIPTION), origins)
    .set("SecurityGroupEgress", [allTraffic()], origins)
    .set("VpcId", from.network.vpcId, origins);
  lowering.add("AWS::EC2::SecurityGroup", id, properties, { origins, construct });
  const group: Group = { id, groupId: att(id, "GroupId"), own: from.own === true };
  groups(lowering).set(id, group);
  return group;
}

/** The egress rule that EC2 gives every new group, written out as the CDK does. */
const allTraffic = (): Properties => ({
  CidrIp: "0.0.0.0/0",
  Description: "Allow all outbound traffic by default",
  IpProtocol: "-1",
});

/** The construct that a node's group belongs to; kinds without a row have no interface. */
const groupConstruct: Partial<Record<ModelNode["kind"], ConstructKey["pattern"]>> = {
  alb: "loadBalancer",
  nlb: "loadBalancer",
  clb: "loadBalancer",
  service: "service",
  efs: "fileSystem",
  asgCapacityProvider: "capacity",
};

/**
 * The node's own security group, made on first use; undefined where the node has none: a kind without interfaces, a
 * Network Load Balancer that was created without, a service whose tasks share the instances' interfaces.
 */
export function groupOf(lowering: Lowering, node: ModelNode): Group | undefined {
  const pattern = groupConstruct[node.kind];
  const slot = (node.props as { securityGroups?: SecurityGroups }).securityGroups;
  if (!pattern || !slot) return undefined;
  if ((node.props as { withSecurityGroup?: boolean }).withSecurityGroup === false) return undefined;
  if (isKind(node, "service") && !hasOwnInterfaces(node)) return undefined;
  const id = lowering.idFor(node, "SecurityGroup");
  const known = groups(lowering).get(id);
  if (known) return known;
  const own = slot.mode === "own";
  const group = makeGroup(lowering, {
    id,
    description: `Security group of ${lowering.idOf(node)}`,
    network: networkOf(lowering, node),
    origins: [own ? lowering.from(node, "/securityGroups") : derived(node)],
    construct: constructOf(pattern, node),
    own,
  });
  if (own) ownRules(lowering, node, group, slot);
  return group;
}

/** True when each task of the service has its own network interface. */
export const hasOwnInterfaces = (service: ModelNode<"service">): boolean => modeOf(service) === "awsvpc";

/**
 * The groups that filter the traffic of a service's tasks: its own (awsvpc), or those of the instances that its tasks
 * are placed on (bridge, host). `rules.md`, Appendix B.
 */
export function groupsOfService(lowering: Lowering, service: ModelNode<"service"> & ModelNode): Group[] {
  if (hasOwnInterfaces(service)) return present([groupOf(lowering, service)]);
  const used = capacityOf(service).map(({ provider }) => provider as ModelNode);
  const providers = used.length > 0 ? used : launchOf(service) === "EC2" ? providersIn(clusterOf(service)) : [];
  return present(providers.map((provider) => groupOf(lowering, provider)));
}

const providersIn = (cluster: ModelNode<"cluster"> | undefined): ModelNode[] =>
  (cluster?.children ?? []).filter((child) => child.kind === "asgCapacityProvider");

/**
 * The groups that filter the traffic of tasks that a RunTask edge starts: those of the service it copies; else one that
 * is made for the task definition in the cluster's network (awsvpc), or those of the cluster's instances.
 */
export function groupsOfRunTask(lowering: Lowering, edge: ModelEdge<"runTask">): Group[] {
  const definition = runTaskDefinition(edge);
  if (!definition) return [];
  const cluster = clusterOfRunTask(lowering.model, edge);
  if (networkModeOf(definition) !== "awsvpc") {
    const { launch } = placementOfRunTask(lowering.model, edge, definition);
    return launch === "EC2" ? present(providersIn(cluster).map((provider) => groupOf(lowering, provider))) : [];
  }
  if (isKind(edge.to, "service")) return present([groupOf(lowering, edge.to)]);
  const network = networkOf(lowering, (cluster ?? definition) as ModelNode);
  const node = definition as ModelNode;
  const id = lowering.idNamed(
    `${lowering.idOf(node)}SecurityGroup`,
    `${node.id}/SecurityGroup/${network.vpc?.id ?? ""}`,
  );
  return [
    groups(lowering).get(id) ??
      makeGroup(lowering, {
        id,
        description: `Security group of single tasks of ${lowering.idOf(node)}`,
        network,
        origins: [derived(edge as ModelEdge)],
        construct: constructOf("taskDefinition", node),
      }),
  ];
}

const runTaskEdges = perLowering((lowering) => {
  const index = new Map<string, ModelEdge<"runTask">[]>();
  for (const edge of lowering.model.edgesOf("runTask")) {
    const definition = runTaskDefinition(edge);
    if (!definition) continue;
    const list = index.get(definition.id);
    if (list) list.push(edge);
    else index.set(definition.id, [edge]);
  }
  return index;
});

/** RunTask edges that start a task definition, in id order. */
export const runTaskEdgesOf = (lowering: Lowering, taskDefinition: ModelNode): readonly ModelEdge<"runTask">[] =>
  runTaskEdges(lowering).get(taskDefinition.id) ?? [];

/** The groups of every place where a task definition runs: services, then single tasks. Each once. */
export function groupsOfTasks(lowering: Lowering, taskDefinition: ModelNode): Group[] {
  const services = servicesOf(taskDefinition).flatMap((service) => groupsOfService(lowering, service as never));
  const single = runTaskEdgesOf(lowering, taskDefinition).flatMap((edge) => groupsOfRunTask(lowering, edge));
  return [...new Set([...services, ...single])];
}

const present = (list: readonly (Group | undefined)[]): Group[] => list.filter((group) => group !== undefined);
