import { isKind, isRelationEdge } from "../../model/build";
import { chosenContainer, taskDefinitionOf } from "../../model/queries";
import type { Resource } from "../../stack/stack";
import { vpcHop } from "../crossing";
import type { Hop } from "../flow";
import { type Packet, portText } from "../groups";
import { between } from "../hops";
import type { Interfaces, Network } from "../interfaces";
import { at, itemsOf, numberOf } from "../lookup";
import { dynamicPort, endsOf, type Place, possibleDynamicRanges, type TaskPort, taskPort } from "../places";
import { neverHop, unknownHop } from "./request";
import type { Walk } from "./walk";

/** Service → service: from the caller's groups to the callee's port. */
export const walkCall: Walk = ({ network, places }, edge) => {
  const [caller, callee] = [edge.from, edge.to].map((node) => {
    const service = network.lookup.ofNode("AWS::ECS::Service", node.id)[0];
    return service && places.ofService(service.id);
  });
  const definition = isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;
  const props = isRelationEdge(edge, "call") ? edge.props : undefined;
  const container = definition && chosenContainer(definition, props?.container);
  const mapped = container?.portMappings.find((mapping) => mapping.containerPort !== undefined);
  const wanted = props?.containerPort ?? mapped?.containerPort;
  const port = callee && container && taskPort(callee, container.name, wanted ?? null);
  if (!caller || !callee || !port) {
    return [unknownHop(edge.from.name, edge.to.name, `${edge.to.name} has no port to call yet.`)];
  }
  const answering = overridden(callee, container.name, port, wanted);
  return callHops(network, caller, callee, answering);
};

/** From where one task runs to the port on which another answers. */
export function callHops(network: Network, caller: Place, callee: Place, port: TaskPort): Hop[] {
  const apart = caller.apart ?? callee.apart;
  if (apart !== undefined) return [neverHop(caller.name, callee.name, apart, portText(port))];
  const [sources, targets] = [endsOf(caller), endsOf(callee)];
  const missing = sources.length === 0 ? caller : targets.length === 0 ? callee : undefined;
  if (missing) {
    const why = missing.unknown ?? `The instances that run ${missing.name} are not part of this design.`;
    return [unknownHop(caller.name, callee.name, why, portText(port))];
  }
  return sources.flatMap((from) => targets.flatMap((to) => joined(network, from, to, port)));
}

/** The hops between two sets of interfaces: the VPC that they share, the groups of both. */
export function joined(
  network: Network,
  from: Interfaces,
  to: Interfaces,
  port: Packet & { dynamic?: boolean },
): Hop[] {
  const apart = vpcHop(network, from, to, portText(port));
  const way = port.dynamic ? { perhaps: possibleDynamicRanges } : {};
  return [...(apart ? [apart] : []), ...between(network, from, to, port, way)];
}

/**
 * The port on which the Service Connect proxy of the callee answers for a container port: the one that the service says,
 * else the container port itself, in bridge mode a random one.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
 */
export function overridden(
  callee: Place,
  container: string,
  port: TaskPort,
  containerPort: number | undefined,
): TaskPort {
  const definitions = itemsOf(callee.taskDefinition.properties.ContainerDefinitions) ?? [];
  const mappings =
    itemsOf(
      at(
        definitions.find((item) => at(item, "Name") === container),
        "PortMappings",
      ),
    ) ?? [];
  const name = at(
    mappings.find((item) => numberOf(at(item, "ContainerPort")) === containerPort),
    "Name",
  );
  if (name === undefined) return port;
  const entry = connectServices(callee.resource).find((item) => at(item, "PortName") === name);
  if (entry === undefined) return port;
  const override = numberOf(at(entry, "IngressPortOverride"));
  if (override !== undefined) return { ...port, ports: { from: override, to: override }, dynamic: false };
  return callee.own || callee.taskDefinition.properties.NetworkMode === "host"
    ? port
    : dynamicPort(callee, port.protocol);
}

const connectServices = (service: Resource) =>
  itemsOf(at(service.properties.ServiceConnectConfiguration, "Services")) ?? [];
