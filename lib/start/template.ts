import { runTaskNeeds } from "../grants/event-needs";
import { answered, type Permission } from "../grants/grants";
import { launchNeeds } from "../grants/mount-needs";
import type { Need, Reading } from "../grants/needs";
import { joinNeeds, taskNeeds } from "../grants/task-needs";
import { type Running, readingOf } from "../grants/template";
import { at, itemsOf } from "../network/lookup";
import type { Place } from "../network/places";
import { startReaches } from "../network/reach";
import { groundOf } from "../network/reachability";
import type { Ground } from "../network/walks/walk";
import { worldsOf } from "../stack/resolve/worlds";
import type { Stack } from "../stack/stack";
import { targetOf, type Value } from "../stack/value";
import { type About, type Against, type Check, fails, type Shared, sharedOf } from "./about";
import { type CheckDef, type CheckId, checkTable } from "./checks";
import { runningIn } from "./running";
import type { StartCheck, TaskStart } from "./start";
import { definition, network, placement } from "./template-definition";
import { health } from "./template-health";
import { environmentFiles, image, logs } from "./template-parts";
import { secrets } from "./template-secrets";
import { volumes } from "./template-volumes";

/** What a template itself answers of each line; ways and permissions are the same for all lines. */
const checks = {
  definition,
  placement,
  network,
  role: () => [],
  image,
  secrets,
  environmentFiles,
  logs,
  volumes,
  health,
} satisfies { [C in CheckId]: Check };

/**
 * Per task definition of a template and place where it runs, by logical id: whether its tasks will start, as far as
 * literals and references say. Every case that conditions leave open is followed; what they do not agree on is
 * unknowable. Never throws.
 */
export function startsOfTemplate(stack: Stack): TaskStart[] {
  const { worlds, complete } = worldsOf(stack);
  const found = new Map<string, TaskStart[]>();
  for (const world of worlds) {
    for (const start of startsIn(world.stack)) {
      const key = `${start.node} ${start.place ?? ""}`;
      const known = found.get(key);
      if (known) known.push(start);
      else found.set(key, [start]);
    }
  }
  return [...found.values()].map((starts) => agreed(starts, complete));
}

function startsIn(stack: Stack): TaskStart[] {
  const ground = groundOf(stack);
  const running = runningIn(ground);
  const reading = { ...readingOf(stack, running), instances: running.instances };
  const shared = sharedOf(ground);
  const starts = ground.places.all.map((place) => startIn(ground, shared, reading, place));
  const used = new Set(starts.map(({ node }) => node));
  const idle = ground.network.lookup.of("AWS::ECS::TaskDefinition").flatMap(({ id }): TaskStart[] => {
    if (used.has(id)) return [];
    const why = `Nothing in this template runs ${id}.`;
    return [{ node: id, place: null, verdict: "unknowable", why, checks: [] }];
  });
  const elsewhere = ground.network.lookup.of("AWS::ECS::Service").flatMap(({ id }): TaskStart[] => {
    if (ground.places.ofService(id)) return [];
    const why = `The task definition of ${id} is not part of this template.`;
    return [{ node: id, place: id, verdict: "unknowable", why, checks: [] }];
  });
  return [...starts, ...idle, ...elsewhere];
}

function startIn(
  ground: Ground,
  shared: Shared,
  { grants, instances, ...reading }: ReturnType<typeof readingOf> & Pick<Running, "instances">,
  place: Place,
): TaskStart {
  const task = place.taskDefinition;
  const about: About = {
    ground,
    shared,
    place,
    definition: task,
    containers: (itemsOf(task.properties.ContainerDefinitions) ?? []).filter(isPlain),
    fargate: place.compute === "FARGATE",
    reaches: startReaches(ground.network, place),
    permissions: [
      ...taskNeeds(reading, { id: task.id, name: task.id }),
      ...launchNeeds(reading, place.resource, task.id),
      ...place.instances.flatMap(({ node = "" }) => {
        const found = instances.get(node);
        return found ? joinNeeds(reading, { id: node, name: node }, found.role, found.cluster) : [];
      }),
      ...startedNeeds(reading, place),
    ]
      .filter((need) => need.place === undefined || need.place === place.resource.id)
      .map((need) => answered(grants, need)),
  };
  const answers = (Object.keys(checkTable) as CheckId[]).map((id) => answer(about, id));
  const failing = answers.filter(({ verdict }) => verdict === "fails");
  const open = answers.filter(({ verdict }) => verdict === "unknowable");
  // One missing way may stand against several lines.
  const reasons = (failing.length > 0 ? failing : open).flatMap(({ against }) => against.map(({ why }) => why));
  const because = [...new Set(reasons)].join(" ");
  return {
    node: task.id,
    place: place.resource.id,
    verdict: failing.length > 0 ? "fails" : open.length > 0 ? "unknowable" : "starts",
    why: because === "" ? "Nothing in the template stands against it." : because,
    checks: answers,
  };
}

