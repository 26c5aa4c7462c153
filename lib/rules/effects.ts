import type { RelationId } from "../catalog/relations";
import { isKind } from "../model/build";
import {
  chosenContainer,
  clusterOf,
  containerOf,
  isFargate,
  launchOf,
  networkModeOf,
  taskDefinitionOf,
} from "../model/queries";
import type { Candidate } from "./candidate";

/** The container an edge starts at, or the node: "app". */
function actor({ from, fromContainer }: Candidate): string {
  const container = isKind(from, "taskDefinition") && fromContainer ? containerOf(from, fromContainer) : undefined;
  return container ? container.name : from.name;
}

/** Which port opens at a service: "port 8080", or why that is not settled. */
function portOf({ to }: Candidate): string {
  const definition = isKind(to, "service") ? taskDefinitionOf(to) : undefined;
  const mapping = definition && chosenContainer(definition, undefined)?.portMappings[0];
  if (!definition || !mapping || !isKind(to, "service")) return "its port, once it has one,";
  const dynamic = !isFargate(launchOf(to)) && networkModeOf(definition) === "bridge" && (mapping.hostPort ?? 0) === 0;
  return dynamic
    ? "the ephemeral ports of its instances (32768 to 65535)"
    : `port ${mapping.hostPort || (mapping.containerPort ?? mapping.containerPortRange ?? "?")}`;
}

/** What making an edge does to the stack, one sentence each. Closed, so that no relation goes without. */
const effects: { [R in RelationId]: (candidate: Candidate) => string } = {
  request: ({ to }) => `Opens the listener ports of ${to.name} to its clients.`,
  forward: (candidate) =>
    isKind(candidate.to, "service")
      ? `Opens ${portOf(candidate)} of ${candidate.to.name} to ${candidate.from.name}${candidate.from.kind === "clb" ? " and registers its instances there" : " and adds a target group and its listener action"}.`
      : `Adds a target group with ${candidate.to.name} as its target.`,
  call: (candidate) =>
    `Gives ${candidate.to.name} a name through Service Connect and opens ${portOf(candidate)} to ${candidate.from.name}.`,
  run: ({ from, to }) => `${from.name} keeps copies of ${to.name} running.`,
  useCapacity: ({ from, to }) => `Adds ${to.name} to the capacity provider strategy of ${from.name}.`,
  pull: (candidate) =>
    candidate.to.kind === "ecrRepository"
      ? `${actor(candidate)} takes its image from ${candidate.to.name}; the execution role may pull exactly this repository.`
      : `${actor(candidate)} takes its image from ${candidate.to.name}.`,
  mount: (candidate) =>
    `Adds a volume and a mount point to ${actor(candidate)}, and opens NFS (2049) of ${candidate.to.name} to its tasks.`,
  access: (candidate) =>
    `The task role of ${candidate.from.name} may read and write the objects of ${candidate.to.name}.`,
  environmentFile: (candidate) =>
    `${actor(candidate)} starts with the variables of a file in ${candidate.to.name}, which the execution role may read.`,
  inject: (candidate) =>
    `${actor(candidate)} gets ${candidate.to.name} as a variable; the execution role may read exactly this one.`,
  read: ({ from, to }) => `The task role of ${from.name} may read exactly ${to.name}.`,
  credentials: (candidate) =>
    `${actor(candidate)} logs in to its registry with ${candidate.to.name}, which the execution role may read.`,
  send: ({ from, to }) => `The task role of ${from.name} may send messages to exactly ${to.name}.`,
  publish: ({ from, to }) => `The task role of ${from.name} may publish to exactly ${to.name}.`,
  poll: ({ from, to }) =>
    `The tasks of ${to.name} receive and delete messages; their role may do so on exactly ${from.name}.`,
  deadLetter: ({ from, to }) => `Messages that ${from.name} hands out too often in vain move to ${to.name}.`,
  subscribe: ({ from, to }) => `Adds a subscription; the policy of ${to.name} admits exactly ${from.name}.`,
  subscribeHttps: ({ to }) => `Adds an HTTPS subscription to a path behind ${to.name}.`,
  runTask: ({ from, to }) =>
    `${from.name} starts ${isKind(to, "service") ? `single tasks of what ${to.name} runs` : to.name}${clusterOf(to) ? ` on ${clusterOf(to)?.name}` : ""}; a role may do exactly that.`,
  deliver: ({ from, to }) => `${from.name} sends to ${to.name}, which admits exactly this source.`,
  intercept: ({ from, to }) => `${to.name} matches state changes of the tasks of ${from.name}.`,
  notify: ({ from, to }) => `Events of ${from.name} go to ${to.name}.`,
  accessLogs: ({ from, to }) => `${from.name} writes its access logs to ${to.name}, whose policy admits it.`,
  dependsOn: (candidate) =>
    `${actor(candidate)} starts after ${isKind(candidate.to, "taskDefinition") && candidate.toContainer ? (containerOf(candidate.to, candidate.toContainer)?.name ?? "the other container") : candidate.to.name} has started.`,
  reference: ({ from, to }) => `Writes a reference between ${from.name} and ${to.name}; say where in its properties.`,
};

/** What making the edge does, in a sentence. */
export const effectOf = (candidate: Candidate): string => effects[candidate.relation](candidate);
