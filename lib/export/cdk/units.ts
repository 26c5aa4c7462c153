import { resourcesOf, type Stack } from "../../stack/stack";
import { targetOf } from "../../stack/value";
import type { Unit } from "./program";

/**
 * Parts of the program with a file of their own, by node and edge: each network; each service together with the task
 * definition that it alone runs and the edges that bring it traffic. All else stands in the stack.
 */
export function unitsOf(stack: Stack, names: Readonly<Record<string, string>>): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  const nodeOf = (id: string): string | undefined => stack.resources[id]?.origins[""]?.[0]?.node;
  const nameOf = (node: string, id: string): string => names[node] ?? id;

  for (const { id } of resourcesOf(stack, "AWS::EC2::VPC")) {
    const node = nodeOf(id);
    if (node !== undefined) units.set(node, { name: id, about: `The network of ${nameOf(node, id)}.` });
  }
  const runBy = new Map<string, number>();
  const services = resourcesOf(stack, "AWS::ECS::Service");
  for (const { properties } of services) {
    const task = targetOf(properties.TaskDefinition);
    if (task !== undefined) runBy.set(task, (runBy.get(task) ?? 0) + 1);
  }
  for (const { id, properties } of services) {
    const node = nodeOf(id);
    if (node === undefined) continue;
    const task = targetOf(properties.TaskDefinition);
    const own = task !== undefined && runBy.get(task) === 1 ? nodeOf(task) : undefined;
    const unit = {
      name: id,
      about: `${nameOf(node, id)}: the service${own === undefined ? "" : " and its task definition"}.`,
    };
    units.set(node, unit);
    if (own !== undefined) units.set(own, unit);
  }
  for (const construct of stack.constructs) {
    const { edge } = construct.for;
    if (construct.pattern !== "loadBalancedService" || edge === undefined) continue;
    const groups = new Set(construct.members.map(({ resource }) => resource));
    const owner = services.find(({ properties }) => {
      const balancers = Array.isArray(properties.LoadBalancers) ? properties.LoadBalancers : [];
      return balancers.some((one) => groups.has(targetOf((one as { TargetGroupArn?: never }).TargetGroupArn) ?? ""));
    });
    const node = owner && nodeOf(owner.id);
    const unit = node === undefined ? undefined : units.get(node);
    if (unit) units.set(edge, unit);
  }
  return units;
}
