import { certainMemoryOf, cpuUnitsOf, instanceFacts } from "../aws/instance-types";
import { count } from "../core/text";
import { isKind } from "../model/build";
import type { Model } from "../model/model";
import { networkModeOf, placementsOf } from "../model/queries";
import { taskRangeOf } from "../model/scaling";
import type { TaskPlace } from "../network/flow";
import { fixedPort } from "../rules/network/fixed-host-port";
import { claimsOf } from "../rules/task-definition/sizes";
import { providersOf } from "../rules/workloads";
import type { Besides } from "./checks";

/**
 * Whether the instances have room for as many tasks as the service wants, and whether the system leaves enough memory
 * for one. That one does not fit at all is a finding of its own. An upper bound: other services may share the instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export function roomDoubts(model: Model, place: TaskPlace): Besides[] {
  const task = model.node(place.taskDefinition);
  if (!task || !isKind(task, "taskDefinition")) return [];
  const placement = placementsOf(model, task).find(({ service, edge }) =>
    place.edge === undefined ? service?.id === place.node : edge?.id === place.edge,
  );
  if (placement?.launch !== "EC2") return [];
  const providers = providersOf(placement);
  const claims = claimsOf(task);
  const need = { cpu: task.props.cpu ?? claims.cpu, memory: task.props.memory ?? claims.memory };
  const ports = fixedPort(task, networkModeOf(task)) ? 1 : Number.POSITIVE_INFINITY;
  const homes = providers.map(({ id, name, props }) => {
    const facts = instanceFacts(props.instanceType);
    const each =
      facts && Math.min(share(cpuUnitsOf(facts), need.cpu), share(facts.memoryGiB * 1024, need.memory), ports);
    const certain = facts !== undefined && need.memory <= certainMemoryOf(facts);
    return { id, name, type: props.instanceType, most: props.maxSize, each, certain };
  });
  const [first] = homes;
  // Types outside the table, or no capacity at all: rules speak of it.
  if (!first || homes.some(({ each }) => each === undefined || each < 1)) return [];
  const at = { node: first.id, field: "/instanceType" };
  const service = placement.service;
  const wanted = (service && taskRangeOf(service)?.min) ?? 0;
  const room = homes.reduce((sum, { each = 0, most }) => sum + each * Math.max(0, most), 0);
  if (service && wanted > room) {
    const instances = homes
      .map(({ name, type, most }) => `${count(most, `${type} instance`)} of ${name}`)
      .join(" and ");
    return [
      {
        verdict: "blocked",
        why: `${service.name} wants ${count(wanted, "task")}, and the at most ${instances} have room for ${room}, so ${count(wanted - room, "task")} would wait for ever. Raise the maximum, use a bigger type or run fewer tasks.`,
        at: { node: first.id, field: "/maxSize" },
      },
    ];
  }
  if (homes.some(({ certain }) => certain)) return [];
  return [
    {
      verdict: "unknowable",
      why: `${task.name} needs ${need.memory} MiB, nearly all of a ${first.type}, and how much of it the system leaves no page says. Use a bigger type or a smaller task.`,
      at,
    },
  ];
}

/** How many times a need goes into what there is; no need goes in without end. */
const share = (total: number, need: number): number => (need > 0 ? Math.floor(total / need) : Number.POSITIVE_INFINITY);
