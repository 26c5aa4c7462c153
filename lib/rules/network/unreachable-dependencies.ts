import { list } from "../../core/text";
import type { Model } from "../../model/model";
import type { Stack } from "../../stack/stack";
import { defineRule, type Fix } from "../rule";
import { addRules, groupName, groupOwner, slotOf } from "./groups";
import {
  addEndpoints,
  depsWords,
  endpointsWanted,
  routeThroughNat,
  type Stranded,
  stranded,
  subjectOf,
  subnetWords,
} from "./ways-out";

export const unreachableDependencies = defineRule({
  id: "ECS-NET-012",
  severity: "error",
  title: "Tasks cannot reach their image, logs or secrets",
  why: "Before a task starts, its image, secrets and environment files are fetched and its log stream is opened, all over the network. Without a route it stops at once.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
  needs: ["service", "taskDefinition"],
  check({ model, stack, flows }, report) {
    for (const found of stranded(model, flows, "no-route")) {
      const fix = routeFix(found);
      report({
        at: found.at,
        also: [{ node: found.place.taskDefinition }, ...(found.vpc ? [{ node: found.vpc.id }] : [])],
        message: `${subjectOf(found)} ${startWords(found)} ${subnetWords(found)}, which has no route to ${depsWords(found.reaches)}; ${outcome(found)}. ${remedy(found)}`,
        ...(fix ? { fix } : {}),
      });
    }
    // An interface of an instance only: NET-013 speaks of the interfaces of tasks.
    for (const found of stranded(model, flows, "no-public-address").filter(
      ({ from, place }) => from.id !== place.node,
    )) {
      report({
        at: found.at,
        also: [{ node: found.place.taskDefinition }],
        message: `${subjectOf(found)} run on instances without a public address in ${subnetWords(found)}, which has no other route to ${depsWords(found.reaches)}; ${outcome(found)}. Move the instances to private subnets behind a NAT gateway.`,
      });
    }
    for (const found of stranded(model, flows, "access-list")) {
      const why = found.reaches[0]?.why ?? "";
      report({
        at: found.at,
        also: [{ node: found.place.taskDefinition }],
        message: `${subjectOf(found)} cannot reach ${depsWords(found.reaches)} from ${subnetWords(found)}; ${outcome(found)}. ${capital(why)}`,
      });
    }
    for (const found of stranded(model, flows, "egress")) {
      const group = found.reaches[0]?.resource ?? "";
      const fix = egressFix(model, stack, group);
      report({
        at: { node: groupOwner(model, stack, group)?.id ?? found.from.id, field: "/securityGroups/egress" },
        also: [{ node: found.place.node }, { node: found.place.taskDefinition }],
        message: `${subjectOf(found)} need ${depsWords(found.reaches, "and")}, but ${groupName(model, stack, group)} restricts what may leave and lets no HTTPS out; ${outcome(found)}. Allow tcp 443 out of it.`,
        ...(fix ? { fix } : {}),
      });
    }
  },
});

const startWords = ({ at, from, place }: Stranded): string =>
  at.edge !== undefined
    ? "run in"
    : from.id === place.node
      ? "start in"
      : `run on ${from.name}, whose instances are in`;

/** What happens without: the agent gives up before the start, code waits until it times out. */
const outcome = ({ reaches }: Stranded): string =>
  reaches.every(({ dependency }) => dependency === "ecs-control")
    ? "the instances would never join the cluster"
    : reaches.some(({ by }) => by === "agent")
      ? 'they would stop with "unable to pull" or "ResourceInitializationError"'
      : "calls of their code would time out";

function remedy({ place, reaches, tier }: Stranded): string {
  const endpoints = endpointsWanted(reaches);
  const ways = [
    tier === "isolated" ? "use private subnets behind a NAT gateway" : "add a NAT gateway",
    ...(endpoints ? [`add the VPC endpoints (${endpoints.join(", ")})`] : []),
    ...(place.compute === "FARGATE" ? ["use public subnets with a public IP"] : []),
  ];
  return `${capital(list(ways, "or"))}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Endpoints where all is AWS's own; else NAT. A VPC that exists already is not ours to change. */
function routeFix({ vpc, reaches, at, tier }: Stranded): Fix | undefined {
  if (vpc?.props.source !== "new") return undefined;
  const endpoints = endpointsWanted(reaches);
  if (endpoints) {
    const edits = addEndpoints(vpc, endpoints);
    if (edits.length > 0) return { title: "Add the VPC endpoints", risk: "safe", edits };
  }
  const edits = routeThroughNat(vpc, at, tier);
  return edits.length > 0 ? { title: "Route through a NAT gateway", risk: "safe", edits } : undefined;
}

function egressFix(model: Model, stack: Stack, group: string): Fix | undefined {
  const owner = groupOwner(model, stack, group);
  if (!owner || slotOf(owner)?.mode !== "own") return undefined;
  const https = { ipProtocol: "tcp" as const, fromPort: 443, toPort: 443, peer: { cidr: "0.0.0.0/0" } };
  return { title: "Let HTTPS out", risk: "safe", edits: [addRules(owner, "egress", [https])] };
}
