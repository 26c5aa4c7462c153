import { at, isOpen, itemsOf, keyOf } from "../network/lookup";
import { taskPort } from "../network/places";
import type { Value } from "../stack/value";
import { type About, type Against, fails, unsure } from "./about";

/**
 * What ECS refuses of a registration with AWS Cloud Map: tasks that share the interface of their instance are known by
 * SRV records alone, of a container and its port.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html
 */
export function registries(about: About): Against[] {
  const { ServiceRegistries } = about.place.resource.properties;
  if (ServiceRegistries === undefined) return [];
  if (isOpen(ServiceRegistries))
    return [unsure(`Where ${about.place.name} registers is known only when the template is deployed.`)];
  return (itemsOf(ServiceRegistries) ?? []).flatMap((item) => registry(about, item));
}

function registry({ place, definition, ground }: About, item: Value): Against[] {
  const arn = at(item, "RegistryArn");
  const found = arn === undefined ? undefined : ground.network.lookup.resource(keyOf(arn));
  const records = itemsOf(at(found?.properties.DnsConfig, "DnsRecords"))?.map((record) => at(record, "Type"));
  const [container, inside, port] = ["ContainerName", "ContainerPort", "Port"].map((name) => at(item, name));
  const named = container !== undefined && inside !== undefined;
  const where = found?.id ?? "its registry";
  const mode = String(definition.properties.NetworkMode ?? "bridge");
  if (place.own) {
    return records?.includes("SRV") && !named && port === undefined
      ? [
          fails(
            `${place.name} registers an SRV record with ${where} and names no port for it. Give ContainerName and ContainerPort.`,
          ),
        ]
      : [];
  }
  const shared = `in network mode ${mode} its tasks share the interface of their instance`;
  if (!named)
    return [
      fails(`${place.name} registers with ${where} without ContainerName and ContainerPort, but ${shared}. Name both.`),
    ];
  const other = records?.find((type) => type !== "SRV");
  if (other !== undefined)
    return [
      isOpen(other)
        ? unsure(`Whether ${where} keeps SRV records alone is known only when the template is deployed.`)
        : fails(
            `${where} keeps records of type ${String(other)}, but ${shared}, so that only SRV records lead to them. Use SRV, or awsvpc.`,
          ),
    ];
  if (!found) return [unsure(`Which records the registry of ${place.name} keeps, this template does not say.`)];
  if (!isOpen(container) && !isOpen(inside) && !taskPort(place, container, inside))
    return [
      fails(
        `${place.name} registers ${String(container)}:${String(inside)} with ${where}, which is no port mapping of ${definition.id}.`,
      ),
    ];
  return [];
}
