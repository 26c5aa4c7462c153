import { occurrencesPerMonth, parseSchedule } from "../../aws/schedule-expressions";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import type { Known as KnownResource, Resource } from "../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { combine, type Known } from "../usage";
import { definitionOf } from "./fargate";
import type { Share } from "./strategy";

const DAYS_PER_MONTH = hoursPerMonth / 24;

type FargateShare = Share & { capacityProvider: "FARGATE" | "FARGATE_SPOT" };

/** What a rule or a schedule starts: tasks of one definition, and on what. */
export interface Started {
  definition: ModelNode<"taskDefinition"> | undefined;
  resource: KnownResource<"AWS::ECS::TaskDefinition"> | undefined;
  parameters: Properties;
  /** Tasks at a time. */
  tasks: number;
  /** Node id of the cluster; undefined where a parameter asks for it. */
  cluster: string | undefined;
  /** On EC2 instances of the cluster, not on Fargate. */
  onInstances: boolean;
  /** Node ids of the capacities that a strategy names: these grow for tasks that do not fit. */
  providers: readonly string[];
  /** How Fargate and Fargate Spot share the tasks. */
  strategy: readonly FargateShare[];
}

const isRecord = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic);

/** What of a timetable a month cannot show. */
function whenOf(expression: string): string[] {
  const read = parseSchedule(expression, "schedule");
  if (!read.ok) return [];
  if (read.value.type === "at") return ["one run in all, taken to be in this month"];
  return read.value.type === "cron" && read.value.cron.years ? ["a month of the years that the schedule names"] : [];
}

/** What S3 tells over an edge: of each object that is written, unless other events were chosen; else undefined. */
export function writesOver(ledger: Ledger, edge: ModelEdge): Known | undefined {
  const { from } = edge;
  if (!isRelationEdge(edge, "notify") || !isKind(from, "s3Bucket") || edge.props.events.length > 0) return undefined;
  return ledger.figureOf(from.id, "writes");
}

/** How often a day a rule fires that waits for nothing but what is written to buckets. */
function writesADay(ledger: Ledger, rule: ModelNode): Known | undefined {
  if (!isKind(rule, "eventRule") || rule.props.eventPattern !== undefined || rule.in.length === 0) return undefined;
  const each: Known[] = [];
  for (const edge of rule.in) {
    const writes = writesOver(ledger, edge);
    if (!writes) return undefined;
    each.push(
      combine([writes, { value: 1, assumed: [`one event for each write of ${edge.from.name}`] }], (all) => all),
    );
  }
  return combine(each, (...all) => all.reduce((sum, one) => sum + one, 0) / DAYS_PER_MONTH);
}

/** Runs a month of what a schedule starts, or of what fires on events, whose number only the person knows. */
export function runsOf(ledger: Ledger, node: ModelNode, expression: Value | undefined): Known {
  if (typeof expression !== "string" || expression === "")
    return (
      ledger.given(node.id, "runsPerMonth") ??
      combine([ledger.figureOf(node.id, "runsPerDay", () => writesADay(ledger, node))], (day) => day * DAYS_PER_MONTH)
    );
  const counted = occurrencesPerMonth(expression);
  if (counted === null) return { why: "The schedule's expression cannot be read." };
  return { value: counted, assumed: whenOf(expression) };
}

/** True when the person switched it off in the drawing; a template parameter that waits for the image does not count. */
export const isOff = (node: ModelNode | undefined): boolean =>
  (isKind(node, "eventSchedule") || isKind(node, "eventRule")) && node.props.state === "DISABLED";

/** Targets of a rule or a schedule that start tasks; none of one that is switched off. */
export function ecsTargetsOf(ledger: Ledger, resource: Resource): Started[] {
  if (resource.type !== "AWS::Events::Rule" && resource.type !== "AWS::Scheduler::Schedule") return [];
  if (isOff(ledger.model.node(resource.origins[""]?.[0]?.node ?? ""))) return [];
  const { Target, Targets } = resource.properties;
  const targets = Array.isArray(Targets) ? Targets : [Target];
  return targets.filter(isRecord).flatMap((target) => {
    const parameters = target.EcsParameters;
    return isRecord(parameters) ? [startedBy(ledger, target, parameters)] : [];
  });
}

const lists = new WeakMap<Ledger, readonly StartedHere[]>();

/** What one rule or schedule starts. */
export interface StartedHere {
  by: ModelNode;
  resource: Resource;
  started: Started;
}

/** All that rules and schedules start; worked out once. */
export function allStarted(ledger: Ledger): readonly StartedHere[] {
  let list = lists.get(ledger);
  if (!list) {
    const starters = [...ledger.resourcesOf("AWS::Events::Rule"), ...ledger.resourcesOf("AWS::Scheduler::Schedule")];
    list = starters.flatMap((resource) => {
      const by = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
      return by ? ecsTargetsOf(ledger, resource).map((started) => ({ by, resource, started })) : [];
    });
    lists.set(ledger, list);
  }
  return list;
}

function startedBy({ model, stack }: Ledger, target: Properties, parameters: Properties): Started {
  const nodeOf = (value: Value | undefined): ModelNode | undefined =>
    model.node(stack.resources[targetOf(value) ?? ""]?.origins[""]?.[0]?.node ?? "");
  const resource = definitionOf(stack, parameters.TaskDefinitionArn);
  const definition = nodeOf(parameters.TaskDefinitionArn);
  const cluster = nodeOf(target.Arn);
  const given = (Array.isArray(parameters.CapacityProviderStrategy) ? parameters.CapacityProviderStrategy : []).filter(
    isRecord,
  );
  const providers = given.flatMap(({ CapacityProvider }) => nodeOf(CapacityProvider)?.id ?? []);
  const unsaid = parameters.LaunchType === undefined && given.length === 0;
  const byDefault = unsaid && isKind(cluster, "cluster") ? cluster.props.defaultCapacityProviderStrategy : [];
  return {
    definition: isKind(definition, "taskDefinition") ? definition : undefined,
    resource,
    parameters,
    tasks: typeof parameters.TaskCount === "number" ? parameters.TaskCount : 1,
    cluster: cluster?.id,
    // Without a launch type, a strategy or a default one, ECS takes EC2.
    onInstances: parameters.LaunchType === "EC2" || providers.length > 0 || (unsaid && byDefault.length === 0),
    providers,
    strategy: [
      ...given.map(({ CapacityProvider, Weight, Base }) => ({
        capacityProvider: CapacityProvider === "FARGATE_SPOT" ? ("FARGATE_SPOT" as const) : ("FARGATE" as const),
        weight: typeof Weight === "number" ? Weight : 0,
        base: typeof Base === "number" ? Base : 0,
      })),
      ...byDefault,
    ],
  };
}
