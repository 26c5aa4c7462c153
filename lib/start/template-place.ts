import { limits } from "../aws/limits";
import { operatingSystemFamilies, osOf } from "../aws/runtime-platforms";
import { count, list } from "../core/text";
import { carries } from "../grants/mount-needs";
import { at, isOpen, itemsOf, keyOf, keyText, numberOf } from "../network/lookup";
import type { Place } from "../network/places";
import { notOnFargate } from "../rules/compute/platform";
import { referredBy, targetOf, type Value } from "../stack/value";
import { type About, type Against, fails, unsure, written } from "./about";
import { outside } from "./template-containers";

const isFargateName = (value: Value | undefined): boolean => value === "FARGATE" || value === "FARGATE_SPOT";

/**
 * What ECS refuses of where a place runs its tasks, and capacity providers that the cluster does not have yet.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function capacity(about: About): Against[] {
  const { place } = about;
  const { launchType, strategy } = place.written;
  const items = itemsOf(strategy) ?? [];
  const found: Against[] = [];
  if (items.length > 0 && launchType !== undefined && !isOpen(launchType))
    found.push(
      fails(`${place.name} has a launch type and a capacity provider strategy; ECS takes one of the two. Remove one.`),
    );
  if (items.length > limits.capacityProvidersPerStrategy.max)
    found.push(fails(`The strategy of ${place.name} has ${items.length} entries; it may have 20.`));
  const weights = items.map((item) => at(item, "Weight"));
  if (items.length > 1 && weights.every((weight) => weight === undefined || numberOf(weight) === 0))
    found.push(fails(`All weights in the strategy of ${place.name} are 0. Give one provider a Weight above 0.`));
  const based = items.filter((item) => (numberOf(at(item, "Base")) ?? 0) > 0);
  if (based.length > 1)
    found.push(
      fails(`${count(based.length, "entry", "entries")} of the strategy of ${place.name} have a Base; one may.`),
    );
  const named = items.map((item) => at(item, "CapacityProvider")).filter((one) => one !== undefined && !isOpen(one));
  const providers = items.flatMap((item) => at(item, "CapacityProvider") ?? []);
  if (named.some(isFargateName) && providers.some((one) => !isFargateName(one)))
    found.push(
      fails(`The strategy of ${place.name} mixes Fargate with other capacity providers, which ECS does not do.`),
    );
  return [
    ...found,
    ...platform(about, providers),
    ...associated(about, providers),
    ...(place.managed ? keepers(about) : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html */
function platform({ definition: task, fargate, place }: About, providers: readonly Value[]): Against[] {
  const { RuntimePlatform } = task.properties;
  const family = written(at(RuntimePlatform, "OperatingSystemFamily"));
  if (family === undefined) return [];
  if (!(operatingSystemFamilies as readonly string[]).includes(family))
    return [
      fails(
        `${task.id} is for ${family}, an operating system family that ECS does not know. Choose one of ${list(operatingSystemFamilies, "or")}.`,
      ),
    ];
  if (osOf(family) !== "windows") return [];
  if (at(RuntimePlatform, "CpuArchitecture") === "ARM64")
    return [fails(`${task.id} is for ${family} on ARM64, and Windows runs on X86_64 only. Change CpuArchitecture.`)];
  if (!fargate || place.unsure) return [];
  if (notOnFargate.test(family))
    return [fails(`${task.id} is for ${family}, which Fargate does not offer. Choose Windows Server 2019 or later.`)];
  return providers.includes("FARGATE_SPOT")
    ? [fails(`${place.name} runs on Fargate Spot, which does not offer Windows, as ${task.id} wants. Use FARGATE.`)]
    : [];
}

/**
 * Capacity providers must be associated with the cluster, and before the service is made.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-clustercapacityproviderassociations.html
 */
function associated({ place, ground }: About, providers: readonly Value[]): Against[] {
  const { lookup } = ground.network;
  const cluster = lookup.resource(targetOf(place.cluster));
  if (cluster?.type !== "AWS::ECS::Cluster") return [];
  const associations = lookup.where(
    "AWS::ECS::ClusterCapacityProviderAssociations",
    "Cluster",
    keyOf(place.cluster ?? ""),
  );
  const own = cluster.properties.CapacityProviders;
  const lists = [...associations.map(({ properties }) => properties.CapacityProviders), own];
  const has = lists.flatMap((one) => itemsOf(one) ?? []).map(keyOf);
  const found: Against[] = [];
  if (!lists.some(isOpen)) {
    const missing = providers.filter((value) => {
      if (isOpen(value) && lookup.resource(targetOf(value)) === undefined) return false;
      // A provider that names its cluster is that cluster's.
      const provider = lookup.resource(keyOf(value));
      return !has.includes(keyOf(value)) && provider?.properties.ClusterName === undefined && !has.some(isOpenKey);
    });
    if (missing.length > 0)
      found.push(
        fails(
          `${cluster.id} does not have the capacity provider ${list([...new Set(missing.map((one) => keyText(keyOf(one))))])} that ${place.name} names. Add it to the CapacityProviders of the cluster.`,
        ),
      );
  }
  const [association] = associations;
  const follows =
    itemsOf(own) !== undefined && providers.every((one) => (itemsOf(own) ?? []).map(keyOf).includes(keyOf(one)));
  const needs = providers.length > 0 || (place.written.launchType === undefined && byDefault(association));
  if (
    association &&
    needs &&
    !follows &&
    place.resource.type === "AWS::ECS::Service" &&
    !waitsFor(place, association.id, ground)
  )
    found.push(
      unsure(
        `${place.name} may be made before ${association.id} gives ${cluster.id} its capacity providers, and ECS refuses it then or runs it on EC2. Let it wait: DependsOn ${association.id}.`,
      ),
    );
  return found;
}

