import type { ResourceType } from "../../stack/resource-types";
import { isType, type Pattern, type Resource } from "../../stack/stack";
import { referredBy } from "../../stack/value";
import { genericBlock } from "./generic";
import { type Block, type Entry, raw } from "./hcl";
import { rulesOf } from "./types/security-groups";
import { conditionRef } from "./values";
import type { Writing } from "./writing";

/** The file of each pattern of the stack. */
const files: { readonly [P in Pattern]: string } = {
  network: "network.tf",
  loadBalancer: "load-balancers.tf",
  cluster: "cluster.tf",
  capacity: "capacity.tf",
  serviceConnect: "cluster.tf",
  taskDefinition: "task-definitions.tf",
  service: "services.tf",
  scaling: "scaling.tf",
  loadBalancedService: "services.tf",
  repository: "repositories.tf",
  secret: "secrets.tf",
  parameter: "secrets.tf",
  bucket: "storage.tf",
  fileSystem: "storage.tf",
  queue: "messaging.tf",
  topic: "messaging.tf",
  rule: "events.tf",
  schedule: "events.tf",
  connection: "security-groups.tf",
  grant: "security-groups.tf",
  generic: "generic.tf",
};

/** The blocks of every resource of the stack, by file, as an author would put them. */
export function blocksOf(writing: Writing): ReadonlyMap<string, Block[]> {
  const byFile = new Map<string, Block[]>();
  const order = Object.keys(files) as Pattern[];
  for (const pattern of order) {
    for (const construct of writing.stack.constructs) {
      if (construct.pattern !== pattern) continue;
      for (const { resource: id, pointer } of construct.members) {
        const resource = pointer === undefined ? writing.resource(id) : undefined;
        if (!resource) continue;
        const blocks = resourceBlocks(writing, resource);
        if (blocks.length === 0) continue;
        const list = byFile.get(files[pattern]);
        if (list) list.push(...blocks);
        else byFile.set(files[pattern], blocks);
      }
    }
  }
  return byFile;
}

/** The blocks of each resource, by its id; none for one that is a part of another. */
export const blocksById = (writing: Writing): ReadonlyMap<string, readonly Block[]> =>
  new Map(Object.values(writing.stack.resources).map((resource) => [resource.id, resourceBlocks(writing, resource)]));

/** The blocks of one resource, with its condition and what it waits for. */
function resourceBlocks(writing: Writing, resource: Resource): Block[] {
  const cell = resource.raw ? undefined : writing.table[resource.type];
  const blocks = resource.raw ? [genericBlock(writing, resource)] : (cell?.write(writing, resource) ?? []);
  const waiting = blocks.find(({ labels }) => labels[0] === cell?.waiting) ?? blocks[0];
  const waits = waitsOf(writing, resource);
  return blocks.map((block) => {
    const entries: Entry[] = [...block.entries];
    if (resource.condition !== undefined && block.type === "resource") {
      entries.unshift({
        is: "attribute",
        name: "count",
        value: { is: "choice", condition: conditionRef(writing, resource.condition), yes: raw("1"), no: raw("0") },
        from: block.from,
      });
    }
    if (block === waiting && waits.length > 0) {
      entries.push({
        is: "attribute",
        name: "depends_on",
        value: { is: "list", items: waits.map((address) => raw(address)) },
        from: block.from,
      });
    }
    return { ...block, entries };
  });
}

/** Types that send packets as soon as they are there. */
const senders: ReadonlySet<string> = new Set<ResourceType>(["AWS::ECS::Service", "AWS::EC2::LaunchTemplate"]);

/** Addresses of what a resource waits for, each once. */
function waitsOf(writing: Writing, resource: Resource): string[] {
  const own = writing.address(resource.id);
  const addresses = (resource.dependsOn ?? []).flatMap((id) => writing.address(id) ?? []);
  const rules = !senders.has(resource.type)
    ? []
    : [...referredBy(resource.properties)].flatMap((id) => {
        const group = writing.resource(id);
        return isType(group, "AWS::EC2::SecurityGroup") ? rulesOf(writing, group) : [];
      });
  return [...new Set([...addresses, ...rules])].filter((address) => address !== own);
}
