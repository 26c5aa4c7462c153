import type { Resource } from "../stack/stack";
import { referredBy, targetOf, type Value } from "../stack/value";
import type { Context } from "./conditions";
import { account, arnOf, textOf } from "./names";
import { assumes, at, type Need, needsFor, type Reading, roleIn, target, type Wanting } from "./needs";
import type { Text } from "./text";

export const QUEUE = "AWS::SQS::Queue";
export const TOPIC = "AWS::SNS::Topic";

/** What stands at the ends of a connection: the node that it is for, its edge, and what both ends are called. */
export interface Ends {
  node: string;
  edge: string;
  from: string;
  to: string;
}

/** One target of a rule or of a schedule, and the resource that holds it. */
export interface EventTarget {
  value: Value;
  holder: Resource;
  schedule: boolean;
}

type Stacked = Pick<Reading, "names">;

/** A service of AWS that comes with the ARN of what it acts for. */
export function delivery(
  { names }: Stacked,
  { node, edge, from }: Ends,
  service: string,
  to: string,
  source: Text | undefined,
  facts: Context = new Map(),
): Need[] {
  const type = names.stack.resources[to]?.type;
  const action = type === QUEUE ? "sqs:SendMessage" : type === TOPIC ? "sns:Publish" : undefined;
  if (action === undefined) return [];
  const what = `to deliver what ${from} sends`;
  const context: Context = new Map<string, Text | "absent">([
    ["aws:sourceaccount", [account]],
    ...(source ? [["aws:sourcearn", source] as const] : []),
    ...facts,
  ]);
  const wanting = { node, edge, what, who: { service }, without: "", context };
  return [{ ...wanting, actions: [action], must: true, ...target({ names }, to) }];
}

const roleText = ({ from }: Ends): string => `${from} has no role.`;

/** A rule delivers by the policy of what it delivers to, a schedule by its role. */
export function deliverNeeds(
  asking: Stacked,
  ends: Ends,
  { holder, value, schedule }: EventTarget,
  to: string,
): Need[] {
  if (!schedule) return delivery(asking, ends, "events.amazonaws.com", to, arnOf(asking.names, holder.id));
  const role = at(value, "RoleArn");
  const wanting: Wanting = {
    node: ends.node,
    edge: ends.edge,
    what: `to send to ${ends.to}`,
    who: roleIn(asking, role),
    without: roleText(ends),
  };
  const aim = target(asking, to);
  return [
    ...scheduleTrust(asking, ends, role),
    ...needsFor(wanting, "schedule-send", asking.names.stack.resources[to]?.type === QUEUE ? { queue: aim } : {}),
    ...needsFor(wanting, "schedule-publish", asking.names.stack.resources[to]?.type === TOPIC ? { topic: aim } : {}),
  ];
}

const scheduleTrust = (asking: Stacked, { node, edge }: Ends, role: Value | undefined, check?: "role"): Need[] => {
  const context: Context = new Map([["aws:sourceaccount", [account]]]);
  return assumes(asking, { node, edge, context, ...(check ? { check } : {}) }, role, "scheduler.amazonaws.com");
};

const TASKS: Text = ["ecs-tasks.amazonaws.com"];

/** What starts tasks: running them, and passing on their roles. */
export function runTaskNeeds(asking: Stacked, ends: Ends, { value, holder, schedule }: EventTarget): Need[] {
  const role = at(value, "RoleArn");
  const id = targetOf(at(value, "EcsParameters", "TaskDefinitionArn"));
  const definition = id === undefined ? undefined : asking.names.stack.resources[id];
  const cluster = at(value, "Arn");
  if (!definition || cluster === undefined) return [];
  const who = roleIn(asking, role);
  const wanting: Wanting = {
    node: ends.node,
    edge: ends.edge,
    what: `to start tasks of ${ends.to}`,
    who,
    without: roleText(ends),
    check: "role",
  };
  const start = { ...wanting, context: new Map([["ecs:cluster", textOf(asking.names, cluster)]]) };
  const pass: Wanting = {
    ...wanting,
    what: `to pass on the roles of ${ends.to}`,
    context: new Map([["iam:passedtoservice", TASKS]]),
  };
  const passed = [definition.properties.ExecutionRoleArn, definition.properties.TaskRoleArn].flatMap((value) => {
    if (value === undefined) return [];
    return needsFor(pass, "pass-role", { role: { resource: textOf(asking.names, value) } });
  });
  const letters = [...referredBy(at(value, "DeadLetterConfig", "Arn"))].find(
    (item) => asking.names.stack.resources[item]?.type === QUEUE,
  );
  // Tasks start without it.
  const { check: _, ...aside } = wanting;
  const lost =
    letters === undefined
      ? []
      : schedule
        ? needsFor({ ...aside, what: "to keep what could not start" }, "schedule-send", {
            queue: target(asking, letters),
          })
        : delivery(asking, ends, "events.amazonaws.com", letters, arnOf(asking.names, holder.id));
  return [
    ...(schedule
      ? scheduleTrust(asking, ends, role, "role")
      : assumes(asking, { node: ends.node, edge: ends.edge, check: "role" }, role, "events.amazonaws.com")),
    ...needsFor(start, "run-task", { "task-definition": target(asking, definition.id) }),
    ...passed,
    ...lost,
  ];
}
