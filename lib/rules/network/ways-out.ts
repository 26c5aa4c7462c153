import { type EndpointService, isGatewayEndpoint } from "../../aws/endpoints";
import type { Tier } from "../../catalog/fields/network";
import { list } from "../../core/text";
import type { Place } from "../../document/document";
import type { Edit } from "../../document/edits/edit";
import { isKind, isRelationEdge } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { clusterOfRunTask, vpcOf } from "../../model/queries";
import type { Flows, Obstacle, Reach, TaskPlace } from "../../network/flow";

/** What the tasks of one place cannot reach for one reason, from one set of subnets. */
export interface Stranded {
  place: TaskPlace;
  /** "Web", or what starts the task. */
  runner: ModelNode;
  /** Where the subnets are chosen. */
  at: Place;
  from: ModelNode;
  tier: Tier;
  vpc: ModelNode<"vpc"> | undefined;
  reaches: readonly Reach[];
}

/** Blocked dependencies with one of these obstacles, put together by place and by the subnets they start from. */
export function stranded(model: Model, flows: Flows, ...obstacles: readonly Obstacle[]): Stranded[] {
  const found = new Map<string, Reach[]>();
  for (const reach of flows.reaches) {
    if (reach.verdict !== "blocked" || reach.obstacle === undefined || !obstacles.includes(reach.obstacle)) continue;
    const key = JSON.stringify([reach.node, reach.edge, reach.taskDefinition, reach.from]);
    const list = found.get(key);
    if (list) list.push(reach);
    else found.set(key, [reach]);
  }
  return [...found.values()].flatMap((reaches) => {
    const [first] = reaches as [Reach];
    const place = flows.places.find(
      ({ node, edge, taskDefinition }) =>
        node === first.node && edge === first.edge && taskDefinition === first.taskDefinition,
    );
    const from = model.node(first.from);
    const runner = model.node(first.node);
    if (!place || !from || !runner) return [];
    const onEdge = first.edge !== undefined && first.from === first.node;
    return [
      {
        place,
        runner,
        from,
        at: { ...(onEdge ? { edge: first.edge as string } : { node: from.id }), field: "/tier" },
        tier: first.tier,
        vpc: networkNode(model, place, from),
        reaches,
      },
    ];
  });
}

/** The box whose subnets a place uses; an edge that starts tasks uses those of its cluster. */
export function networkNode(model: Model, place: TaskPlace, from: ModelNode): ModelNode<"vpc"> | undefined {
  const edge = place.edge === undefined ? undefined : model.edge(place.edge);
  if (!edge || !isRelationEdge(edge, "runTask") || from.id !== place.node) return vpcOf(from);
  return vpcOf((clusterOfRunTask(model, edge) ?? edge.to) as ModelNode);
}

/** "the private subnets of Network". */
export const subnetWords = ({ tier, vpc }: { tier: Tier; vpc: ModelNode<"vpc"> | undefined }): string =>
  `the ${tier} subnets of ${vpc?.name ?? "the VPC"}`;

/** What cannot be reached, in words, each once. */
export const depsWords = (reaches: readonly Reach[], conjunction: "and" | "or" = "or"): string =>
  list([...new Set(reaches.map((reach) => reach.what))], conjunction);

/** The endpoints that would do instead of a way to the internet; null where something has none. */
export function endpointsWanted(reaches: readonly Reach[]): EndpointService[] | null {
  const wanted = new Set<EndpointService>();
  for (const { missing } of reaches) {
    if (missing === null || missing === undefined) return null;
    for (const service of missing) wanted.add(service);
  }
  return [...wanted];
}

/** Adds endpoints to a VPC of the design. */
export function addEndpoints(vpc: ModelNode<"vpc">, services: readonly EndpointService[]): Edit[] {
  const { gatewayEndpoints, interfaceEndpoints } = vpc.props;
  const split = (gateway: boolean, present: readonly string[], field: string): Edit[] => {
    const added = services.filter((service) => isGatewayEndpoint(service) === gateway && !present.includes(service));
    return added.length === 0 ? [] : [{ edit: "setField", id: vpc.id, field, value: [...present, ...added] }];
  };
  return [
    ...split(true, gatewayEndpoints, "/gatewayEndpoints"),
    ...split(false, interfaceEndpoints, "/interfaceEndpoints"),
  ];
}

/** Moves to private subnets behind a NAT gateway. */
export function routeThroughNat(vpc: ModelNode<"vpc">, at: Place, tier: Tier): Edit[] {
  const id = at.edge ?? at.node;
  const edits: Edit[] = [];
  if (tier !== "private" && id !== undefined) edits.push({ edit: "setField", id, field: "/tier", value: "private" });
  if (vpc.props.natGateways === "none") {
    edits.push({ edit: "setField", id: vpc.id, field: "/natGateways", value: "one" });
  }
  return edits;
}

/** Who starts there, as the subject of a sentence: "Tasks of Web". */
export const subjectOf = ({ runner }: { runner: ModelNode }): string =>
  isKind(runner, "service") ? `Tasks of ${runner.name}` : `Tasks that ${runner.name} starts`;
