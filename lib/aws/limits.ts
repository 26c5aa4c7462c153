import type { AwsDocsUrl, Range, Sourced } from "./docs";

type Limit = Range & Sourced;

const ecs = (page: string): AwsDocsUrl => `https://docs.aws.amazon.com/AmazonECS/latest/${page}.html`;
const elb = (page: string): AwsDocsUrl => `https://docs.aws.amazon.com/elasticloadbalancing/latest/${page}.html`;

const quota: AwsDocsUrl = ecs("developerguide/service-quotas");
const api = (name: string): AwsDocsUrl => ecs(`APIReference/API_${name}`);
const healthCheckPage: AwsDocsUrl = elb("application/target-group-health-checks");
const groupPage: AwsDocsUrl = elb("application/load-balancer-target-groups");
const sqsPage: AwsDocsUrl =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html";
const retryPage: AwsDocsUrl = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html";
const targetsPage: AwsDocsUrl = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html";

const limit = (source: AwsDocsUrl, min: number, max: number, unit?: string, standard?: number): Limit => ({
  source,
  asOf: "2026-05",
  min,
  max,
  ...(unit === undefined ? {} : { unit }),
  ...(standard === undefined ? {} : { default: standard }),
});

/** Every range that AWS holds a design to, by what it limits. `default` is AWS's own where it has one. */
export const limits = {
  // Task definitions
  containersPerTaskDefinition: limit(quota, 1, 10),
  taskDefinitionBytes: limit(quota, 0, 65_536, "bytes"),
  taskCpuOnInstances: limit(api("RegisterTaskDefinition"), 128, 196_608, "CPU units"),
  containerMemory: limit(api("ContainerDefinition"), 6, Number.MAX_SAFE_INTEGER, "MiB"),
  healthCheckInterval: limit(api("HealthCheck"), 5, 300, "seconds", 30),
  /** The CDK accepts 120; the API's page says 60. */
  healthCheckTimeout: limit(api("HealthCheck"), 2, 60, "seconds", 5),
  healthCheckRetries: limit(api("HealthCheck"), 1, 10, undefined, 3),
  healthCheckStartPeriod: limit(api("HealthCheck"), 0, 300, "seconds", 0),
  startTimeoutOnFargate: limit(api("ContainerDefinition"), 2, 120, "seconds"),
  stopTimeoutOnFargate: limit(api("ContainerDefinition"), 2, 120, "seconds", 30),
  restartAttemptPeriod: limit(api("ContainerRestartPolicy"), 60, 1800, "seconds", 300),
  restartIgnoredExitCodes: limit(api("ContainerRestartPolicy"), 0, 50),
  environmentFilesPerContainer: limit(ecs("developerguide/use-environment-file"), 0, 10),
  portRangesPerContainer: limit(api("PortMapping"), 0, 100),
  reservedHostPortsPerInstance: limit(api("PortMapping"), 0, 100),
  port: limit(api("PortMapping"), 1, 65_535),
  ephemeralStorageOnFargate: limit(ecs("developerguide/fargate-task-storage"), 21, 200, "GiB", 20),
  // Services
  targetGroupsPerService: limit(quota, 0, 5),
  classicLoadBalancersPerService: limit(quota, 0, 1),
  subnetsPerAwsvpcConfiguration: limit(quota, 1, 16),
  securityGroupsPerAwsvpcConfiguration: limit(quota, 0, 5),
  placementStrategies: limit(api("CreateService"), 0, 5),
  placementConstraints: limit(api("CreateService"), 0, 10),
  placementExpression: limit(api("PlacementConstraint"), 0, 2000, "characters"),
  desiredCount: limit(quota, 0, 5000, "tasks"),
  desiredCountWithDiscovery: limit(quota, 0, 1000, "tasks"),
  canaryPercent: limit(api("CanaryConfiguration"), 0.1, 100, "percent"),
  linearPercent: limit(api("LinearConfiguration"), 3, 100, "percent"),
  bakeTime: limit(api("DeploymentConfiguration"), 0, 1440, "minutes"),
  lifecycleHookTimeout: limit(api("DeploymentLifecycleHook"), 1, 20_160, "minutes"),
  // Capacity
  capacityProvidersPerStrategy: limit(api("CapacityProviderStrategyItem"), 0, 20),
  capacityProvidersPerEventTarget: limit(targetsPage, 0, 6),
  capacityProviderWeight: limit(api("CapacityProviderStrategyItem"), 0, 1000),
  capacityProviderBase: limit(api("CapacityProviderStrategyItem"), 0, 100_000),
  managedScalingTarget: limit(api("ManagedScaling"), 1, 100, "percent"),
  managedScalingStep: limit(api("ManagedScaling"), 1, 10_000, "instances"),
  managedScalingWarmup: limit(api("ManagedScaling"), 0, 10_000, "seconds", 300),
  // Events
  runTaskCount: limit(api("RunTask"), 1, 10, "tasks", 1),
  schedulerTaskCount: limit(
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html",
    1,
    10,
    "tasks",
    1,
  ),
  targetsPerRule: limit(targetsPage, 1, 5),
  targetsPerSchedule: limit("https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html", 1, 1),
  retryAttempts: limit(retryPage, 0, 185, undefined, 185),
  eventAge: limit(retryPage, 60, 86_400, "seconds", 86_400),
  // Queues
  queueVisibilityTimeout: limit(sqsPage, 0, 43_200, "seconds", 30),
  queueRetention: limit(sqsPage, 60, 1_209_600, "seconds", 345_600),
  queueDelay: limit(sqsPage, 0, 900, "seconds", 0),
  queueWaitTime: limit(sqsPage, 0, 20, "seconds", 0),
  /** 1 MiB since 2025, no longer 256 KiB. */
  queueMessageBytes: limit(sqsPage, 1024, 1_048_576, "bytes", 1_048_576),
  /** The upper end is unverified. */
  queueMaxReceiveCount: limit(sqsPage, 1, 1000),
  // Load balancing
  listenerRulePriority: limit(elb("application/listener-rules"), 1, 50_000),
  targetGroupWeight: limit(elb("application/load-balancer-listeners"), 0, 999),
  targetHealthCheckInterval: limit(healthCheckPage, 5, 300, "seconds", 30),
  /** The default is 6 for HTTP, 10 for TCP, TLS and HTTPS on an NLB. */
  targetHealthCheckTimeout: limit(healthCheckPage, 2, 120, "seconds", 5),
  healthyThreshold: limit(healthCheckPage, 2, 10, undefined, 5),
  unhealthyThreshold: limit(healthCheckPage, 2, 10, undefined, 2),
  matcherOfAlb: limit(healthCheckPage, 200, 499, undefined, 200),
  matcherOfNlb: limit(elb("network/target-group-health-checks"), 200, 599),
  matcherOfGrpc: limit(healthCheckPage, 0, 99, undefined, 12),
  deregistrationDelay: limit(groupPage, 0, 3600, "seconds", 300),
  /** 0 switches it off. */
  slowStart: limit(groupPage, 30, 900, "seconds", 0),
  albIdleTimeout: limit(elb("application/application-load-balancers"), 1, 4000, "seconds", 60),
  nlbIdleTimeout: limit(elb("network/network-load-balancers"), 60, 6000, "seconds", 350),
  // File systems
  efsProvisionedThroughput: limit("https://docs.aws.amazon.com/efs/latest/ug/performance.html", 1, 3414, "MiB/s"),
  efsMountTargetsPerZone: limit("https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html", 0, 1),
  // Kubernetes
  fargateProfileSelectors: limit("https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html", 1, 5),
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;

/** Failed tasks before the deployment circuit breaker trips by default: half the desired count, at least 3, at most 200. */
export const circuitBreakerThreshold = (desiredCount: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desiredCount * 0.5)));
