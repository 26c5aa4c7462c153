import { dependencyConditionTable } from "../aws/dependency-conditions";
import { type Range, rangeText, within } from "../aws/docs";
import { limits } from "../aws/limits";
import { own } from "../core/json";
import { list } from "../core/text";
import { at, booleanOf, isOpen, itemsOf, numberOf } from "../network/lookup";
import type { Value } from "../stack/value";
import { type About, type Against, fails, nameOf, unsure, written } from "./about";

/** What ECS refuses in containers when it registers a task definition, or what keeps them from ever starting. */
export const containers = (about: About, names: readonly string[]): Against[] => [
  ...called(about, names),
  ...dependencies(about, names),
  ...routers(about),
  ...about.containers.flatMap((container) => [...healthCheck(container), ...timeouts(about, container)]),
];

const isEssential = (container: Value): boolean => booleanOf(at(container, "Essential") ?? true) !== false;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
function called({ definition: task }: About, names: readonly string[]): Against[] {
  const odd = [...names, ...[task.properties.Family ?? []].flat().flatMap((one) => written(one) ?? [])].filter(
    (name) => !/^[A-Za-z0-9_-]{1,255}$/.test(name),
  );
  return odd.map((name) =>
    fails(`“${name}” of ${task.id} is no name that ECS takes. Use up to 255 letters, digits, hyphens and underscores.`),
  );
}

/**
 * Waiting for nobody, for itself or in a circle, for the end of what the task ends with, and for the health of what has no
 * health check. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
function dependencies({ definition: task, containers: all }: About, names: readonly string[]): Against[] {
  const waits = new Map<string, string[]>();
  const found: Against[] = [];
  for (const container of all) {
    const name = nameOf(container);
    for (const item of itemsOf(at(container, "DependsOn")) ?? []) {
      const other = written(at(item, "ContainerName"));
      if (other === undefined) continue;
      waits.set(name, [...(waits.get(name) ?? []), other]);
      if (!names.includes(other)) found.push(fails(`${name} waits for ${other}, which ${task.id} does not have.`));
      const meant = all.find((one) => at(one, "Name") === other);
      const condition = written(at(item, "Condition"));
      if (!meant || condition === undefined) continue;
      const row = own(dependencyConditionTable.rows, condition);
      if (!row) {
        const known = Object.keys(dependencyConditionTable.rows);
        found.push(fails(`${name} waits for ${other} to be ${condition}; ECS knows ${list(known, "or")}.`));
      } else if (row.needsNonEssential && isEssential(meant)) {
        found.push(
          fails(
            `${name} waits until ${other} ${row.holds}, but ${other} is essential, so the task would end with it. Set Essential of ${other} to false.`,
          ),
        );
      } else if (row.needsHealthCheck && (at(meant, "HealthCheck") === undefined || isOff(meant)))
        found.push(
          fails(`${name} waits until ${other} is healthy, but ${other} has no health check. Give it a HealthCheck.`),
        );
    }
  }
  const circle = names.find((name) => {
    const seen = new Set<string>();
    const next = [...(waits.get(name) ?? [])];
    for (let here = next.pop(); here !== undefined; here = next.pop()) {
      if (here === name) return true;
      if (!seen.has(here)) next.push(...(waits.get(here) ?? []));
      seen.add(here);
    }
    return false;
  });
  if (circle !== undefined) found.push(fails(`${circle} waits for itself, over what it waits for. Break the circle.`));
  return found;
}

const isOff = (container: Value): boolean => at(container, "HealthCheck", "Command", 0) === "NONE";

/** The API's page says 60 seconds, the CDK accepts 120. */
const LONGEST_TIMEOUT = 120;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCheck(container: Value): Against[] {
  const check = at(container, "HealthCheck");
  const name = nameOf(container);
  if (check === undefined) return [];
  const command = at(check, "Command");
  if (isOpen(check) || isOpen(command))
    return [unsure(`The health check of ${name} is known only when the template is deployed.`)];
  const found: Against[] = [];
  const parts = itemsOf(command) ?? [];
  const [kind] = parts;
  const runs = (kind === "CMD" || kind === "CMD-SHELL") && parts.length > 1;
  if (!runs && !isOpen(kind) && kind !== "NONE")
    found.push(
      fails(
        `The Command of the health check of ${name} does not start with CMD or CMD-SHELL followed by a command. Write [CMD-SHELL, …].`,
      ),
    );
  const ranges: readonly (readonly [string, Range])[] = [
    ["Interval", limits.healthCheckInterval],
    ["Retries", limits.healthCheckRetries],
    ["StartPeriod", limits.healthCheckStartPeriod],
  ];
  for (const [property, range] of ranges)
    found.push(...outside(`${property} of the health check of ${name}`, at(check, property), range));
  const timeout = numberOf(at(check, "Timeout"));
  if (timeout !== undefined && timeout > limits.healthCheckTimeout.max && timeout <= LONGEST_TIMEOUT)
    found.push(unsure(`AWS's pages do not agree whether Timeout of the health check of ${name} may be ${timeout}.`));
  else
    found.push(...outside(`Timeout of the health check of ${name}`, at(check, "Timeout"), limits.healthCheckTimeout));
  return found;
}

export function outside(what: string, value: Value | undefined, range: Range): Against[] {
  const number = numberOf(value);
  return number === undefined || within(range, number)
    ? []
    : [fails(`${what} is ${number}; AWS takes ${rangeText(range)}.`)];
}

function timeouts({ fargate, place }: About, container: Value): Against[] {
  if (!fargate || place.unsure) return [];
  const name = nameOf(container);
  return [
    ...outside(`StartTimeout of ${name}`, at(container, "StartTimeout"), limits.startTimeoutOnFargate),
    ...outside(`StopTimeout of ${name}`, at(container, "StopTimeout"), limits.stopTimeoutOnFargate),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html */
function routers({ definition: task, containers: all, fargate, place }: About): Against[] {
  const found: Against[] = [];
  const ours = all.filter((one) => at(one, "FirelensConfiguration") !== undefined);
  if (ours.length > 1)
    found.push(fails(`${task.id} has the FireLens routers ${list(ours.map(nameOf))}; a task takes one.`));
  for (const router of ours) {
    const configuration = at(router, "FirelensConfiguration");
    const type = written(at(configuration, "Type"));
    const name = nameOf(router);
    if (type !== undefined && type !== "fluentbit" && type !== "fluentd")
      found.push(fails(`${name} is a FireLens router of type ${type}. Use fluentbit or fluentd.`));
    if (fargate && at(configuration, "Options", "config-file-type") === "s3") {
      const why = `${name} reads its FireLens configuration from S3, which Fargate does not. Put the file into the image and use config-file-type file.`;
      found.push(place.unsure ? unsure(why) : fails(why));
    }
    if (at(router, "LogConfiguration", "LogDriver") === "awsfirelens")
      found.push(fails(`${name} is the FireLens router and logs to itself. Use awslogs for it.`));
  }
  return found;
}