/** What a rule or a schedule needs to start single tasks. */
function startedNeeds(reading: Reading, { resource: holder, taskDefinition: { id } }: Place): Need[] {
  const { Targets, Target } = holder.properties;
  const schedule = holder.type === "AWS::Scheduler::Schedule";
  const targets = schedule ? [Target] : holder.type === "AWS::Events::Rule" ? (itemsOf(Targets) ?? []) : [];
  return targets.flatMap((value) => {
    if (value === undefined || targetOf(at(value, "EcsParameters", "TaskDefinitionArn")) !== id) return [];
    const ends = { node: holder.id, edge: holder.id, from: holder.id, to: id };
    return runTaskNeeds(reading, ends, { value, holder, schedule });
  });
}

const isPlain = (value: Value): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

function answer(about: About, check: CheckId): StartCheck {
  const { title, passes, reaches, grants }: CheckDef = checkTable[check];
  const against: Against[] = [...(checks[check] as Check)(about)];
  for (const { dependency, verdict, why } of about.reaches) {
    if (verdict !== "open" && reaches?.includes(dependency)) against.push({ verdict, why });
  }
  const line = ({ check: one }: Permission): boolean => one !== undefined && one === grants;
  for (const permission of about.permissions) {
    const { verdict, why, must } = permission;
    // What only some code needs decides nothing.
    if (!must || !line(permission) || verdict === "allowed") continue;
    against.push({ verdict: verdict === "denied" ? "blocked" : "unknowable", why });
  }
  against.push(...mending(about.permissions.filter((one) => one.must && line(one) && one.verdict === "denied")));
  const worst = against.some(({ verdict }) => verdict === "blocked") ? "blocked" : "unknowable";
  const said = [...new Set(against.filter(({ verdict }) => verdict === worst).map(({ why }) => why))];
  if (said.length === 0) return { check, title, verdict: "passes", why: passes, against: [] };
  const reasons = said.map((why) => ({ why }));
  return {
    check,
    title,
    verdict: worst === "blocked" ? "fails" : "unknowable",
    why: said.join(" "),
    against: reasons,
  };
}

/** How missing statements are mended, once for each role. */
function mending(denied: readonly Permission[]): Against[] {
  const lacking = denied.filter(({ why }) => why.startsWith("No statement lets"));
  const roles = new Set(lacking.flatMap(({ who }) => (who && "role" in who ? [who.role] : [])));
  const trusted = new Set(lacking.flatMap(({ who, of }) => (who && "service" in who && of !== undefined ? [of] : [])));
  return [
    ...[...roles].map((role) => fails(`Allow it in a policy of ${role}.`)),
    ...[...trusted].map((role) => fails(`Allow it in the AssumeRolePolicyDocument of ${role}.`)),
  ];
}

/** One answer of all worlds. */
function agreed(starts: readonly TaskStart[], complete: boolean): TaskStart {
  const order = ["fails", "unknowable", "starts"] as const;
  const worst = order.flatMap((verdict) => starts.filter((start) => start.verdict === verdict))[0] as TaskStart;
  if (complete && starts.every(({ verdict }) => verdict === worst.verdict)) return worst;
  const why = `It depends on conditions, and so on parameters without a default. In one case: ${worst.why}`;
  const checks = worst.checks.map((check) =>
    check.verdict === "fails" ? { ...check, verdict: "unknowable" as const } : check,
  );
  return { ...worst, verdict: "unknowable", why, checks };
}
