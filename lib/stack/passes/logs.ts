import { permissions } from "../../aws/permissions";
import { own } from "../../core/json";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { logGroupNameOf } from "../families";
import { constructOf, derived, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import { att, type Properties, ref, sub, type Value } from "../value";

/** Days that derived log groups keep what they are sent. */
const RETENTION_DAYS = 30;

type Definition = ModelNode<"taskDefinition">;

/** What a person wrote for the awslogs driver; undefined for other drivers and for none. */
function awslogs(container: Container): Readonly<Record<string, string>> | undefined {
  const config = container.logConfiguration;
  return config?.logDriver === "awslogs" ? (config.options ?? {}) : undefined;
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== "";

/** Log groups, and the execution role's permission to write to exactly these. */
export function lowerLogs(lowering: Lowering): void {
  for (const definition of lowering.model.of("taskDefinition")) {
    for (const container of containersOf(definition)) {
      const options = awslogs(container);
      if (!options) continue;
      const group = own(options, "awslogs-group");
      if (isSet(group)) grantNamed(lowering, definition, group, options);
      else grantDerived(lowering, definition);
    }
  }
}

function grantDerived(lowering: Lowering, definition: Definition): void {
  const node = definition as ModelNode;
  const id = lowering.idFor(node, "LogGroup");
  if (lowering.resource(id)) return;
  const properties = new PropertySet()
    .set("LogGroupName", logGroupNameOf(lowering, definition), lowering.from(node, "/family"))
    .set("RetentionInDays", RETENTION_DAYS, derived(node));
  lowering.add("AWS::Logs::LogGroup", id, properties, {
    origins: derived(node),
    construct: constructOf("taskDefinition", node),
    deletionPolicy: "Delete",
    updateReplacePolicy: "Delete",
  });
  grantWrite(lowering, definition, att(id, "Arn"));
}

/** A group that somebody named exists already, or the driver creates it. */
function grantNamed(
  lowering: Lowering,
  definition: Definition,
  group: string,
  options: Readonly<Record<string, string>>,
): void {
  const given = own(options, "awslogs-region");
  // Fn::Sub would read ${…} in a name as its own.
  const literal = (text: string): string => text.replaceAll("${", "${!");
  const region = isSet(given) ? literal(given) : "${AWS::Region}";
  const arn = `arn:\${AWS::Partition}:logs:${region}:\${AWS::AccountId}:log-group:${literal(group)}`;
  grantWrite(lowering, definition, sub(`${arn}:*`));
  if (own(options, "awslogs-create-group") === "true") {
    const [statement] = permissions["create-log-group"].statements;
    if (!statement) return;
    roleOf(lowering, definition, "execution").grant(
      { actions: statement.actions, resources: [sub(`${arn}:*`)] },
      definition as ModelNode,
    );
  }
}

function grantWrite(lowering: Lowering, definition: Definition, group: Value): void {
  const [statement] = permissions["write-logs"].statements;
  if (!statement) return;
  const role = roleOf(lowering, definition, "execution");
  role.grant({ actions: statement.actions, resources: [group] }, definition as ModelNode);
}

/** LogConfiguration of a container; for awslogs, group, Region and stream prefix are filled in unless given. */
export function logConfiguration(
  lowering: Lowering,
  definition: Definition,
  container: Container,
): Properties | undefined {
  const config = container.logConfiguration;
  if (!config) return undefined;
  const given = Object.fromEntries(Object.entries(config.options ?? {}).filter(([, value]) => value !== ""));
  const options: Properties =
    config.logDriver === "awslogs"
      ? {
          "awslogs-group": ref(lowering.idFor(definition as ModelNode, "LogGroup")),
          "awslogs-region": ref("AWS::Region"),
          "awslogs-stream-prefix": container.name,
          ...given,
        }
      : given;
  const secrets = (config.secretOptions ?? []).map(({ name, valueFrom }) => ({ Name: name, ValueFrom: valueFrom }));
  return {
    LogDriver: config.logDriver,
    ...(Object.keys(options).length > 0 ? { Options: options } : {}),
    ...(secrets.length > 0 ? { SecretOptions: secrets } : {}),
  };
}
