import type { Construct, Pattern } from "../../stack/stack";
import { nameL1, writeL1 } from "./l1";
import { writeAllWaits } from "./l2/waits";
import { resourcesIn, type Writing } from "./writing";

/** Says how the code speaks of each resource of a construct of the stack; before anything is written. */
export function nameAll(writing: Writing, construct: Construct): void {
  for (const { id } of resourcesIn(writing, construct)) {
    const built = writing.built(id);
    if (built) {
      const variable = writing.program.variable(id, built.type ?? "void");
      for (const made of [id, ...built.makes]) writing.name(made, built.handle(made, variable));
    } else if (writing.makerOf(id) === undefined) nameL1(writing, [writing.resource(id) as never]);
  }
}

/** Writes them: each by its construct of level two, else as level one. */
export function writeAll(writing: Writing, construct: Construct): void {
  for (const resource of resourcesIn(writing, construct)) {
    const built = writing.built(resource.id);
    const handle = writing.handle(resource.id);
    if (built && handle) built.write(handle.variable);
    else if (handle && writing.makerOf(resource.id) === undefined) {
      writeL1(writing, resource);
      writeAllWaits(writing, resource, handle.l1);
    }
  }
}

const order: { readonly [P in Pattern]: number } = {
  network: 0,
  cluster: 1,
  capacity: 2,
  repository: 3,
  secret: 4,
  parameter: 5,
  bucket: 6,
  fileSystem: 7,
  queue: 8,
  topic: 9,
  generic: 10,
  loadBalancer: 11,
  taskDefinition: 12,
  serviceConnect: 13,
  service: 14,
  loadBalancedService: 15,
  // It counts requests of a target group that its rule has attached.
  scaling: 16,
  rule: 17,
  schedule: 18,
  connection: 19,
  grant: 20,
};

/** The constructs of a stack in the order in which an author would write them. */
export const asWritten = (constructs: readonly Construct[]): Construct[] =>
  [...constructs].sort((a, b) => order[a.pattern] - order[b.pattern]);
