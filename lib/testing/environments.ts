import type { JsonObject } from "../core/json";
import type { Document } from "../document/document";
import { inEnvironment } from "../document/parse";
import { environmentProblems } from "../document/structure";
import type { EnvironmentStack } from "../stack/environments";
import type { Random } from "./random";
import { stackOf } from "./stack-faults";

/** What people change between environments, by kind: sizes, counts, networks, protection. */
const figures: Readonly<Record<string, readonly JsonObject[]>> = {
  service: [{ desiredCount: 1 }, { desiredCount: 6 }, { desiredCount: 3, enableExecuteCommand: true }],
  taskDefinition: [
    { cpu: 256, memory: 512 },
    { cpu: 2048, memory: 4096 },
    {
      containerDefinitions: {
        c1: {
          environment: [
            { name: "STAGE", value: "other" },
            { name: "DEBUG", value: "1" },
          ],
        },
      },
    },
  ],
  vpc: [
    { natGateways: "none", interfaceEndpoints: ["logs", "ecr.api", "ecr.dkr"], gatewayEndpoints: ["s3"] },
    { natGateways: "perZone" },
    { availabilityZones: 3 },
    { availabilityZones: 2, isolatedSubnets: true },
  ],
  cluster: [{ containerInsights: "disabled" }, { containerInsights: "enhanced" }],
  alb: [{ idleTimeout: 30 }, { idleTimeout: 240 }],
  sqsQueue: [{ visibilityTimeout: 60 }, { messageRetentionPeriod: 604800 }],
  efs: [{ throughputMode: "elastic" }, { throughputMode: "bursting" }],
  asgCapacityProvider: [{ instanceType: "m6i.large", maxSize: 3 }, { maxSize: 12 }],
  s3Bucket: [{ versioned: true }],
};

/** The patch's own problems, such as a field that this node may not have, take it out again. */
function accepted(document: Document, name: string): Document {
  const environment = document.environments[name];
  if (!environment) return document;
  const props = Object.fromEntries(
    Object.entries(environment.props).filter(([id]) => environmentProblems(document, name, [id]).length === 0),
  );
  return { ...document, environments: { ...document.environments, [name]: { ...environment, props } } };
}

/** The design with environments that change some of its nodes as people do. */
export function withEnvironments(document: Document, dice: Random, names: readonly string[]): Document {
  let made = document;
  for (const name of names) {
    const props: Record<string, JsonObject> = {};
    for (const [id, { kind }] of Object.entries(document.nodes)) {
      const choices = figures[kind];
      if (choices && dice.chance(0.6)) props[id] = { ...props[id], ...dice.pick(choices) };
    }
    const environments = { ...made.environments, [name]: { props, usage: {} } };
    made = accepted({ ...made, environments }, name);
  }
  return made;
}

/** The design with environments that give nodes and edges the props of others of their sort in another design. */
export function withForeignProps(document: Document, donors: readonly Document[]): Document {
  let made = document;
  for (const [at, donor] of donors.entries()) {
    const props: Record<string, JsonObject> = {};
    const spare = Object.values(donor.nodes);
    for (const [id, node] of Object.entries(document.nodes)) {
      const found = spare.findIndex((other) => other.kind === node.kind);
      if (found >= 0) props[id] = spare.splice(found, 1)[0]?.props as JsonObject;
    }
    const edges = Object.values(donor.edges);
    for (const [id, edge] of Object.entries(document.edges)) {
      const found = edges.findIndex((other) => other.relation === edge.relation);
      if (found >= 0) props[id] = edges.splice(found, 1)[0]?.props as JsonObject;
    }
    const name = `env-${at + 1}`;
    made = accepted({ ...made, environments: { ...made.environments, [name]: { props, usage: {} } } }, name);
  }
  return made;
}

/** The stack of each environment. */
export const stacksOf = (document: Document): EnvironmentStack[] =>
  Object.keys(document.environments).map((name) => ({ name, stack: stackOf(inEnvironment(document, name)) }));
