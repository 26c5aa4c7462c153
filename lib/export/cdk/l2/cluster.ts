import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, method, obj, raw, type Variable } from "../code";
import { str } from "../values";
import type { Builder, Handle, Writing } from "../writing";
import { vpcOf, vpcOfSubnets } from "./network";
import { handleOf, isText, only, same } from "./shared";
import { finish } from "./single";

const names = { ref: "clusterName", attributes: { Arn: "clusterArn" } };

/**
 * A cluster, with the capacity providers that the constructs of the export make.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.Cluster.html
 */
export const cluster: Builder = (writing, resource) => {
  const insights = insightsOf(resource);
  const vpc = vpcOfCluster(writing, resource.id);
  if (!insights || vpc === undefined || !only(resource, "ClusterSettings")) return undefined;
  const association = associationOf(writing, resource);
  return {
    type: "ecs.Cluster",
    makes: association ? [association.id] : [],
    handle: (id, variable) => (id === resource.id ? handleOf(resource, variable, names) : unnamed(variable)),
    write(variable) {
      const props = obj({
        vpc: vpcOf(writing, vpc),
        containerInsightsV2: raw(`ecs.ContainerInsights.${insights}`),
        enableFargateCapacityProviders: association?.fargate ? lit(true) : undefined,
      });
      writing.program.declare(
        variable,
        make("ecs.Cluster", raw("this"), lit(resource.id), props),
        writing.place(resource),
      );
      finish(writing, resource, variable);
      for (const id of association?.groups ?? []) {
        const handle = writing.handle(id);
        const place = writing.place(writing.resource(id) ?? resource);
        if (handle) writing.program.run(method(variable, "addAsgCapacityProvider", handle.variable), place);
      }
      if (association && association.strategy.length > 0) {
        const entries = association.strategy.map((entry) => strategyEntry(writing, entry));
        writing.program.run(
          method(variable, "addDefaultCapacityProviderStrategy", arr(entries)),
          writing.place(resource),
        );
      }
    },
  };
};

/** The association comes into being when the app is synthesised: only the cluster as a whole can be waited for. */
const unnamed = (variable: Variable): Handle => ({ variable, ref: variable, attribute: () => variable, l1: variable });

const levels: Readonly<Record<string, string>> = { disabled: "DISABLED", enabled: "ENABLED", enhanced: "ENHANCED" };

function insightsOf({ properties }: Known): string | undefined {
  const settings = properties.ClusterSettings;
  const [one, ...others] = Array.isArray(settings) ? (settings as Properties[]) : [];
  if (!one || others.length > 0 || one.Name !== "containerInsights" || !isText(one.Value)) return undefined;
  return Object.hasOwn(levels, one.Value) ? levels[one.Value] : undefined;
}

interface Association {
  id: string;
  fargate: boolean;
  /** Capacity providers of Auto Scaling groups. */
  groups: readonly string[];
  strategy: readonly Properties[];
}

/** The providers of a cluster, where constructs make all of them. */
function associationOf(writing: Writing, { id }: Known): Association | undefined {
  const [found, ...others] = writing.usersOf(id, "AWS::ECS::ClusterCapacityProviderAssociations");
  if (!found || others.length > 0 || found.condition !== undefined || (found.dependsOn ?? []).length > 0)
    return undefined;
  const { CapacityProviders, DefaultCapacityProviderStrategy, Cluster, ...more } = found.properties;
  if (!Array.isArray(CapacityProviders) || !Array.isArray(DefaultCapacityProviderStrategy)) return undefined;
  if (Object.keys(more).length > 0 || !same(Cluster, ref(id))) return undefined;
  const texts = CapacityProviders.filter(isText).sort().join();
  const groups = CapacityProviders.flatMap((one) => targetOf(one) ?? []);
  const whole = groups.length + (texts === "" ? 0 : 2) === CapacityProviders.length;
  if (!whole || (texts !== "" && texts !== "FARGATE,FARGATE_SPOT")) return undefined;
  if (!groups.every((one) => writing.built(one) !== undefined)) return undefined;
  const strategy = DefaultCapacityProviderStrategy as Properties[];
  const plain = strategy.every((one) => isText(one.CapacityProvider) && Object.keys(one).length === 3);
  return plain ? { id: found.id, fargate: texts !== "", groups, strategy } : undefined;
}

/** One entry of a capacity provider strategy. */
export const strategyEntry = (writing: Writing, { CapacityProvider, Base, Weight }: Properties): Expr =>
  obj({
    capacityProvider: str(writing, CapacityProvider as Value),
    base: lit(Base as number),
    weight: lit(Weight as number),
  });

/** The VPC that a cluster stands in: that of what runs in it, else the only one there is. */
function vpcOfCluster(writing: Writing, id: string): Value | undefined {
  for (const service of writing.usersOf(id, "AWS::ECS::Service")) {
    const vpc = vpcOfSubnets(writing, subnetsOfService(service));
    if (vpc !== undefined) return vpc;
  }
  return anyVpc(writing);
}

/** Any VPC of the stack, for classes that ask for one and do nothing with it. */
function anyVpc(writing: Writing): Value | undefined {
  const made = Object.values(writing.stack.resources).find(
    ({ type, raw: other }) => !other && type === "AWS::EC2::VPC",
  );
  if (made) return new Intrinsic("Ref", made.id);
  const known = Object.entries(writing.stack.parameters).find(([, { type }]) => type === "AWS::EC2::VPC::Id");
  return known && new Intrinsic("Ref", known[0]);
}

/** Subnets of a service's tasks. */
export const subnetsOfService = ({ properties }: Known): Value | undefined =>
  (properties.NetworkConfiguration as { AwsvpcConfiguration?: Properties } | undefined)?.AwsvpcConfiguration?.Subnets;

/**
 * The cluster as a service takes it: the construct where its VPC is that of the service and it knows of its instances;
 * otherwise the same cluster, told of them.
 */
export function clusterOf(writing: Writing, service: Known, ec2: boolean): Expr | undefined {
  const id = targetOf(service.properties.Cluster);
  const resource = id === undefined ? undefined : writing.resource(id);
  const handle = id === undefined ? undefined : writing.handle(id);
  if (id === undefined || !resource || resource.raw || !handle) return undefined;
  const own = vpcOfSubnets(writing, subnetsOfService(service));
  const vpc = own ?? vpcOfCluster(writing, id);
  if (vpc === undefined) return undefined;
  const built = writing.built(id);
  const fits = built && (own === undefined || same(own, vpcOfCluster(writing, id)));
  if (fits && (!ec2 || (associationOf(writing, resource)?.groups.length ?? 0) > 0)) return handle.variable;
  const vpcName = targetOf(vpc) ?? "Vpc";
  return writing.once(`${id}In${vpcName}`, "ecs.ICluster", (name) =>
    call(
      raw("ecs.Cluster.fromClusterAttributes"),
      raw("this"),
      lit(name),
      obj({
        clusterName: handle.ref,
        vpc: vpcOf(writing, vpc),
        hasEc2Capacity: ec2 ? undefined : lit(false),
        securityGroups: arr([]),
      }),
    ),
  );
}

/** True where `clusterOf` will have an answer. */
export const hasCluster = (writing: Writing, service: Known): boolean => {
  const id = targetOf(service.properties.Cluster);
  const resource = id === undefined ? undefined : writing.resource(id);
  return (
    id !== undefined &&
    resource?.type === "AWS::ECS::Cluster" &&
    !resource.raw &&
    (vpcOfSubnets(writing, subnetsOfService(service)) ?? vpcOfCluster(writing, id)) !== undefined
  );
};
