import type { AutoScaling, TargetTracking } from "../catalog/fields/auto-scaling";
import { count } from "../core/text";
import type { ModelNode } from "../model/model";
import { countedWay, mostTasks, polledQueues, scalingOf } from "../model/scaling";
import { phasesOf, type Scaling, tasksForRequests, tasksOnAverage } from "./scaling";
import { type Asked, SECONDS_PER_MONTH, type Traffic } from "./traffic";
import { combine, isKnown, type Known, type UsageName } from "./usage";
import { figure } from "./words";

/** Tasks of a service in an average hour of the month. */
export interface Running {
  tasks: number;
  /** Set where scaling decides: then `tasks` need not be whole. */
  scaled: boolean;
  /** The most at once. */
  most: number;
  /** "2 tasks", "3.33 tasks on average, 2 to 10, following 20 of 60 requests/s". */
  note: string;
  /** In words, what nobody has confirmed. */
  assumed: readonly string[];
  /** A figure that would say more. */
  wants?: UsageName;
}

/** Tasks, or the sentence that says why they are not known. */
export type RunningTasks = Running | { why: string };

export const isRunning = (running: RunningTasks): running is Running => "tasks" in running;

/** Who answers what the tasks of a service depend on. */
export interface Use extends Asked {
  readonly traffic: Traffic;
  /** Messages of a queue a month. */
  messagesOf(queue: ModelNode): Known;
}

/** Where nobody says the peak, it is so many times the average. */
export const PEAK = 3;

/**
 * The tasks that a service runs on average: its desired count, or with auto scaling what follows from the traffic between
 * minimum and maximum. Of several policies the one that asks for most tasks decides, as in Application Auto Scaling.
 * Undefined for a service that does not say how many it runs, and for a daemon.
 */
export function runningOf(service: ModelNode<"service">, use: Use): RunningTasks | undefined {
  const { desiredCount, schedulingStrategy } = service.props;
  if (schedulingStrategy === "DAEMON") return undefined;
  const scaling = scalingOf(service);
  if (scaling) return scaled(service, scaling, use);
  if (desiredCount === undefined) return undefined;
  return { tasks: desiredCount, scaled: false, most: desiredCount, note: count(desiredCount, "task"), assumed: [] };
}

/** What one policy makes of a minimum and a maximum. */
interface Follows {
  says: string;
  assumed: readonly string[];
  tasks(between: Scaling): number;
}

function scaled(service: ModelNode<"service">, scaling: AutoScaling, use: Use): RunningTasks {
  const followed: Follows[] = [];
  const assumed: string[] = [];
  const tracking = scaling.policies.filter((policy): policy is TargetTracking => policy.policyType !== "StepScaling");
  for (const policy of tracking) {
    const requests = policy.predefinedMetricType === "ALBRequestCountPerTarget";
    // CPU and memory follow the same requests, so that one of them says it for both.
    if (!requests && followed.some(({ says }) => says.startsWith("following"))) continue;
    const follows = requests ? byRequests(service, policy, use) : byTraffic(service, use);
    if (follows && "why" in follows) return follows;
    if (follows) followed.push(follows);
  }
  const polls = scaling.policies.some(({ policyType }) => policyType === "StepScaling");
  const busy = polls ? byMessages(service, use) : undefined;
  if (busy && "why" in busy) return busy;
  if (busy) followed.push(busy);
  const phases = phasesOf(scaling);
  if (!phases) assumed.push("minimum and maximum as without the scheduled actions, whose hours cannot be told");
  const base = { min: scaling.minCapacity, max: scaling.maxCapacity };
  const alone = scaling.policies.length === 0;
  const tasks = (phases ?? [{ ...base, held: base.min, part: 1 }]).reduce(
    (sum, phase) =>
      sum + phase.part * Math.max(alone ? phase.held : phase.min, ...followed.map((one) => one.tasks(phase))),
    0,
  );
  if (followed.length === 0 && !alone) {
    const why = polls ? "how long a task takes for a message is not known" : "no requests of this design reach it";
    assumed.push(`as few tasks as ${service.name} may have, as ${why}`);
  }
  const between = phases ?? [base];
  const [least, greatest] = [Math.min(...between.map(({ min }) => min)), Math.max(...between.map(({ max }) => max))];
  const range = least === greatest ? "" : `, ${least} to ${greatest}`;
  const timetable = phases && phases.length > 1 ? ", by the hours of its scheduled actions" : "";
  return {
    tasks,
    scaled: true,
    most: mostTasks(service),
    note: `${tasksText(tasks)}${range}${timetable}${followed.map(({ says }) => `, ${says}`).join("")}`,
    assumed: [...new Set([...assumed, ...followed.flatMap((one) => one.assumed)])],
    ...(polls && !busy ? { wants: "messageSeconds" } : {}),
  };
}

