import { permissions } from "../../aws/permissions";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import type { Lowering } from "../lowering";
import { roleOf } from "../roles";
import { sub, type Value } from "../value";

/** An ARN of a secret has seven parts; what follows picks a key or a version. */
const SECRET_ARN_PARTS = 7;

/**
 * What containers refer to by ARN or name instead of by an edge: secrets, parameters, environment files and images in
 * other private repositories. The execution role may use exactly these.
 */
export function lowerLiterals(lowering: Lowering): void {
  for (const definition of lowering.model.of("taskDefinition")) {
    const role = roleOf(lowering, definition, "execution");
    for (const container of containersOf(definition)) {
      for (const { actions, resource, field } of needs(container)) {
        const at = `/containerDefinitions/${container.id}${field}`;
        const node = definition as ModelNode;
        role.grant({ actions, resources: [resource] }, node, lowering.from(node, at));
      }
    }
  }
}

interface Need {
  actions: readonly string[];
  resource: Value;
  field: string;
}

function needs(container: Container): Need[] {
  const secrets = container.secrets.flatMap((item, index) => secretNeed(item.valueFrom, `/secrets/${index}`));
  const options = (container.logConfiguration?.secretOptions ?? []).flatMap((item, index) =>
    secretNeed(item.valueFrom, `/logConfiguration/secretOptions/${index}`),
  );
  const files = container.environmentFiles.flatMap((item, index) => fileNeed(item.value, `/environmentFiles/${index}`));
  return [...secrets, ...options, ...files, ...imageNeed(container.image ?? "")];
}

const actionsOf = (purpose: keyof typeof permissions, index = 0): readonly string[] =>
  permissions[purpose].statements[index]?.actions ?? [];

/** Secrets Manager by ARN; Systems Manager by ARN, or by name in this account and Region. */
function secretNeed(valueFrom: string, field: string): Need[] {
  if (valueFrom === "") return [];
  if (/^arn:[^:]+:secretsmanager:/.test(valueFrom)) {
    const resource = valueFrom.split(":").slice(0, SECRET_ARN_PARTS).join(":");
    return [{ actions: actionsOf("inject-secret"), resource, field }];
  }
  const actions = actionsOf("inject-parameter");
  if (valueFrom.startsWith("arn:")) return [{ actions, resource: valueFrom, field }];
  const name = valueFrom.replace(/^\//, "").replaceAll("${", "${!");
  return [
    {
      actions,
      resource: sub(`arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${name}`),
      field,
    },
  ];
}

function fileNeed(arn: string, field: string): Need[] {
  const bucket = /^arn:[^:]+:s3:::[^/]+/.exec(arn)?.[0];
  if (bucket === undefined) return [];
  return [
    { actions: actionsOf("environment-file", 0), resource: arn, field },
    { actions: actionsOf("environment-file", 1), resource: bucket, field },
  ];
}

/** An image in a private ECR repository outside the drawing. */
function imageNeed(image: string): Need[] {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  if (!match) return [];
  const [, account, region, name] = match;
  return permissions["pull-image"].statements.map((statement) => ({
    actions: statement.actions,
    resource:
      statement.on === "*"
        ? "*"
        : sub(`arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name?.replaceAll("${", "${!")}`),
    field: "/image",
  }));
}
