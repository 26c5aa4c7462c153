import { compareKeys } from "../core/json";
import { isKind } from "../model/build";
import type { ModelNode } from "../model/model";
import { capacityOf, clusterOf, isFargate, placementsOf } from "../model/queries";
import { originsAt, type Resource, type Stack } from "../stack/stack";
import { referredBy, sub, targetOf, type Value } from "../stack/value";
import type { Context } from "./conditions";
import type { Caller } from "./evaluate";
import { keeperNeeds, mountNeeds } from "./mount-needs";
import { account, arnOf, merged, physicalName, SUFFIX, textOf } from "./names";
import {
  type Asking,
  anyKey,
  assumes,
  at,
  instanceRole,
  itemsOf,
  type Need,
  needsFor,
  type Reading,
  type Run,
  roleIn,
  target,
  type Wanting,
} from "./needs";
import { before, show, type Text } from "./text";

const TYPE = "AWS::ECS::TaskDefinition";
const TASKS = "ecs-tasks.amazonaws.com";
/** An ARN of a secret has seven parts; what follows picks a key, a stage or a version. */
const ARN_PARTS = 7;

/** What ECS itself does with a task definition before and while it runs, read from the stack. */
export function taskNeeds(asking: Reading, node: { id: string; name: string }): Need[] {
  const definition = asking.main(TYPE, node.id);
  if (!definition) return [];
  const { ExecutionRoleArn: execution, TaskRoleArn: task, ContainerDefinitions: containers } = definition.properties;
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  const source = textOf(asking.names, sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:"));
  const context: Context = new Map([
    ["aws:sourceaccount", [account]],
    ["aws:sourcearn", merged([...source, ...anyKey])],
  ]);
  const wanting = { node: node.id, check: "role" as const, context };
  return [
    ...assumes(asking, wanting, execution, TASKS),
    ...assumes(asking, wanting, task, TASKS),
    ...itemsOf(containers).flatMap((container, index) => {
      const reading: Container = {
        asking,
        definition,
        node,
        container,
        pointer: `/properties/ContainerDefinitions/${index}`,
      };
      const edge = (mount: number) => edgeAt(reading, `/MountPoints/${mount}`);
      return [
        ...parts.flatMap((part) => part(reading)),
        ...mountNeeds({ asking, definition, node, container, called: nameOf(reading), edge }),
      ];
    }),
    ...keeperNeeds(asking, definition, node.id),
  ];
}

/** A container of a task definition. */
interface Container {
  asking: Reading;
  definition: Resource;
  node: { id: string; name: string };
  container: Value;
  pointer: string;
}

const nameOf = ({ container, asking }: Container): string => show(textOf(asking.names, at(container, "Name") ?? ""));
const edgeAt = ({ definition, pointer }: Container, part: string): string | undefined =>
  originsAt(definition, `${pointer}${part}`).find(({ edge }) => edge !== undefined)?.edge;

/** The resource of a type that a value refers to. */
function referred({ asking }: Container, value: Value, type: string): string | undefined {
  return [...referredBy(value)].find((id) => asking.names.stack.resources[id]?.type === type);
}

/** Who acts for the tasks: the execution role; without one, in each place on instances, their role. */
function agents(reading: Container): { who: Caller | undefined; without: string; place?: string }[] {
  const { asking, definition, node } = reading;
  const who = roleIn(asking, definition.properties.ExecutionRoleArn);
  if (who) return [{ who, without: "" }];
  const places = asking.runs(node.id);
  if (places.length === 0) {
    // What is started by hand on instances does it with their role.
    const compatible = itemsOf(definition.properties.RequiresCompatibilities);
    return compatible.length > 0 && compatible.every((launch) => launch !== "EC2") ? [executionRole(reading)] : [];
  }
  return places.flatMap(({ fargate, place, instances }) => {
    if (fargate) return [{ ...executionRole(reading), place }];
    return instances.map(({ name, who: role }) => ({
      who: role,
      without: `${node.name} has no execution role, and the instances of ${name} have no role either.`,
      place,
    }));
  });
}

/** Where a drawn task definition runs. */
export function drawnRuns(asking: Omit<Asking, "runs">, definition: string): Run[] {
  const node = asking.model.node(definition);
  if (!node || !isKind(node, "taskDefinition")) return [];
  return placementsOf(asking.model, node).map(({ launch, service, cluster, edge }): Run => {
    const place = service?.id ?? edge?.id ?? "";
    const used = service ? capacityOf(service as ModelNode).map(({ provider }) => provider as ModelNode) : [];
    const near = used.length > 0 ? used : (cluster ?? (service && clusterOf(service as ModelNode)))?.children;
    const providers = (near ?? []).filter((child) => isKind(child, "asgCapacityProvider"));
    const instances = providers.map(({ id, name }) => ({ name, who: instanceRole(asking, id) }));
    return { place, fargate: isFargate(launch), instances };
  });
}

/** The execution role and nothing else: secrets and environment files are never read with the role of an instance. */
const executionRole = ({ asking, definition, node }: Container) => ({
  who: roleIn(asking, definition.properties.ExecutionRoleArn),
  without: `${node.name} has no execution role.`,
});

function image(reading: Container): Need[] {
  const { asking, container, node } = reading;
  const value = at(container, "Image");
  if (value === undefined) return [];
  const id = referred(reading, value, "AWS::ECR::Repository");
  const repository = id === undefined ? foreignRepository(reading, value) : target(asking, id);
  if (!repository) return [];
  const what = `to pull the image of ${nameOf(reading)}`;
  return agents(reading).flatMap((agent) => {
    const wanting = { node: node.id, edge: edgeAt(reading, "/Image"), what, check: "image" as const, ...agent };
    return [...needsFor(wanting, "pull-image", { repository }), ...cacheNeeds(reading, wanting, repository.resource)];
  });
}

const caches = new WeakMap<Stack, readonly string[]>();

/** What repositories of pull-through caches begin with; none where a policy of the registry may allow what they take. */
function cachesOf(stack: Stack): readonly string[] {
  const known = caches.get(stack);
  if (known) return known;
  const all = Object.values(stack.resources);
  const found = all.some(({ type }) => type === "AWS::ECR::RegistryPolicy")
    ? []
    : all.flatMap(({ type, properties: { EcrRepositoryPrefix: prefix } }) =>
        type === "AWS::ECR::PullThroughCacheRule" && typeof prefix === "string" ? [prefix] : [],
      );
  caches.set(stack, found);
  return found;
}

/**
 * The first pull through a cache fetches the image from where it is, and makes its repository. A policy of the registry
 * may allow both as well.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
function cacheNeeds({ asking }: Container, wanting: Wanting, repository: Text): Need[] {
  const prefixes = cachesOf(asking.names.stack);
  if (prefixes.length === 0) return [];
  const name = show(repository).split(":repository/")[1] ?? "";
  if (!prefixes.some((prefix) => name.startsWith(`${prefix}/`))) return [];
  const what = `${wanting.what} through the cache`;
  return ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"].map((action) => ({
    ...wanting,
    what,
    actions: [action],
    must: true,
    resource: repository,
  }));
}

/** A private repository outside the stack, or one whose name is put together. */
function foreignRepository({ asking }: Container, value: Value): { resource: Text } | undefined {
  const found =
    /^(\d{12}|\$\{AWS::AccountId\})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+|\$\{AWS::Region\})\.(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})\/((?:\$\{[^}]*\}|[^:@])+)/.exec(
      show(textOf(asking.names, value)),
    );
  if (!found) return undefined;
  const [, owner, region, name = ""] = found;
  const place = textOf(asking.names, sub(`arn:\${AWS::Partition}:ecr:${region}:${owner}:repository/`));
  return { resource: [...place, ...(name.includes("${!") ? anyKey : textOf(asking.names, sub(name)))] };
}

