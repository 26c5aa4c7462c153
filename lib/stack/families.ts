import { slug } from "../core/ids";
import type { ModelNode } from "../model/model";
import { perLowering } from "./lowering";

/** Families and log group names of all task definitions, by node id: given ones first, the rest numbered around them. */
const names = perLowering((lowering) => {
  const definitions = lowering.model.of("taskDefinition");
  const families = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, props } of definitions) {
    if (props.family === undefined || props.family === "") continue;
    families.set(id, props.family);
    taken.add(props.family);
  }
  for (const { id, name } of definitions) {
    if (!families.has(id)) families.set(id, numbered(slug(name, "task"), taken));
  }
  const groups = new Set<string>();
  const logGroups = new Map<string, string>();
  for (const { id } of definitions) {
    const plain = (families.get(id) as string).replace(/[^.\-_/#A-Za-z0-9]/g, "-").slice(0, 480);
    logGroups.set(id, numbered(`/ecs/${plain}`, groups));
  }
  return { families, logGroups };
});

function numbered(preferred: string, taken: Set<string>): string {
  let name = preferred;
  for (let number = 2; taken.has(name); number += 1) name = `${preferred}-${number}`;
  taken.add(name);
  return name;
}

/** The family of a task definition: its own, else from its name, unique in the design. */
export const familyOf = (lowering: Parameters<typeof names>[0], node: ModelNode<"taskDefinition">): string =>
  names(lowering).families.get(node.id) as string;

/** The log group of a task definition: "/ecs/FAMILY". */
export const logGroupNameOf = (lowering: Parameters<typeof names>[0], node: ModelNode<"taskDefinition">): string =>
  names(lowering).logGroups.get(node.id) as string;
