import type { ModelEdge } from "../../model/model";
import { forwardConstruct } from "../balancers";
import { derived, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import { type Properties, ref } from "../value";

/** A listener rule that still needs its priority. */
export interface RuleDraft {
  edge: ModelEdge<"forward">;
  id: string;
  listener: string;
  targetGroup: string;
  conditions: Properties[];
}

/** Highest priority number. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const LAST = 50_000;
const DEEPEST = 6;

/** Adds the rules of one load balancer, each with the given priority or one of its own. */
export function numberRules(lowering: Lowering, rules: readonly RuleDraft[]): void {
  const taken = new Set<string>();
  for (const { edge, listener } of rules) {
    if (edge.props.priority !== undefined) taken.add(`${listener}/${edge.props.priority}`);
  }
  for (const rule of rules) {
    const { edge, listener } = rule;
    let priority = edge.props.priority;
    if (priority === undefined) {
      priority = ownPriority(edge);
      while (taken.has(`${listener}/${priority}`)) priority = (priority % LAST) + 1;
      taken.add(`${listener}/${priority}`);
    }
    const properties = new PropertySet()
      .set("Actions", [{ TargetGroupArn: ref(rule.targetGroup), Type: "forward" }], derived(edge as ModelEdge))
      .set("Conditions", rule.conditions, [
        lowering.from(edge as ModelEdge, "/pathPatterns"),
        lowering.from(edge as ModelEdge, "/hostHeaders"),
      ])
      .set("ListenerArn", ref(listener), lowering.from(edge as ModelEdge, "/listenerPort"))
      .set("Priority", priority, lowering.from(edge as ModelEdge, "/priority"));
    lowering.add("AWS::ElasticLoadBalancingV2::ListenerRule", rule.id, properties, {
      origins: lowering.drawn(edge as ModelEdge),
      construct: forwardConstruct(edge),
    });
  }
}

/**
 * The narrower rule first: hosts before none, longer paths before shorter ones. The number depends on the edge alone,
 * so that a new edge renumbers no other (CloudFormation fails when two rules swap priorities).
 */
function ownPriority(edge: ModelEdge<"forward">): number {
  const { hostHeaders, pathPatterns } = edge.props;
  const depths = pathPatterns.map(depthOf);
  const depth = depths.length === 0 ? 0 : Math.min(...depths, DEEPEST);
  const level = (hostHeaders.length > 0 ? 0 : DEEPEST + 1) + DEEPEST - depth;
  const number = Number(/\d+$/.exec(edge.id)?.[0] ?? 0);
  return level * 1000 + (number % 1000) + 1;
}

/** Fixed steps of a path before its first wildcard; one more where there is none. */
function depthOf(pattern: string): number {
  const wildcard = pattern.search(/[*?]/);
  const fixed = wildcard < 0 ? pattern : pattern.slice(0, pattern.lastIndexOf("/", wildcard) + 1);
  const steps = fixed.split("/").filter((step) => step !== "").length;
  return steps + (wildcard < 0 ? 1 : 0);
}