/** What a value from Secrets Manager or Systems Manager takes, wherever it is written. */
function valueNeeds(reading: Container, value: Value | undefined, part: string, what: string): Need[] {
  if (value === undefined || value === "") return [];
  const { asking, node } = reading;
  const wanting = {
    node: node.id,
    edge: edgeAt(reading, part),
    what,
    check: "secrets" as const,
    ...executionRole(reading),
  };
  const id = referred(reading, value, "AWS::SecretsManager::Secret");
  if (id !== undefined) {
    return [...needsFor(wanting, "inject-secret", { secret: target(asking, id) }), ...keyNeeds(reading, wanting, id)];
  }
  const parameter = referred(reading, value, "AWS::SSM::Parameter");
  const text = textOf(asking.names, value);
  const said = show(text);
  if (/^arn:(?:[^:]+|\$\{AWS::Partition\}):secretsmanager:/.test(said)) {
    const resource = wholeArn(before(text, ":", ARN_PARTS));
    return needsFor(wanting, "inject-secret", { secret: { resource } });
  }
  const [first] = text;
  // What a database keeps itself is a secret, whatever of it is picked.
  if (typeof first === "object" && /\.(MasterUserSecret\.SecretArn|MasterPasswordSecretArn)$/.test(first.token))
    return needsFor(wanting, "inject-secret", { secret: { resource: [first] } });
  // A value that only the deployment knows may name either.
  if (parameter === undefined && typeof text[0] !== "string") {
    const actions = ["secretsmanager:GetSecretValue", "ssm:GetParameters"];
    return [{ ...wanting, actions, must: true, resource: text }];
  }
  const full = said.startsWith("arn:") ? text : parameterArn(reading, text);
  return needsFor(wanting, "inject-parameter", { parameter: { resource: full, of: parameter } });
}

