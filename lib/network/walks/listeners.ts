import { list } from "../../core/text";
import type { Resource } from "../../stack/stack";
import type { Value } from "../../stack/value";
import type { Hop, Verdict } from "../flow";
import { portText } from "../groups";
import { plainHop } from "../hops";
import type { Network } from "../interfaces";
import { at, isOpen, itemsOf, keyOf, numberOf } from "../lookup";
import { listenersOf } from "./request";

const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";
const RULE = "AWS::ElasticLoadBalancingV2::ListenerRule";

/** Target groups that an action sends to, and whether any of its requests surely go there. */
function targetsOf(action: Value): { group: string; idle: boolean }[] {
  const weighted = itemsOf(at(action, "ForwardConfig", "TargetGroups")) ?? [];
  const busy = weighted.some((item) => numberOf(at(item, "Weight") ?? 1) !== 0);
  return [
    { arn: at(action, "TargetGroupArn"), idle: false },
    ...weighted.map((item) => ({
      arn: at(item, "TargetGroupArn"),
      idle: busy && numberOf(at(item, "Weight") ?? 1) === 0,
    })),
  ].flatMap(({ arn, idle }) => (arn === undefined ? [] : [{ group: keyOf(arn), idle }]));
}

const actionsOf = ({ properties }: Resource): Value | undefined => properties.DefaultActions ?? properties.Actions;

const aimsAt = (resource: Resource, group: string): boolean =>
  (itemsOf(actionsOf(resource)) ?? []).some((action) => targetsOf(action).some((one) => one.group === group));

/** The listeners and the rules that forward to a target group. */
export const forwardersOf = ({ lookup }: Network, group: string): Resource[] =>
  [...lookup.of(LISTENER), ...lookup.of(RULE)].filter((resource) => aimsAt(resource, group));

/** The listeners of a load balancer, whatever their ports. */
const allListeners = ({ lookup }: Network, balancer: Resource): readonly Resource[] =>
  lookup.where(LISTENER, "LoadBalancerArn", balancer.id);

/** Rules are asked in the order of their priorities. */
function rulesOf({ lookup }: Network, listener: Resource): Resource[] {
  const rank = ({ properties }: Resource): number => numberOf(properties.Priority) ?? Number.POSITIVE_INFINITY;
  return [...lookup.where(RULE, "ListenerArn", listener.id)].sort((a, b) => rank(a) - rank(b) || 0);
}

/** True where actions are written in a way that only the deployment can read. */
const unread = (resource: Resource): boolean => {
  const actions = actionsOf(resource);
  return isOpen(actions) || (itemsOf(actions) ?? []).some(isOpen);
};

/** True where some listener of a load balancer forwards to what only the deployment knows. */
export const targetsUnread = (network: Network, balancer: Resource): boolean =>
  allListeners(network, balancer).some((listener) => [listener, ...rulesOf(network, listener)].some(unread));

/** A listener's default, or a rule of it, that forwards to a target group. */
interface Entrance {
  listener: Resource;
  rule: Resource | undefined;
  group: string;
  /** The rule before it that takes all of its requests. */
  hidden: Resource | undefined;
  /** It gets none of the requests now. */
  idle: boolean;
}

/** The ways into target groups, by load balancer and group: many edges ask one load balancer. */
const known = new WeakMap<Network["lookup"], Map<string, Map<string, Entrance[]>>>();

function entrancesOfAll(network: Network, balancer: Resource): ReadonlyMap<string, readonly Entrance[]> {
  const balancers = known.get(network.lookup) ?? new Map<string, Map<string, Entrance[]>>();
  known.set(network.lookup, balancers);
  let groups = balancers.get(balancer.id);
  if (!groups) {
    groups = new Map();
    balancers.set(balancer.id, groups);
    for (const entrance of allListeners(network, balancer).flatMap((listener) => entrancesOf(network, listener))) {
      const list = groups.get(entrance.group);
      if (list) list.push(entrance);
      else groups.set(entrance.group, [entrance]);
    }
  }
  return groups;
}

/** The target groups that the listeners of a load balancer and their rules forward to, each once. */
export const groupsBehind = (network: Network, balancer: Resource): Resource[] =>
  [...entrancesOfAll(network, balancer).keys()].flatMap((id) => {
    const group = network.lookup.resource(id);
    return group?.type === "AWS::ElasticLoadBalancingV2::TargetGroup" ? [group] : [];
  });

function entrancesOf(network: Network, listener: Resource): Entrance[] {
  const rules = rulesOf(network, listener);
  const asked = rules.map((rule) => ({ rule, conditions: conditionsOf(rule) }));
  return [...asked, { rule: undefined, conditions: [] }].flatMap(({ rule, conditions }, index): Entrance[] => {
    const aims = (itemsOf(actionsOf(rule ?? listener)) ?? []).flatMap(targetsOf);
    if (aims.length === 0) return [];
    const sure = !rule || numberOf(rule.properties.Priority) !== undefined;
    const hidden = sure ? asked.slice(0, index).find((one) => takesAll(one, conditions))?.rule : undefined;
    return aims.map(({ group, idle }) => ({ listener, rule, group, idle, hidden }));
  });
}

