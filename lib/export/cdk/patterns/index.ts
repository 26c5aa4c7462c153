import type { Construct, Pattern } from "../../../stack/stack";
import { nameL1, writeL1 } from "../l1";
import { resourcesIn, type Writing } from "../writing";

/** What the CDK makes of one pattern: first every resource gets its name, then everything is written. */
export interface PatternCell {
  /** Says how the code speaks of each resource of the construct. */
  name(writing: Writing, construct: Construct): void;
  /** Writes them. */
  write(writing: Writing, construct: Construct): void;
}

/** One L1 construct for each resource. */
export const resources: PatternCell = {
  name: (writing, construct) => nameL1(writing, resourcesIn(writing, construct)),
  write(writing, construct) {
    for (const resource of resourcesIn(writing, construct)) writeL1(writing, resource);
  },
};

/** Every pattern of the stack, in the order in which an author would write them. */
export const patterns = {
  network: resources,
  cluster: resources,
  capacity: resources,
  repository: resources,
  secret: resources,
  parameter: resources,
  bucket: resources,
  fileSystem: resources,
  queue: resources,
  topic: resources,
  generic: resources,
  loadBalancer: resources,
  taskDefinition: resources,
  serviceConnect: resources,
  service: resources,
  loadBalancedService: resources,
  rule: resources,
  schedule: resources,
  connection: resources,
  grant: resources,
} satisfies { [P in Pattern]: PatternCell };
