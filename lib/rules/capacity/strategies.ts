import type { Place } from "../../document/document";
import type { Model, ModelNode } from "../../model/model";
import { capacityOf, runTaskDefinition } from "../../model/queries";

/** One entry of a capacity provider strategy and where it is written. */
export interface Entry {
  provider: string;
  weight: number;
  base: number;
  at: Place;
  /** JSON Pointer in front of /weight and /base. */
  field: string;
}

/** A capacity provider strategy and whose it is. */
export interface Strategy {
  /** "Web", "the default strategy of Main". */
  name: string;
  at: Place;
  entries: readonly Entry[];
  /** The starter of single tasks, which takes fewer providers. */
  byEvent: boolean;
}

interface Written {
  capacityProvider: string;
  weight: number;
  base: number;
}

const written = (list: readonly Written[], at: Place, field: string): Entry[] =>
  list.map(({ capacityProvider, weight, base }, index) => ({
    provider: capacityProvider,
    weight,
    base,
    at,
    field: `${field}/${index}`,
  }));

const FIELD = "/capacityProviderStrategy";

/** Entries of a service: its Fargate strategy, then its Auto Scaling group providers. */
export const entriesOf = (service: ModelNode<"service">): Entry[] => [
  ...written(service.props.capacityProviderStrategy, { node: service.id }, FIELD),
  ...capacityOf(service).map(({ edge, provider }) => ({
    provider: provider.id,
    weight: edge.props.weight,
    base: edge.props.base,
    at: { edge: edge.id },
    field: "",
  })),
];

/** Every strategy of a design that has an entry. */
export function strategiesOf(model: Model): Strategy[] {
  const services = model.of("service").map((service) => ({
    name: service.name,
    at: { node: service.id },
    entries: entriesOf(service),
    byEvent: false,
  }));
  const clusters = model.of("cluster").map((cluster) => ({
    name: `The default strategy of ${cluster.name}`,
    at: { node: cluster.id },
    entries: written(
      cluster.props.defaultCapacityProviderStrategy,
      { node: cluster.id },
      "/defaultCapacityProviderStrategy",
    ),
    byEvent: false,
  }));
  const starts = model.edgesOf("runTask").map((edge) => ({
    name: `${edge.from.name} starting ${(runTaskDefinition(edge) ?? edge.to).name}`,
    at: { edge: edge.id },
    entries: written(edge.props.capacityProviderStrategy, { edge: edge.id }, FIELD),
    byEvent: true,
  }));
  return [...services, ...clusters, ...starts].filter(({ entries }) => entries.length > 0);
}
