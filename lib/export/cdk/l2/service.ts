import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, obj, raw, type Variable } from "../code";
import { num, str } from "../values";
import { type Builder, isPlain, type Writing } from "../writing";
import { isSaidFamily } from "./balancer-family";
import { clusterOf, strategyEntry, subnetsOfService } from "./cluster";
import { fixedGroupOf, groupOf, selectionOf, vpcOfSubnets } from "./network";
import { type Override, writeOverrides } from "./overrides";
import { madeGroup } from "./security-group";
import { attachmentsOf, type ServiceShape, serviceShape } from "./service-shape";
import { handleOf, isNumber, isText, same, seconds } from "./shared";
import { nameOfPort } from "./task-definition";
import { writeAllWaits } from "./waits";

const names = { ref: "serviceArn", attributes: { Name: "serviceName", ServiceArn: "serviceArn" } };

/**
 * A service. Its target groups register it (`target-group.ts`), and with that let its load balancers in.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.FargateService.html
 */
export const service: Builder = (writing, resource) => {
  const shape = serviceShape(writing, resource);
  if (!shape) return undefined;
  const entrance = entranceOf(writing, resource, shape);
  return {
    type: shape.type,
    makes: entrance.rules,
    handle: (id, variable) =>
      id === resource.id
        ? handleOf(resource, variable, names)
        : { variable, ref: variable, attribute: () => variable, l1: variable },
    write(variable) {
      new ServiceWriter(writing, resource, shape, entrance, variable).write();
    },
  };
};

/** What the registration with load balancers brings about by itself. */
interface Entrance {
  /** Rules between the groups of load balancers and of the service. */
  rules: readonly string[];
  /** True when the groups may be handed over for that. */
  open: boolean;
  /** Listeners and listener rules that the service waits for. */
  waits: readonly string[];
  /** True when target groups register the service. */
  registers: boolean;
}

function entranceOf(writing: Writing, resource: Known, shape: ServiceShape): Entrance {
  const attachments = attachmentsOf(resource, shape) ?? [];
  const registers =
    attachments.length > 0 && attachments.every(({ targetGroup }) => isSaidFamily(writing, targetGroup));
  if (!registers) return { rules: [], open: true, waits: [], registers: false };
  const rules: string[] = [];
  const waits: string[] = [];
  let open = true;
  for (const { targetGroup, port } of attachments) {
    const rule = writing.usersOf(targetGroup, "AWS::ElasticLoadBalancingV2::ListenerRule");
    const listeners = writing.usersOf(targetGroup, "AWS::ElasticLoadBalancingV2::Listener");
    waits.push(...rule.map(({ id }) => id), ...listeners.map(({ id }) => id));
    const owners = [
      ...listeners,
      ...rule.map(({ properties }) => writing.resource(targetOf(properties.ListenerArn) ?? "")),
    ];
    const balancers = owners.map((one) => writing.resource(targetOf(one?.properties.LoadBalancerArn) ?? ""));
    for (const balancer of balancers) {
      // A Network Load Balancer's targets open nothing.
      if (!shape.awsvpc || balancer?.properties.Type !== "application") continue;
      for (const from of groupsIn(balancer.properties.SecurityGroups)) {
        for (const to of groupsIn(networkOf(resource).SecurityGroups)) {
          const found = ruleBetween(writing, from, to, port);
          if (found === undefined) open = false;
          else rules.push(found);
        }
      }
    }
  }
  return { rules: open ? [...new Set(rules)] : [], open, waits, registers };
}

const groupsIn = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);
const networkOf = ({ properties }: Known): Properties =>
  ((properties.NetworkConfiguration as Properties | undefined)?.AwsvpcConfiguration ?? {}) as Properties;

/** The rule that the construct writes when a target is registered. */
function ruleBetween(writing: Writing, from: Value, to: Value, port: number): string | undefined {
  const group = madeGroup(writing, to);
  if (!group) return undefined;
  return writing
    .usersOf(group.id, "AWS::EC2::SecurityGroupIngress")
    .find(
      ({ id, properties }) =>
        same(properties.GroupId, to) &&
        same(properties.SourceSecurityGroupId, from) &&
        properties.IpProtocol === "tcp" &&
        properties.FromPort === port &&
        properties.ToPort === port &&
        properties.Description === "Load balancer to target" &&
        !writing.isSpokenOf(id),
    )?.id;
}

class ServiceWriter {
  private readonly overrides: Override[] = [];
  private readonly properties: Properties;

