import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import { at, booleanOf, itemsOf, keyOf, numberOf, textOf } from "./lookup";
import type { Place } from "./places";
import type { Ground } from "./walks/walk";

/** A service that others may call by a name. */
export interface Call {
  from: string;
  to: string;
  /** Container port that answers; undefined where the name leads to the task as a whole. */
  port: number | undefined;
  /** Whether the name stands in the caller's environment; else it only may call. */
  named: boolean;
}

/** A name of a service in a namespace. */
interface Name {
  /** As an application writes it; undefined where only the deployment knows. */
  text: string | undefined;
  service: string;
  port: number | undefined;
  /** Services that learn of it: those of its namespace, by Service Connect. */
  namespace: string | undefined;
  /** The resource of Cloud Map that holds it. */
  registry: string | undefined;
}

/**
 * Who calls whom by the names of Service Connect and of AWS Cloud Map: whoever names a service in its environment, and as
 * a possibility every service of a namespace each of those that it knows by Service Connect.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
export function callsByName(ground: Ground): Call[] {
  const names = [...connectNames(ground), ...registryNames(ground)];
  if (names.length === 0) return [];
  const calls: Call[] = [];
  for (const place of ground.places.all) {
    const { resource } = place;
    const inside = namespaceOf(ground, resource);
    const said = environmentOf(place.taskDefinition);
    for (const { text, service, port, namespace, registry } of names) {
      if (service === resource.id) continue;
      // What Service Connect offers is known inside of its namespace only.
      const knows = namespace === undefined || namespace === inside;
      const written = text !== undefined && said.texts.some((one) => mentions(one, text));
      const named = knows && (written || (registry !== undefined && said.refers.has(registry)));
      if (named || (namespace !== undefined && namespace === inside))
        calls.push({ from: resource.id, to: service, port, named });
    }
  }
  return calls;
}

/** A name as a whole host: "http://orders:8080/x" mentions orders; "orders-db" and "http://x/orders" do not. */
function mentions(text: string, name: string): boolean {
  for (let from = text.indexOf(name); from >= 0 && name !== ""; from = text.indexOf(name, from + 1)) {
    const [before, after] = [
      text.slice(Math.max(0, from - 2), from),
      text.slice(from + name.length, from + name.length + 2),
    ];
    const starts = !/[A-Za-z0-9._-]$|(?:^|[^/])\/$/.test(before);
    if (starts && !/^(?:[A-Za-z0-9_-]|\.[A-Za-z])/.test(after)) return true;
  }
  return false;
}

/** Everything that environment variables of a task definition say. */
function environmentOf({ properties }: Resource): { texts: readonly string[]; refers: ReadonlySet<string> } {
  const values = (itemsOf(properties.ContainerDefinitions) ?? []).flatMap((container) =>
    (itemsOf(at(container, "Environment")) ?? []).flatMap((item) => at(item, "Value") ?? []),
  );
  return { texts: values.flatMap((value) => textOf(value) ?? []), refers: referredBy(values) };
}

/** The Service Connect namespace of a service, as a key; undefined where it takes no part or nobody knows. */
export function namespaceOf({ network: { lookup } }: Ground, { properties }: Resource): string | undefined {
  const configuration = properties.ServiceConnectConfiguration;
  if (booleanOf(at(configuration, "Enabled")) !== true) return undefined;
  const cluster = lookup.resource(targetOf(properties.Cluster));
  const value = at(configuration, "Namespace") ?? at(cluster?.properties.ServiceConnectDefaults, "Namespace");
  if (value === undefined) return undefined;
  const key = keyOf(value);
  // By its id, its ARN or its name.
  const same = NAMESPACES.flatMap((type) => lookup.where(type, "Name", key))[0];
  return same?.id ?? key;
}

const NAMESPACES = [
  "AWS::ServiceDiscovery::HttpNamespace",
  "AWS::ServiceDiscovery::PrivateDnsNamespace",
  "AWS::ServiceDiscovery::PublicDnsNamespace",
];

function connectNames(ground: Ground): Name[] {
  return ground.places.all.flatMap((place) => {
    const namespace = namespaceOf(ground, place.resource);
    if (namespace === undefined) return [];
    const offered = itemsOf(at(place.resource.properties.ServiceConnectConfiguration, "Services")) ?? [];
    return offered.flatMap((entry): Name[] => {
      const portName = at(entry, "PortName");
      const port = portName === undefined ? undefined : portNamed(place, portName);
      if (port === undefined) return [];
      const base = { service: place.resource.id, port, namespace, registry: undefined };
      const zone = nameOfNamespace(ground, namespace);
      const own = textOf(at(entry, "DiscoveryName") ?? portName);
      const aliases = itemsOf(at(entry, "ClientAliases")) ?? [];
      const usual = own === undefined || zone === undefined ? undefined : `${own}.${zone}`;
      if (aliases.length === 0) return [{ ...base, text: usual }];
      return aliases.map((alias) => ({ ...base, text: textOf(at(alias, "DnsName")) ?? usual }));
    });
  });
}

const nameOfNamespace = ({ network }: Ground, key: string): string | undefined =>
  textOf(network.lookup.resource(key)?.properties.Name) ?? (network.lookup.resource(key) ? undefined : key);

/** Container port of the mapping of a name. */
function portNamed({ taskDefinition }: Place, name: Value): number | undefined {
  for (const container of itemsOf(taskDefinition.properties.ContainerDefinitions) ?? []) {
    for (const mapping of itemsOf(at(container, "PortMappings")) ?? []) {
      if (at(mapping, "Name") === name) return numberOf(at(mapping, "ContainerPort"));
    }
  }
  return undefined;
}

/** Names that services register with AWS Cloud Map. */
function registryNames(ground: Ground): Name[] {
  const { lookup } = ground.network;
  return ground.places.all.flatMap(({ resource }) =>
    (itemsOf(resource.properties.ServiceRegistries) ?? []).flatMap((item): Name[] => {
      const registry = lookup.resource(targetOf(at(item, "RegistryArn")));
      if (registry?.type !== "AWS::ServiceDiscovery::Service") return [];
      const { Name: name, NamespaceId, DnsConfig } = registry.properties;
      const space = lookup.resource(targetOf(NamespaceId ?? at(DnsConfig, "NamespaceId")));
      const [own, zone] = [textOf(name), textOf(space?.properties.Name)];
      const port = numberOf(at(item, "ContainerPort") ?? at(item, "Port"));
      const text = own === undefined || zone === undefined ? undefined : `${own}.${zone}`;
      return [{ text, service: resource.id, port, namespace: undefined, registry: registry.id }];
    }),
  );
}

/** True where a service sends through the proxy of Service Connect. */
export const isConnected = (place: Place | undefined): boolean =>
  place !== undefined && booleanOf(at(place.resource.properties.ServiceConnectConfiguration, "Enabled")) === true;