/** "3.33 tasks on average". */
export const tasksText = (tasks: number): string =>
  `${figure(Number(tasks.toFixed(2)))} ${tasks === 1 ? "task" : "tasks"} on average`;

/** CPU and memory of tasks grow with the requests that reach them: the maximum is taken to be meant for the peak. */
function byTraffic(service: ModelNode<"service">, use: Use): Follows | { why: string } | undefined {
  const load = use.traffic.of(service.id);
  if (!load) return undefined;
  if ("why" in load) return load;
  const peaks = Object.entries(load.from).map(([entry, rate]): Known => peakOf(entry, rate, use));
  const peak = combine(peaks, (...parts) => parts.reduce((sum, part) => sum + part, 0));
  if (!isKnown(peak)) return peak;
  const average = load.requestsPerSecond;
  return {
    says: `following ${figure(average)} of ${figure(Math.max(average, peak.value))} requests/s`,
    assumed: [
      ...load.assumedRequests,
      ...peak.assumed,
      `as many tasks as ${service.name} may have at the peak, in proportion at other times`,
    ],
    tasks: (between) => tasksOnAverage(between, average, Math.max(average, peak.value)),
  };
}

/** What enters at one place, at its peak, as far as it reaches the service. */
function peakOf(entry: string, rate: number, use: Use): Known {
  const whole = use.traffic.of(entry);
  if (!whole || "why" in whole) return { value: rate, assumed: [] };
  const average = whole.requestsPerSecond;
  const peak = use.figureOf(entry, "peakRequestsPerSecond", () => ({
    value: average * PEAK,
    assumed: [`${PEAK} times as many requests at the peak as on average`],
  }));
  return combine([peak], (value) => (average > 0 ? (rate * Math.max(value, average)) / average : 0));
}

/**
 * Messages that the service polls, and how long a task works on each: so many tasks are busy on average, whatever the steps
 * are, or the queue would only ever grow. Undefined until the person says how long.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html
 */
function byMessages(service: ModelNode<"service">, use: Use): Follows | { why: string } | undefined {
  const seconds = use.given(service.id, "messageSeconds");
  if (!seconds) {
    use.figureOf(service.id, "messageSeconds");
    return undefined;
  }
  const each = polledQueues(service).map((queue) => {
    const among = new Set(queue.out.flatMap(({ relation, to }) => (relation === "poll" ? [to.id] : []))).size;
    return combine([use.messagesOf(queue as ModelNode)], (messages) => messages / among);
  });
  if (each.length === 0) return undefined;
  const messages = combine(each, (...all) => all.reduce((sum, one) => sum + one, 0));
  const busy = combine([messages, seconds], (count, took) => (count * took) / SECONDS_PER_MONTH);
  if (!isKnown(busy) || !isKnown(messages) || !isKnown(seconds)) return isKnown(busy) ? undefined : busy;
  return {
    says: `for ${figure(messages.value)} messages of ${figure(seconds.value)} s`,
    assumed: [...busy.assumed, "one message at a time in each task"],
    tasks: ({ min, max }) => Math.min(Math.max(min, max), Math.max(min, busy.value)),
  };
}

/** Requests that a load balancer sends to the service, and how many of them a task is to get. */
function byRequests(
  service: ModelNode<"service">,
  policy: TargetTracking,
  use: Use,
): Follows | { why: string } | undefined {
  const way = countedWay(service, policy);
  const load = way && use.traffic.of(way.id);
  if (!load) return undefined;
  if ("why" in load) return load;
  return {
    says: `for ${figure(load.requestsPerSecond)} requests/s at ${figure(policy.targetValue)} a minute each`,
    assumed: load.assumedRequests,
    tasks: (between) => tasksForRequests(between, load.requestsPerSecond, policy.targetValue),
  };
}
