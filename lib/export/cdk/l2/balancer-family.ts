import { type Known, resourcesOf, type Stack } from "../../../stack/stack";
import { targetOf, type Value } from "../../../stack/value";
import type { Writing } from "../writing";
import { listenerSays, loadBalancerSays, ruleSays, targetGroupSays } from "./balancer-shape";
import { attachmentsOf, serviceShape } from "./service-shape";

/**
 * Load balancers, listeners, rules, target groups and services that are tied to one another are constructs all
 * together or not at all: each speaks of the others. True for a target group, listener, rule or load balancer whose
 * family constructs can make.
 */
export function isSaidFamily(writing: Writing, id: string): boolean {
  let families = known.get(writing.stack);
  if (!families) {
    families = familiesOf(writing);
    known.set(writing.stack, families);
  }
  return families.get(id) === true;
}

const known = new WeakMap<Stack, ReadonlyMap<string, boolean>>();

function familiesOf(writing: Writing): ReadonlyMap<string, boolean> {
  const { stack } = writing;
  const links = new Map<string, string[]>();
  const sound = new Map<string, boolean>();
  const add = (resource: Known, says: boolean, others: readonly (Value | undefined)[]): void => {
    sound.set(resource.id, says && resource.condition === undefined && !writing.isCircular(resource));
    for (const other of others.flatMap((value) => targetOf(value) ?? [])) {
      links.set(resource.id, [...(links.get(resource.id) ?? []), other]);
      links.set(other, [...(links.get(other) ?? []), resource.id]);
    }
  };
  for (const one of resourcesOf(stack, "AWS::ElasticLoadBalancingV2::LoadBalancer"))
    add(one, loadBalancerSays(writing, one), []);
  for (const one of resourcesOf(stack, "AWS::ElasticLoadBalancingV2::Listener"))
    add(one, listenerSays(one), [one.properties.LoadBalancerArn, ...targetsIn(one.properties.DefaultActions)]);
  for (const one of resourcesOf(stack, "AWS::ElasticLoadBalancingV2::ListenerRule"))
    add(one, ruleSays(one), [one.properties.ListenerArn, ...targetsIn(one.properties.Actions)]);
  for (const one of resourcesOf(stack, "AWS::ElasticLoadBalancingV2::TargetGroup"))
    add(one, targetGroupSays(writing, one), targetIds(one));
  for (const one of resourcesOf(stack, "AWS::ECS::Service")) {
    const list = Array.isArray(one.properties.LoadBalancers) ? one.properties.LoadBalancers : [];
    if (list.length === 0) continue;
    const shape = serviceShape(writing, one);
    const targets = list.map((entry) => (entry as { TargetGroupArn?: Value }).TargetGroupArn);
    add(one, shape !== undefined && attachmentsOf(one, shape) !== undefined, targets);
  }
  return verdicts(links, sound);
}

/** Each family stands or falls as a whole. */
function verdicts(
  links: ReadonlyMap<string, readonly string[]>,
  sound: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean> {
  const result = new Map<string, boolean>();
  for (const start of sound.keys()) {
    if (result.has(start)) continue;
    const family = new Set([start]);
    for (const id of family) for (const other of links.get(id) ?? []) family.add(other);
    const whole = [...family].every((id) => sound.get(id) === true);
    for (const id of family) result.set(id, whole);
  }
  return result;
}

/** Target groups that a list of actions forwards to. */
export function targetsIn(actions: Value | undefined): Value[] {
  if (!Array.isArray(actions)) return [];
  return actions.flatMap((action) => {
    const { TargetGroupArn, ForwardConfig } = action as {
      TargetGroupArn?: Value;
      ForwardConfig?: { TargetGroups?: { TargetGroupArn: Value }[] };
    };
    if (TargetGroupArn !== undefined) return [TargetGroupArn];
    return (ForwardConfig?.TargetGroups ?? []).map((one) => one.TargetGroupArn);
  });
}

/** Load balancers that a target group leads to. */
const targetIds = ({ properties }: Known): Value[] =>
  Array.isArray(properties.Targets) ? properties.Targets.map((one) => (one as { Id: Value }).Id) : [];