/**
 * How requests come from the listeners of a load balancer to a target group: by a default action or by a rule, whose
 * conditions no rule before it takes away. Asked are the rules in the order of their priorities.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function listenerHops(
  network: Network,
  balancer: Resource,
  group: Resource,
  shifts: boolean,
): { hops: Hop[]; authenticates: boolean } {
  const entrances = entrancesOfAll(network, balancer).get(group.id) ?? [];
  const found = entrances.find(({ hidden, idle }) => !hidden && !idle) ?? entrances[0];
  if (!found) return { hops: [noEntrance(network, balancer, group)], authenticates: false };
  const { listener, rule } = found;
  const packet = listenersOf(network, balancer).find(({ resource }) => resource.id === listener.id)?.packet;
  const port = packet ? portText(packet) : "tcp";
  const where = packet ? `The listener on port ${packet.ports.from}` : listener.id;
  const way = `${balancer.id} → ${group.id}`;
  const hop = (resource: Resource, verdict: Verdict, why: string): Hop =>
    plainHop("listener", { at: way, resource: resource.id, port, verdict, why });
  const decided = rule ?? listener;
  const what = rule ? `${rule.id} (${priorityText(rule)})` : `The default action of ${listener.id}`;
  const said = verdictOf(found, shifts);
  const why = found.hidden
    ? `${what} never gets a request: ${found.hidden.id} (${priorityText(found.hidden)}) takes all of them before. Give the narrower rule the smaller priority.`
    : found.idle && shifts
      ? `${what} sends none of its requests to ${group.id} until a deployment shifts them there: its weight is 0.`
      : found.idle
        ? `${what} sends none of its requests to ${group.id}: its weight is 0.`
        : rule
          ? `${what} forwards ${conditionsText(rule)} to ${group.id}.`
          : `${where} forwards to ${group.id}.`;
  return {
    hops: [
      ...(rule ? [hop(listener, "open", `${where} has a rule that forwards to ${group.id}.`)] : []),
      hop(decided, said, why),
    ],
    authenticates: (itemsOf(actionsOf(decided)) ?? []).some((action) =>
      /^authenticate-/.test(String(at(action, "Type"))),
    ),
  };
}

const verdictOf = ({ hidden, idle }: Entrance, shifts: boolean): Verdict =>
  hidden ? "blocked" : idle ? (shifts ? "unknowable" : "blocked") : "open";

/** A target group that no listener sends to. */
export function noEntrance(network: Network, balancer: Resource, group: Resource): Hop {
  const maybe = targetsUnread(network, balancer);
  return plainHop("listener", {
    at: `${balancer.id} → ${group.id}`,
    resource: balancer.id,
    port: "tcp",
    verdict: maybe ? "unknowable" : "blocked",
    why: maybe
      ? `Where the listeners of ${balancer.id} forward to is known only when the template is deployed.`
      : `No listener of ${balancer.id} forwards to ${group.id}, so it gets no traffic.`,
  });
}

const priorityText = ({ properties }: Resource): string => {
  const priority = numberOf(properties.Priority);
  return priority === undefined ? "of a priority that only the deployment knows" : `priority ${priority}`;
};

/** What the values of a condition are, by its field. */
interface Condition {
  field: string;
  /** Undefined where they are not all written out. */
  values: readonly string[] | undefined;
}

const configs: Readonly<Record<string, string>> = {
  "path-pattern": "PathPatternConfig",
  "host-header": "HostHeaderConfig",
  "http-request-method": "HttpRequestMethodConfig",
  "source-ip": "SourceIpConfig",
};

const conditionsOf = ({ properties }: Resource): Condition[] | undefined =>
  itemsOf(properties.Conditions)?.map((condition) => {
    const field = String(at(condition, "Field") ?? "");
    const values = itemsOf(at(condition, "Values") ?? at(condition, configs[field] ?? "", "Values"));
    const text = values?.filter((value) => typeof value === "string");
    // Headers and queries have names beside their values, and expressions are not read.
    return { field, values: configs[field] && values && text?.length === values.length ? text : undefined };
  });

const fieldNames: Readonly<Record<string, string>> = {
  "path-pattern": "the path",
  "host-header": "the host",
  "http-request-method": "the method",
  "source-ip": "clients at",
};

function conditionsText(rule: Resource): string {
  const parts = (conditionsOf(rule) ?? []).flatMap(({ field, values }) =>
    values && fieldNames[field] ? [`${fieldNames[field]} ${values.join(" or ")}`] : [],
  );
  return parts.length === 0 ? "requests that meet its conditions" : `requests for ${list(parts)}`;
}

/** True where a rule surely takes every request that a later one, or the default action, would get. */
function takesAll(
  { rule, conditions: mine }: { rule: Resource; conditions: Condition[] | undefined },
  theirs: Condition[] | undefined,
): boolean {
  if (numberOf(rule.properties.Priority) === undefined || !mine || mine.length === 0 || !theirs) return false;
  return mine.every(
    (one) =>
      takesAny(one) ||
      theirs.some(
        (other) =>
          other.field === one.field &&
          other.values !== undefined &&
          other.values.length > 0 &&
          other.values.every((value) => one.values?.some((pattern) => holds(one.field, pattern, value))),
      ),
  );
}

const takesAny = ({ field, values }: Condition): boolean =>
  values?.some((value) => value === "*" || (field === "path-pattern" && value === "/*")) ?? false;

/** True where all that one pattern means another means, too; hosts are compared without case. */
function holds(field: string, wide: string, narrow: string): boolean {
  const [a, b] = field === "host-header" ? [wide.toLowerCase(), narrow.toLowerCase()] : [wide, narrow];
  if (a === b) return true;
  if (field !== "host-header" && field !== "path-pattern") return false;
  return a.endsWith("*") && !/[*?]/.test(a.slice(0, -1)) && b.startsWith(a.slice(0, -1));
}