const isOpenKey = (key: string): boolean => key.startsWith("{");
const byDefault = (association: { properties: { [key: string]: Value } } | undefined): boolean =>
  (itemsOf(association?.properties.DefaultCapacityProviderStrategy) ?? []).length > 0;

/** Whether a place is made after a resource, over whatever it refers to or waits for. */
export function waitsFor({ resource }: Place, id: string, ground: About["ground"]): boolean {
  const seen = new Set<string>();
  const next = [resource];
  for (let here = next.pop(); here; here = next.pop()) {
    for (const one of [...referredBy(here.properties), ...(here.dependsOn ?? [])]) {
      const before = ground.network.lookup.resource(one);
      if (!before || seen.has(one)) continue;
      seen.add(one);
      next.push(before);
    }
  }
  return seen.has(id);
}

const INFRASTRUCTURE = "AmazonECSInfrastructureRolePolicyForManagedInstances";

/**
 * The role with which ECS launches managed instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-infrastructure-role.html
 */
function keepers({ place, ground }: About): Against[] {
  const { lookup } = ground.network;
  const names = { stack: lookup.stack, region: undefined };
  return place.instances.flatMap(({ node }) => {
    const provider = lookup.resource(node);
    const role = at(provider?.properties.ManagedInstancesProvider, "InfrastructureRoleArn");
    if (!provider || role === undefined) return [];
    const may = carries(names, role, INFRASTRUCTURE);
    if (may === true) return [];
    const who = keyText(keyOf(role));
    return [
      may === false
        ? fails(
            `${who} may nothing; to launch the instances of ${provider.id} ECS needs what ${INFRASTRUCTURE} allows.`,
          )
        : unsure(
            `Whether ${who} may launch the instances of ${provider.id}, as ${INFRASTRUCTURE} does, is not judged here.`,
          ),
    ];
  });
}

/**
 * The network of tasks with an interface of their own, which other tasks must not have.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
 */
export function interfaceSettings(place: Place, own: boolean): Against[] {
  const { configuration } = place.written;
  const sure = (why: string): Against => (place.unsure ? unsure(why) : fails(why));
  const mode = place.taskDefinition.properties.NetworkMode;
  if (isOpen(configuration))
    return [unsure(`The network of ${place.name} is known only when the template is deployed.`)];
  if (!own)
    return configuration === undefined || isOpen(mode)
      ? []
      : [
          sure(
            `${place.name} has an AwsvpcConfiguration, and the network mode of ${place.taskDefinition.id} is ${written(mode) ?? "bridge"}. Remove it, or use awsvpc.`,
          ),
        ];
  const subnets = at(configuration, "Subnets");
  const groups = at(configuration, "SecurityGroups");
  const found: Against[] = [];
  if (subnets === undefined || itemsOf(subnets)?.length === 0)
    found.push(
      fails(
        `The tasks of ${place.name} need an interface of their own, and it names no subnets for them. Write them into its AwsvpcConfiguration.`,
      ),
    );
  found.push(
    ...outside(
      `The number of subnets of ${place.name}`,
      itemsOf(subnets)?.length || undefined,
      limits.subnetsPerAwsvpcConfiguration,
    ),
    ...outside(
      `The number of security groups of ${place.name}`,
      itemsOf(groups)?.length,
      limits.securityGroupsPerAwsvpcConfiguration,
    ),
  );
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
  if (place.compute === "EC2" && at(configuration, "AssignPublicIp") === "ENABLED")
    found.push(
      sure(`Tasks on instances get no public address, and ${place.name} asks for one. Set AssignPublicIp to DISABLED.`),
    );
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
  if (place.written.launchType === "EXTERNAL")
    found.push(
      fails(
        `Machines outside of AWS take the network modes bridge, host and none, and ${place.taskDefinition.id} has awsvpc.`,
      ),
    );
  return found;
}
