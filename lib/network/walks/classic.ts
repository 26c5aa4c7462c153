import type { Resource } from "../../stack/stack";
import { vpcHop } from "../crossing";
import type { Hop } from "../flow";
import { type Packet, portText } from "../groups";
import { between, plainHop } from "../hops";
import { balancerInterfaces } from "../interfaces";
import { at, itemsOf, keyOf, numberOf } from "../lookup";
import { taskPort } from "../places";
import { unknownHop } from "./request";
import type { Ground } from "./walk";

/** A Classic Load Balancer registers instances, and reaches each on the listener's instance port. */
export function classicHops(
  { network, places }: Ground,
  balancer: Resource,
  service: Resource | undefined,
  name: string,
): Hop[] {
  const place = service && places.ofService(service.id);
  const entry = (itemsOf(service?.properties.LoadBalancers) ?? []).find((item) => {
    const named = at(item, "LoadBalancerName");
    return named !== undefined && keyOf(named) === balancer.id;
  });
  const port = place && taskPort(place, at(entry, "ContainerName"), at(entry, "ContainerPort"));
  if (!service || !place || !port || port.dynamic) {
    return [unknownHop(balancer.id, name, `${name} offers ${balancer.id} no fixed host port.`)];
  }
  const from = balancerInterfaces(network, balancer);
  const listens = (itemsOf(balancer.properties.Listeners) ?? []).some(
    (item) => numberOf(at(item, "InstancePort")) === port.ports.from,
  );
  const packet: Packet = { protocol: "tcp", ports: port.ports };
  return [
    plainHop("listener", {
      at: `${balancer.id} → ${service.id}`,
      resource: balancer.id,
      port: portText(packet),
      verdict: listens ? "open" : "blocked",
      why: listens
        ? `A listener of ${balancer.id} forwards to instance port ${port.ports.from}.`
        : `No listener of ${balancer.id} forwards to instance port ${port.ports.from}.`,
    }),
    ...place.instances.flatMap((end) => {
      const apart = vpcHop(network, from, end, portText(packet));
      return [...(apart ? [apart] : []), ...between(network, from, end, packet)];
    }),
  ];
}
