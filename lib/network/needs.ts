import { type Dependency, dependencyEndpoints, type EndpointService, endpointsFor } from "../aws/endpoints";
import type { NodeKind } from "../catalog";
import type { RelationId } from "../catalog/relations";
import type { ModelEdge, ModelNode } from "../model/model";
import type { Resource } from "../stack/stack";
import { targetOf, type Value } from "../stack/value";
import { at, booleanOf, itemsOf, type Lookup, textOf } from "./lookup";

/** Something a task must reach. */
export interface Need {
  dependency: Dependency;
  by: "agent" | "code";
  /** In words: "the image of app (Docker Hub)". */
  what: string;
  /** Endpoints that together replace a way to the internet; null where none can. */
  endpoints: readonly EndpointService[] | null;
  /** True where only the deployment knows what it is. */
  unsure?: boolean;
  /** The Region that it is in, where that is written out and nobody knows the stack's. */
  region?: string;
}

const need = (dependency: Dependency, by: Need["by"], what = dependencyEndpoints.rows[dependency].label): Need => ({
  dependency,
  by,
  what,
  endpoints: endpointsFor(dependency),
});

/** What must be fetched before the containers of a task definition start, each once. `rules.md`, NET-012. */
export function startNeeds(lookup: Lookup, taskDefinition: Resource, region: string | undefined): Need[] {
  const needs: Need[] = [];
  for (const container of itemsOf(taskDefinition.properties.ContainerDefinitions) ?? []) {
    const name = textOf(at(container, "Name")) ?? "a container";
    const image = at(container, "Image");
    if (image !== undefined) needs.push(imageNeed(lookup, image, name, region));
    const log = at(container, "LogConfiguration");
    if (at(log, "LogDriver") === "awslogs") needs.push(logNeed(at(log, "Options", "awslogs-region"), region));
    if (at(container, "RepositoryCredentials") !== undefined) needs.push(need("secretsmanager", "agent"));
    const secrets = [...(itemsOf(at(container, "Secrets")) ?? []), ...(itemsOf(at(log, "SecretOptions")) ?? [])];
    for (const secret of secrets) needs.push(secretNeed(lookup, at(secret, "ValueFrom"), region));
    const files = itemsOf(at(container, "EnvironmentFiles")) ?? [];
    if (files.length > 0) needs.push(need("s3", "agent", `the environment file of ${name} in Amazon S3`));
  }
  return distinct(needs);
}

/** Registers container instances and their tasks; AWS's own on Fargate. */
export const instanceNeeds: readonly Need[] = [need("ecs-control", "agent")];

/** What the proxy of Service Connect learns its peers from. */
export const connectNeeds = (service: Resource): readonly Need[] =>
  booleanOf(at(service.properties.ServiceConnectConfiguration, "Enabled")) === true ? connectNeed : [];
const connectNeed: readonly Need[] = [need("service-connect", "agent")];

function imageNeed(lookup: Lookup, image: Value, container: string, region: string | undefined): Need {
  const text = textOf(image);
  const owner = lookup.resource(targetOf(image) ?? /^\$\{([^.}]+)/.exec(text ?? "")?.[1]);
  if (owner?.type === "AWS::ECR::Repository") return need("ecr", "agent", `the image of ${container} (Amazon ECR)`);
  const own = /^(?:\d{12}|\$\{AWS::AccountId\})\.dkr\.ecr(?:-fips)?\.([^.]+|\$\{AWS::Region\})\./.exec(text ?? "");
  if (own) {
    const elsewhere = region !== undefined && own[1] !== region && own[1] !== "${AWS::Region}";
    const place = elsewhere ? `Amazon ECR in ${own[1]}` : "Amazon ECR";
    const found = need("ecr", "agent", `the image of ${container} (${place})`);
    // Endpoints serve their own Region only.
    if (elsewhere) return { ...found, endpoints: null };
    return region === undefined ? written(found, own[1]) : found;
  }
  if (text === undefined || text.startsWith("${")) {
    return { ...need("other-registry", "agent", `the image of ${container}`), unsure: true };
  }
  if (text.startsWith("public.ecr.aws/")) {
    return need("ecr-public", "agent", `the image of ${container} (Amazon ECR Public)`);
  }
  const host = text.split("/")[0] as string;
  const registry = text.includes("/") && /[.:]|^localhost$/.test(host) ? host : "Docker Hub";
  return need("other-registry", "agent", `the image of ${container} (${registry})`);
}

