import type { Known, Stack } from "../../stack/stack";
import { resourcesOf } from "../../stack/stack";
import { type Properties, targetOf, type Value } from "../../stack/value";

/** A container of a task definition and the name of its Compose service. */
export interface Part {
  properties: Properties;
  /** Name in the task definition. */
  container: string;
  service: string;
}

/** The containers of one task definition; they share a network, as the containers of a task do. */
export interface Task {
  resource: Known<"AWS::ECS::TaskDefinition">;
  family: string;
  parts: Part[];
  /** The part that the others join; it has the ports of all. */
  owner: Part | undefined;
  /** False when the containers reach one another by name only (bridge mode). */
  sharesNetwork: boolean;
  /** A service keeps it running. */
  runs: boolean;
  /** Names and ports under which Service Connect makes it known. */
  aliases: { name: string; port: number; target: number | undefined }[];
}

const listOf = (value: Value | undefined): Properties[] => (Array.isArray(value) ? (value as Properties[]) : []);
export const textOf = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** Every task definition of the stack with names that no other container has. */
export function planOf(stack: Stack): Task[] {
  const taken = new Set<string>();
  const services = resourcesOf(stack, "AWS::ECS::Service");
  const definitions = resourcesOf(stack, "AWS::ECS::TaskDefinition");
  const uses = new Map<string, number>();
  for (const { properties } of definitions) {
    for (const { Name } of listOf(properties.ContainerDefinitions)) {
      const name = legal(textOf(Name) ?? "container");
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  return definitions.map((resource) => {
    const { properties, id } = resource;
    const family = textOf(properties.Family) ?? id;
    const parts = listOf(properties.ContainerDefinitions).map((one): Part => {
      const container = textOf(one.Name) ?? "container";
      const short = legal(container);
      const wanted = uses.get(short) === 1 ? short : `${legal(family)}-${short}`;
      return { properties: one, container, service: free(wanted, taken) };
    });
    const runners = services.filter((service) => targetOf(service.properties.TaskDefinition) === id);
    return {
      resource,
      family,
      parts,
      owner: parts.find(({ properties: { DependsOn } }) => listOf(DependsOn).length === 0) ?? parts[0],
      sharesNetwork: properties.NetworkMode === "awsvpc" || properties.NetworkMode === "host",
      runs: runners.length > 0,
      aliases: runners.flatMap(({ properties: { ServiceConnectConfiguration } }) =>
        aliasesOf(ServiceConnectConfiguration as Properties | undefined, parts),
      ),
    };
  });
}

function aliasesOf(connect: Properties | undefined, parts: readonly Part[]): Task["aliases"] {
  return listOf(connect?.Services).flatMap(({ PortName, DiscoveryName, ClientAliases }) => {
    const mapping = parts
      .flatMap(({ properties }) => listOf(properties.PortMappings))
      .find(({ Name }) => Name === PortName);
    const target = typeof mapping?.ContainerPort === "number" ? mapping.ContainerPort : undefined;
    return listOf(ClientAliases).flatMap(({ DnsName, Port }) => {
      const name = textOf(DnsName) ?? textOf(DiscoveryName);
      return name !== undefined && typeof Port === "number" ? [{ name, port: Port, target }] : [];
    });
  });
}

/** Names of services. https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json (`^[a-zA-Z0-9._-]+$`) */
export const legal = (name: string): string => name.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 200) || "container";

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted}-${number}`;
  taken.add(name.toLowerCase());
  return name;
}