/**
 * A key of one's own is used in the name of whoever reads the secret; of keys outside the stack nobody knows the policy.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function keyNeeds({ asking }: Container, wanting: Wanting, secret: string): Need[] {
  const { resources } = asking.names.stack;
  const named = targetOf(resources[secret]?.properties.KmsKeyId);
  const alias = named === undefined ? undefined : resources[named];
  const id = alias?.type === "AWS::KMS::Alias" ? targetOf(alias.properties.TargetKeyId) : named;
  if (id === undefined || resources[id]?.type !== "AWS::KMS::Key") return [];
  const via = merged(textOf(asking.names, sub("secretsmanager.${AWS::Region}.${AWS::URLSuffix}")));
  const what = `${wanting.what}, which ${id} encrypts`;
  return needsFor({ ...wanting, what, context: new Map([["kms:viaservice", via]]) }, "decrypt", {
    key: target(asking, id),
  });
}

/**
 * Permissions are asked for a secret's whole ARN, with the random end that Secrets Manager gives it and that a value may
 * leave out. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html
 */
function wholeArn(arn: Text): Text {
  const last = arn.at(-1);
  if (typeof last !== "string" || /-(?=[a-zA-Z]*[A-Z0-9])[A-Za-z0-9]{6}$/.test(last)) return arn;
  return [...arn, "-", { token: "the end of the secret's ARN", holds: "name", length: SUFFIX }];
}