  constructor(
    private readonly writing: Writing,
    private readonly resource: Known,
    private readonly shape: ServiceShape,
    private readonly entrance: Entrance,
    private readonly variable: Variable,
  ) {
    this.properties = resource.properties;
  }

  write(): void {
    const { writing, resource, shape, entrance, variable } = this;
    const expr = make(shape.type, raw("this"), lit(resource.id), this.props());
    writing.program.declare(variable, expr, writing.place(resource));
    const role = targetOf(shape.taskDefinition.properties.TaskRoleArn) ?? "";
    const implied = new Set([role, ...(writing.built(role)?.makes ?? []), ...entrance.waits]);
    writeAllWaits(writing, resource, variable, implied);
    writeOverrides(writing, resource, variable, this.overrides);
  }

  private props(): Expr {
    const { writing, resource, shape, properties } = this;
    const ec2 = shape.type === "ecs.Ec2Service";
    const { DesiredCount, LaunchType, CapacityProviderStrategy, LoadBalancers, EnableExecuteCommand } = properties;
    const strategy = Array.isArray(CapacityProviderStrategy) ? (CapacityProviderStrategy as Properties[]) : undefined;
    if (LaunchType === undefined && !strategy) {
      this.overrides.push({ path: "LaunchType", value: undefined, because: "The cluster's default decides." });
    } else if (LaunchType !== undefined && strategy) this.override("LaunchType");
    const balanced = Array.isArray(LoadBalancers) && LoadBalancers.length > 0;
    if (balanced && !this.entrance.registers) this.override("LoadBalancers");
    const daemon = properties.SchedulingStrategy === "DAEMON";
    if (properties.SchedulingStrategy !== undefined && !ec2) this.override("SchedulingStrategy");
    if (daemon && DesiredCount !== undefined) this.override("DesiredCount");
    const grace = properties.HealthCheckGracePeriodSeconds;
    if (properties.EnableECSManagedTags !== false) this.override("EnableECSManagedTags");
    return obj({
      cluster: clusterOf(writing, resource, ec2),
      taskDefinition: writing.handle(shape.taskDefinition.id)?.variable,
      desiredCount: DesiredCount === undefined || daemon ? undefined : num(writing, DesiredCount),
      daemon: daemon && ec2 ? lit(true) : undefined,
      ...this.deployment(daemon),
      availabilityZoneRebalancing: this.rebalancing(daemon),
      capacityProviderStrategies: strategy && arr(strategy.map((entry) => strategyEntry(writing, entry))),
      ...this.network(),
      platformVersion: this.platformVersion(),
      placementConstraints: this.placement("PlacementConstraints", constraintOf),
      placementStrategies: this.placement("PlacementStrategies", strategyOf),
      enableExecuteCommand: EnableExecuteCommand === undefined ? undefined : lit(EnableExecuteCommand as boolean),
      healthCheckGracePeriod: seconds(grace),
      serviceConnectConfiguration: this.serviceConnect(),
    });
  }

  private override(path: string, because?: string): void {
    const value = path
      .split(".")
      .reduce<Value | undefined>((at, key) => (at as Properties | undefined)?.[key], this.properties);
    this.overrides.push({ path, value, ...(because === undefined ? {} : { because }) });
  }

  private deployment(daemon: boolean): Record<string, Expr | undefined> {
    const { DeploymentConfiguration } = this.properties;
    const {
      MaximumPercent: max,
      MinimumHealthyPercent: min,
      DeploymentCircuitBreaker,
    } = DeploymentConfiguration as Properties;
    const breaker = DeploymentCircuitBreaker as Properties | undefined;
    const ec2 = this.shape.type === "ecs.Ec2Service";
    const known = isNumber(max) && isNumber(min) && max > 0 && (!ec2 || min < max) && (!ec2 || !daemon || max === 100);
    if (!known) {
      this.override("DeploymentConfiguration.MaximumPercent", "The class refuses these percentages.");
      this.override("DeploymentConfiguration.MinimumHealthyPercent");
    }
    return {
      minHealthyPercent: known ? lit(min) : undefined,
      maxHealthyPercent: known ? lit(max) : undefined,
      circuitBreaker:
        breaker && obj({ enable: lit(breaker.Enable as boolean), rollback: lit(breaker.Rollback as boolean) }),
    };
  }

