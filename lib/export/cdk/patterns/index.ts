import type { Construct, Known, Pattern } from "../../../stack/stack";
import { nameL1, writeL1 } from "../l1";
import { resourcesIn, type Writing } from "../writing";
import { l2Handle, l2Of, policyHandle, roleOfPolicy, writeL2, writePolicy } from "./l2";

/** What the CDK makes of one pattern: first every resource gets its name, then everything is written. */
export interface PatternCell {
  /** Says how the code speaks of each resource of the construct. */
  name(writing: Writing, construct: Construct): void;
  /** Writes them. */
  write(writing: Writing, construct: Construct): void;
}

/** An L2 construct for each resource that one can say completely; an L1 construct for each other. */
export const resources: PatternCell = {
  name(writing, construct) {
    for (const resource of resourcesIn(writing, construct)) {
      const l2 = l2Of(writing, resource);
      if (l2) writing.name(resource.id, l2Handle(writing, resource as Known, l2));
      else if (!roleOfPolicy(writing, resource)) nameL1(writing, [resource]);
    }
    // Roles have their names now.
    for (const resource of resourcesIn(writing, construct)) {
      const role = roleOfPolicy(writing, resource);
      if (role) writing.name(resource.id, policyHandle(writing, role));
    }
  },
  write(writing, construct) {
    for (const resource of resourcesIn(writing, construct)) {
      const l2 = l2Of(writing, resource);
      const role = roleOfPolicy(writing, resource);
      if (l2) writeL2(writing, resource as Known, l2);
      else if (role) writePolicy(writing, resource, role);
      else writeL1(writing, resource);
    }
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