function parameterArn({ asking }: Container, name: Text): Text {
  const [first, ...rest] = name;
  const plain = typeof first === "string" ? [first.replace(/^\//, ""), ...rest] : name;
  return [
    ...textOf(asking.names, sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/")),
    ...plain,
  ];
}

const secrets = (reading: Container): Need[] =>
  itemsOf(at(reading.container, "Secrets")).flatMap((item, index) =>
    valueNeeds(reading, at(item, "ValueFrom"), `/Secrets/${index}`, `to fill a variable of ${nameOf(reading)}`),
  );

const logSecrets = (reading: Container): Need[] =>
  itemsOf(at(reading.container, "LogConfiguration", "SecretOptions")).flatMap((item) =>
    valueNeeds(reading, at(item, "ValueFrom"), "/LogConfiguration", `to fill a log option of ${nameOf(reading)}`),
  );

function credentials(reading: Container): Need[] {
  const value = at(reading.container, "RepositoryCredentials", "CredentialsParameter");
  return valueNeeds(reading, value, "/RepositoryCredentials", `to log in to the registry of ${nameOf(reading)}`);
}

const environmentFiles = (reading: Container): Need[] =>
  itemsOf(at(reading.container, "EnvironmentFiles")).flatMap((item, index) => {
    const value = at(item, "Value");
    if (value === undefined) return [];
    const { asking, node } = reading;
    const id = referred(reading, value, "AWS::S3::Bucket");
    const text = textOf(asking.names, value);
    const bucket = id === undefined ? before(text, "/") : arnOf(asking.names, id);
    const wanting = {
      node: node.id,
      edge: edgeAt(reading, `/EnvironmentFiles/${index}`),
      what: `to load an environment file of ${nameOf(reading)}`,
      check: "environmentFiles" as const,
      ...executionRole(reading),
    };
    return needsFor(wanting, "environment-file", {
      object: { resource: text, of: id },
      bucket: { resource: bucket, of: id },
    });
  });

function logs(reading: Container): Need[] {
  const { asking, container, node } = reading;
  const config = at(container, "LogConfiguration");
  const options = at(config, "Options");
  const written = at(options, "awslogs-group");
  if (at(config, "LogDriver") !== "awslogs" || written === undefined) return [];
  const id = referred(reading, written, "AWS::Logs::LogGroup");
  const name = id === undefined ? textOf(asking.names, written) : physicalName(asking.names, id);
  const region = textOf(asking.names, at(options, "awslogs-region") ?? sub("${AWS::Region}"));
  const prefix = textOf(asking.names, sub("arn:${AWS::Partition}:logs:"));
  const group = [...prefix, ...region, ":", account, ":log-group:", ...name];
  const stream = merged([...group, ":log-stream:", ...anyKey]);
  const create = show(textOf(asking.names, at(options, "awslogs-create-group") ?? "")) === "true";
  return agents(reading).flatMap((agent) => {
    const wanting = { node: node.id, check: "logs" as const, ...agent };
    return [
      ...needsFor({ ...wanting, what: `to write the logs of ${nameOf(reading)}` }, "write-logs", {
        "log-group-streams": { resource: stream },
      }),
      ...(create
        ? needsFor({ ...wanting, what: `to create the log group of ${nameOf(reading)}` }, "create-log-group", {
            "log-group": { resource: stream },
          })
        : []),
    ];
  });
}

const parts: readonly ((reading: Container) => Need[])[] = [
  image,
  secrets,
  credentials,
  environmentFiles,
  logs,
  logSecrets,
];

/** ECS Exec of a service: the task role opens the channel. */
export function execNeeds(asking: Reading, service: { id: string; name: string }): Need[] {
  const resource = asking.main("AWS::ECS::Service", service.id);
  if (resource?.properties.EnableExecuteCommand !== true) return [];
  const [id] = [...referredBy(resource.properties.TaskDefinition)].sort(compareKeys);
  const definition = id === undefined ? undefined : asking.names.stack.resources[id];
  if (definition?.type !== TYPE) return [];
  const who = roleIn(asking, definition.properties.TaskRoleArn);
  const without = `The task definition of ${service.name} has no task role.`;
  return needsFor({ node: service.id, what: "to let people into its containers", who, without }, "execute-command", {});
}

/** The instances of a capacity provider: their role, and what the agent does with it. */
export function instanceNeeds(asking: Asking, { id, name }: ModelNode<"asgCapacityProvider">): Need[] {
  const profile = asking.main("AWS::IAM::InstanceProfile", id);
  const [role] = [profile?.properties.Roles ?? []].flat() as Value[];
  return joinNeeds(asking, { id, name }, role);
}

/** What the agent of instances does with their role; in which cluster, where that is known. */
export function joinNeeds(
  asking: Reading,
  { id, name }: { id: string; name: string },
  role: Value | undefined,
  cluster?: Value,
): Need[] {
  const { names } = asking;
  const who = roleIn(asking, role);
  const without = `The instances of ${name} have no role.`;
  const wanting = { node: id, check: "placement" as const };
  const target = targetOf(cluster);
  const known = target !== undefined && Object.hasOwn(names.stack.resources, target);
  const arn = known ? arnOf(names, target) : anyKey;
  const context: Context = known ? new Map([["ecs:cluster", arn]]) : new Map();
  const instances = textOf(
    names,
    sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:container-instance/"),
  );
  return [
    ...assumes(asking, wanting, role, "ec2.amazonaws.com"),
    ...needsFor({ ...wanting, what: "to join the cluster", who, without, context }, "join-cluster", {
      // A policy that names only some clusters may still let the agent work.
      cluster: { resource: arn },
      "container-instance": {
        resource: known ? merged([...instances, ...physicalName(names, target), "/", ...anyKey]) : anyKey,
      },
    }),
  ];
}