  private rebalancing(daemon: boolean): Expr | undefined {
    const { AvailabilityZoneRebalancing: value, DeploymentConfiguration } = this.properties;
    if (value === undefined) return undefined;
    const refused = value === "ENABLED" && (daemon || (DeploymentConfiguration as Properties).MaximumPercent === 100);
    if (isText(value) && !refused) return raw(`ecs.AvailabilityZoneRebalancing.${value}`);
    this.override("AvailabilityZoneRebalancing", "The class refuses this.");
    return undefined;
  }

  private network(): Record<string, Expr | undefined> {
    const { writing, resource, shape, entrance } = this;
    if (!shape.awsvpc) return {};
    const { AssignPublicIp, SecurityGroups } = networkOf(resource);
    const subnets = subnetsOfService(resource);
    const vpc = vpcOfSubnets(writing, subnets);
    const group = (value: Value): Expr =>
      entrance.open && madeGroup(writing, value) ? groupOf(writing, value) : fixedGroupOf(writing, value);
    return {
      vpcSubnets: vpc === undefined ? undefined : selectionOf(writing, vpc, subnets)?.selection,
      assignPublicIp: AssignPublicIp === "ENABLED" ? lit(true) : undefined,
      securityGroups: arr(groupsIn(SecurityGroups).map(group)),
    };
  }

  private platformVersion(): Expr | undefined {
    const { PlatformVersion: value } = this.properties;
    if (value === undefined) return undefined;
    const name = value === "LATEST" ? "LATEST" : value === "1.4.0" ? "VERSION1_4" : undefined;
    if (name !== undefined && this.shape.type === "ecs.FargateService")
      return raw(`ecs.FargatePlatformVersion.${name}`);
    this.override("PlatformVersion");
    return undefined;
  }

  private placement(path: string, one: (value: Properties) => Expr | undefined): Expr | undefined {
    const value = this.properties[path];
    if (value === undefined) return undefined;
    const exprs = Array.isArray(value) && isPlain(value) ? value.map((item) => one(item as Properties)) : [undefined];
    if (this.shape.type === "ecs.Ec2Service" && !exprs.includes(undefined)) return arr(exprs as Expr[]);
    this.override(path);
    return undefined;
  }

  private serviceConnect(): Expr | undefined {
    const { writing, shape } = this;
    const value = this.properties.ServiceConnectConfiguration as Properties | undefined;
    if (!value) return undefined;
    const { Enabled, Namespace, Services, ...more } = value;
    const services = ((Services ?? []) as Properties[]).map((one): Expr | undefined => {
      const { PortName, DiscoveryName, ClientAliases, ...others } = one;
      const [alias, ...further] = (ClientAliases ?? []) as Properties[];
      const port = nameOfPort(shape.taskDefinition, PortName);
      if (!alias || further.length > 0 || Object.keys(others).length > 0 || port === undefined) return undefined;
      return obj({
        portMappingName: lit(PortName as string),
        discoveryName: lit(DiscoveryName as string),
        dnsName: lit(alias.DnsName as string),
        port: alias.Port === port ? undefined : lit(alias.Port as number),
      });
    });
    const plain = Enabled === true && Namespace instanceof Intrinsic && Object.keys(more).length === 0;
    if (!plain || services.includes(undefined)) {
      this.override("ServiceConnectConfiguration");
      return undefined;
    }
    return obj({
      namespace: str(writing, Namespace),
      services: Services === undefined ? undefined : arr(services as Expr[]),
    });
  }
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.PlacementConstraint.html */
function constraintOf({ Type, Expression, ...more }: Properties): Expr | undefined {
  if (Object.keys(more).length > 0) return undefined;
  if (Type === "distinctInstance" && Expression === undefined)
    return raw("ecs.PlacementConstraint.distinctInstances()");
  return Type === "memberOf" && isText(Expression)
    ? call(raw("ecs.PlacementConstraint.memberOf"), lit(Expression))
    : undefined;
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.PlacementStrategy.html */
function strategyOf({ Type, Field, ...more }: Properties): Expr | undefined {
  if (Object.keys(more).length > 0) return undefined;
  if (Type === "random" && Field === undefined) return raw("ecs.PlacementStrategy.randomly()");
  if (Type === "binpack" && Field === "CPU") return raw("ecs.PlacementStrategy.packedByCpu()");
  if (Type === "binpack" && Field === "MEMORY") return raw("ecs.PlacementStrategy.packedByMemory()");
  return Type === "spread" && isText(Field) ? call(raw("ecs.PlacementStrategy.spreadAcross"), lit(Field)) : undefined;
}
