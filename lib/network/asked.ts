import type { Resource } from "../stack/stack";
import type { Hop } from "./flow";
import type { Packet } from "./groups";
import type { Place } from "./places";
import type { Ground } from "./walks/walk";

/** The name of everything outside AWS, as an end of a way. A resource of this logical id takes precedence. */
export const INTERNET = "internet";

/** What is asked of a way beside its ends. */
export interface Asked {
  protocol?: Packet["protocol"] | undefined;
  port?: number | undefined;
  /** Ranges of the clients outside AWS; all addresses where they are not said. */
  clients?: readonly string[] | undefined;
}

/** A load balancer of any kind. */
export const isBalancer = (resource: Resource): boolean =>
  resource.type === "AWS::ElasticLoadBalancingV2::LoadBalancer" ||
  resource.type === "AWS::ElasticLoadBalancing::LoadBalancer";

/** The packet that is asked about. */
export const packetOf = ({ protocol, port }: Asked, otherwise: number): Packet => {
  const number = port ?? otherwise;
  return { protocol: protocol ?? "tcp", ports: { from: number, to: number } };
};

/** True for a packet that may be the one that is asked about: what was not said may be anything. */
export const fits = ({ protocol, port }: Asked, packet: Packet): boolean =>
  (protocol === undefined || packet.protocol === protocol) &&
  (port === undefined || (packet.ports.from <= port && port <= packet.ports.to));

/** "tcp/443", or only "udp". */
export const askedText = ({ protocol = "tcp", port }: Asked): string =>
  port === undefined ? protocol : `${protocol}/${port}`;

/** The places whose tasks answer for a resource. */
export const placesAt = ({ places }: Ground, { type, id }: Resource): readonly Place[] => {
  if (type === "AWS::ECS::TaskDefinition") return places.of(id);
  const place = type === "AWS::ECS::Service" ? places.ofService(id) : undefined;
  return place ? [place] : [];
};

/** Hops that differ in something. */
export const unique = (hops: readonly Hop[]): Hop[] => [
  ...new Map(hops.map((hop) => [JSON.stringify(hop), hop])).values(),
];
