import { isTimeZone, parseSchedule } from "../../aws/schedule-expressions";
import { queueSteps } from "../../catalog/fields/auto-scaling";
import { clip, list } from "../../core/text";
import type { Model } from "../../model/model";
import { followedQueue, polledQueues } from "../../model/scaling";
import { isWiredToGeneric } from "../generics";
import { safe, set } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { CPU_60, type Policy, policiesOf, type Service, scaledServices } from "./policies";

interface Flaw {
  field: string;
  reason: string;
  todo: string;
  fix?: Fix;
  severity?: "warning";
}

export const incompletePolicy = defineRule({
  id: "ECS-AS-005",
  severity: "error",
  title: "Step or scheduled scaling incomplete",
  why: "A step policy acts on an alarm, in steps that do not contradict each other; a scheduled action needs a time that AWS can read and a number to set.",
  docs: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html",
  needs: ["service"],
  check({ model }, report) {
    for (const { service, scaling } of scaledServices(model.of("service"))) {
      const flaws: Flaw[] = [
        ...policiesOf(scaling, "StepScaling").flatMap(({ policy, at }) => [
          ...queueFlaws(model, service, policy, at),
          ...stepFlaws(service, policy, at),
          ...cooldownFlaws(service, { cooldown: policy.cooldown }, at),
        ]),
        ...policiesOf(scaling, "TargetTrackingScaling").flatMap(
          ({ policy: { scaleInCooldown, scaleOutCooldown }, at }) =>
            cooldownFlaws(service, { scaleInCooldown, scaleOutCooldown }, at),
        ),
        ...actionFlaws(service),
      ];
      if (scaling.policies.length + scaling.scheduledActions.length === 0) {
        flaws.push({
          field: "/autoScaling/policies",
          reason: "it has no policy and no scheduled action",
          todo: "Add one.",
          fix: safe("Keep CPU at 60%", set(service.id, "/autoScaling/policies", [CPU_60])),
          severity: "warning",
        });
      }
      for (const { field, reason, todo, fix, severity } of flaws) {
        report({
          at: { node: service.id, field },
          ...(severity ? { severity } : {}),
          message: `Auto scaling of ${service.name} does not work as it stands: ${reason}. ${todo}`,
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
});

function queueFlaws(model: Model, service: Service, policy: Policy<"StepScaling">, at: string): Flaw[] {
  if (followedQueue(service, policy)) return [];
  const queues = polledQueues(service);
  const [first] = queues;
  // A queue that a generic resource stands for is not known here; one drawn the wrong way round is told elsewhere.
  const drawn = service.out.some(({ relation }) => relation === "poll");
  if (!first && (drawn || isWiredToGeneric(model, service))) return [];
  const field = `${at}/queue`;
  if (!first)
    return [
      {
        field,
        reason: `a policy follows a queue, and ${service.name} polls none`,
        todo: "Connect the queue that it polls, or use another policy.",
        fix: safe("Keep CPU at 60%", set(service.id, at, CPU_60)),
      },
    ];
  const names = list(queues.map(({ name }) => name));
  const reason =
    policy.queue === undefined
      ? `it polls ${names}, and the policy names none of them`
      : `it polls ${names}, but not the queue that the policy names`;
  return [
    {
      field,
      reason,
      todo: "Choose the queue.",
      fix: safe(`Follow ${first.name}`, set(service.id, field, first.id)),
    },
  ];
}

/** Thresholds that leave no step, or two that contradict each other. https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html */
function stepFlaws(service: Service, { steps }: Policy<"StepScaling">, at: string): Flaw[] {
  const field = `${at}/steps`;
  const usual = safe("Use the usual steps", set(service.id, field, [...queueSteps]));
  const up = steps.filter(({ scalingAdjustment: by }) => by > 0).map(({ threshold }) => threshold);
  const down = steps.filter(({ scalingAdjustment: by }) => by < 0).map(({ threshold }) => threshold);
  const says = (reason: string, todo: string): Flaw[] => [{ field, reason, todo, fix: usual }];
  if (up.length === 0) return says("no step adds a task", "Add one, such as one task more from 100 messages on.");
  if (up.length + down.length < steps.length) return says("a step changes nothing", "Give it a number of tasks.");
  if (steps.some(({ threshold }) => threshold < 0))
    return says("a queue never has fewer than no message", "Use zero or more.");
  if (new Set(up).size < up.length || new Set(down).size < down.length)
    return says("two steps begin at the same number of messages", "Change one of them.");
  if (down.length > 0 && Math.max(...down) >= Math.min(...up))
    return says(
      `from ${Math.min(...up)} messages on tasks are added, and up to ${Math.max(...down)} they are removed`,
      "Leave room between the two.",
    );
  return [];
}

function cooldownFlaws(service: Service, cooldowns: Readonly<Record<string, number | undefined>>, at: string): Flaw[] {
  return Object.entries(cooldowns).flatMap(([key, value]) =>
    value === undefined || value >= 0
      ? []
      : [
          {
            field: `${at}/${key}`,
            reason: `a cooldown of ${value} seconds is none that AWS takes`,
            todo: "Use zero or more.",
            fix: safe("Clear it", set(service.id, `${at}/${key}`)),
          },
        ],
  );
}

/** AWS takes no control characters, colons, slashes or bars in a name, and no blanks around it. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
const isName = (name: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is refused
  name !== "" && name === name.trim() && !/[:/|\u0000-\u001f\u007f-\u009f]/.test(name);

function actionFlaws({ id, props }: Service): Flaw[] {
  const actions = props.autoScaling?.scheduledActions ?? [];
  const names = actions.map(({ scheduledActionName }, index) => scheduledActionName ?? `action-${index + 1}`);
  return actions.flatMap((action, index): Flaw[] => {
    const at = `/autoScaling/scheduledActions/${index}`;
    const flaws: Flaw[] = [];
    const read = parseSchedule(action.schedule, "schedule");
    if (!read.ok)
      flaws.push({
        field: `${at}/schedule`,
        reason: `a scheduled action has ${read.reason}`,
        todo: "Write a time such as cron(0 20 * * ? *).",
      });
    if (!isTimeZone(action.timezone))
      flaws.push({
        field: `${at}/timezone`,
        reason: `a scheduled action is in the time zone “${clip(action.timezone, 40)}”, which is none`,
        todo: "Use a name such as UTC or Europe/Berlin.",
        fix: safe("Use UTC", set(id, `${at}/timezone`)),
      });
    if (action.minCapacity === undefined && action.maxCapacity === undefined)
      flaws.push({
        field: `${at}/minCapacity`,
        reason: "a scheduled action sets neither a minimum nor a maximum",
        todo: "Give it one of them.",
        fix: safe("Set the minimum", set(id, `${at}/minCapacity`, Math.max(0, props.autoScaling?.minCapacity ?? 0))),
      });
    const name = names[index] ?? "";
    const field = `${at}/scheduledActionName`;
    const fix = safe("Number it", set(id, field));
    if (!isName(name))
      flaws.push({
        field,
        reason: `“${clip(name, 40)}” is no name for a scheduled action`,
        todo: "Use letters and digits.",
        fix,
      });
    else if (names.indexOf(name) < index)
      flaws.push({ field, reason: `two scheduled actions are called ${clip(name, 40)}`, todo: "Rename one.", fix });
    return flaws;
  });
}