/** What is in a Region that is written out. */
const written = (found: Need, region: string | undefined): Need =>
  region === undefined || region.includes("$")
    ? found
    : {
        ...found,
        region,
        what: found.what.endsWith(")") ? found.what.replace(/\)$/, ` in ${region})`) : `${found.what} in ${region}`,
      };

function logNeed(option: Value | undefined, region: string | undefined): Need {
  const found = need("logs", "agent");
  const text = option === undefined || region === undefined ? region : textOf(option);
  if (text === undefined || text === region || text === "${AWS::Region}") return found;
  return { ...found, what: `CloudWatch Logs in ${text}`, endpoints: null };
}

/**
 * True for the ARN of a secret that a database keeps itself, or text that begins with it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export const isManagedSecret = (text: string): boolean =>
  /^\$\{[^}.]+\.(MasterUserSecret\.SecretArn|MasterPasswordSecretArn)\}/.test(text);

/** A secret by ARN, a parameter by ARN or by plain name; an ARN may name another Region, which no endpoint serves. */
function secretNeed(lookup: Lookup, value: Value | undefined, region: string | undefined): Need {
  const text = textOf(value);
  const id = targetOf(value) ?? /^\$\{([^.}]+)/.exec(text ?? "")?.[1];
  const type = lookup.resource(id)?.type;
  const secret =
    type === "AWS::SecretsManager::Secret" ||
    text?.includes(":secretsmanager:") ||
    (text !== undefined && isManagedSecret(text));
  if (!secret && type !== "AWS::SSM::Parameter" && (text === undefined || text.startsWith("${"))) {
    return { ...need("secretsmanager", "agent", "a secret"), unsure: true };
  }
  const found = need(secret ? "secretsmanager" : "ssm", "agent");
  const there = /:(?:secretsmanager|ssm):([a-z0-9-]+):/.exec(text ?? "")?.[1];
  if (region === undefined) return written(found, there);
  if (there === undefined || there === region) return found;
  return { ...found, what: `${found.what} in ${there}`, endpoints: null };
}

/** What is asked of AWS along an edge, by whom, and at which end of it they stand. */
interface Asking {
  by: Need["by"];
  caller: "from" | "to";
  of(thing: NodeKind): Dependency;
}

const secretOrParameter = (thing: NodeKind): Dependency => (thing === "ssmParameter" ? "ssm" : "secretsmanager");

/** Which service answers, by relation and, where it matters, by kind. */
const askings: { readonly [R in RelationId]?: Asking } = {
  pull: { by: "agent", caller: "from", of: (thing) => (thing === "ecrRepository" ? "ecr" : "other-registry") },
  inject: { by: "agent", caller: "from", of: secretOrParameter },
  credentials: { by: "agent", caller: "from", of: secretOrParameter },
  environmentFile: { by: "agent", caller: "from", of: () => "s3" },
  access: { by: "code", caller: "from", of: () => "s3" },
  send: { by: "code", caller: "from", of: () => "sqs" },
  publish: { by: "code", caller: "from", of: () => "sns" },
  read: { by: "code", caller: "from", of: secretOrParameter },
  // Messages travel to the service, but it is the service that asks for them.
  poll: { by: "code", caller: "to", of: () => "sqs" },
};

/** What a task, or ECS for it, asks of an AWS service along an edge; undefined where the edge is none of that sort. */
export function askedAlong({
  relation,
  from,
  to,
}: ModelEdge): { by: Need["by"]; dependency: Dependency; caller: ModelNode; thing: ModelNode } | undefined {
  const asking = askings[relation];
  if (!asking) return undefined;
  const [caller, thing] = asking.caller === "from" ? [from, to] : [to, from];
  return { by: asking.by, dependency: asking.of(thing.kind), caller, thing };
}

/** What the code of a task calls: by edges of its definition, and the queues that its service polls. */
export function codeNeeds(taskDefinition: ModelNode, runner: ModelNode | undefined): Need[] {
  const asked = [
    ...taskDefinition.out.map((edge) => ({ edge, caller: taskDefinition })),
    ...(runner?.in ?? []).map((edge) => ({ edge, caller: runner })),
  ].flatMap(({ edge, caller }) => {
    const found = askedAlong(edge);
    return found?.by === "code" && found.caller === caller ? [found.dependency] : [];
  });
  return distinct(asked.map((dependency) => need(dependency, "code")));
}

const distinct = (needs: readonly Need[]): Need[] => [
  ...new Map(needs.map((item) => [`${item.dependency} ${item.what}`, item])).values(),
];
