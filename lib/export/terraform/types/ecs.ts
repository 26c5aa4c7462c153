import { Intrinsic, type Properties, type Value } from "../../../stack/value";
import { call, type Entry, type Hcl, path, raw, text } from "../hcl";
import { conditionRef, exprOf } from "../values";
import type { Body, TypeTable, Writing } from "../writing";
import { attributeOf, camel, cell, enabled, kebab, named, number } from "./cell";
import { isScaled, leaveCount, startsEmpty } from "./scaling";

/** Maps of a container with keys of the person's own, and numbers of the ECS API. */
const verbatim = new Set(["DockerLabels", "Options"]);
const numbers = new Set(
  (
    "Cpu Memory MemoryReservation ContainerPort HostPort Interval Retries StartPeriod Timeout StartTimeout StopTimeout " +
    "SoftLimit HardLimit Size SharedMemorySize MaxSwap Swappiness RestartAttemptPeriod"
  ).split(" "),
);

const strategy = (body: Body, type: string, property: string): void => {
  for (const one of body.reader.each(property)) {
    body.block(
      type,
      body.nest(one).set("capacity_provider", "CapacityProvider").set("base", "Base").set("weight", "Weight"),
    );
  }
};

function containers(writing: Writing) {
  return (value: Value): Hcl => call("jsonencode", camel(writing, value, verbatim, numbers));
}

function volumes(body: Body): void {
  for (const one of body.reader.each("Volumes")) {
    const volume = body.nest(one).set("name", "Name");
    const host = one.inner("Host");
    const source = host?.take("SourcePath");
    if (typeof source === "string") volume.put("host_path", text(source), host?.from());
    const docker = one.inner("DockerVolumeConfiguration");
    if (docker) {
      volume.block(
        "docker_volume_configuration",
        body
          .nest(docker)
          .set("autoprovision", "Autoprovision")
          .set("driver", "Driver")
          .set("driver_opts", "DriverOpts")
          .set("labels", "Labels")
          .set("scope", "Scope"),
        true,
      );
    }
    const efs = one.inner("EFSVolumeConfiguration");
    if (efs) {
      const own = body
        .nest(efs)
        .set("file_system_id", "FilesystemId")
        .set("root_directory", "RootDirectory")
        .set("transit_encryption", "TransitEncryption");
      const authorization = efs.inner("AuthorizationConfig");
      if (authorization)
        own.block(
          "authorization_config",
          body.nest(authorization).set("access_point_id", "AccessPointId").set("iam", "IAM"),
        );
      volume.block("efs_volume_configuration", own);
    }
    body.block("volume", volume);
  }
}

/** Constraints that a condition decides on are a block for each of a list. */
function constraints(body: Body, writing: Writing): void {
  const value = body.reader.resource.properties.PlacementConstraints;
  if (!(value instanceof Intrinsic)) {
    for (const one of body.reader.each("PlacementConstraints"))
      body.block("placement_constraints", body.nest(one).set("type", "Type").set("expression", "Expression"));
    return;
  }
  const from = body.reader.from("PlacementConstraints");
  body.omit("PlacementConstraints");
  const [condition, yes, no] = (value.argument ?? []) as [string, Value, Value];
  const listed = (given: Value): Hcl =>
    Array.isArray(given)
      ? {
          is: "list",
          items: given.map((one) => {
            const { Type, Expression } = one as Properties;
            return {
              is: "object",
              entries: [
                ["type", exprOf(writing, Type as Value)],
                ["expression", exprOf(writing, Expression ?? null)],
              ],
            } satisfies Hcl;
          }),
        }
      : { is: "list", items: [] };
  const each = raw("placement_constraints.value");
  const content: Entry[] = [
    { is: "attribute", name: "type", value: path(each, ".type"), from },
    { is: "attribute", name: "expression", value: path(each, ".expression"), from },
  ];
  body.entries.push({
    is: "block",
    block: {
      type: "dynamic",
      labels: ["placement_constraints"],
      from,
      entries: [
        {
          is: "attribute",
          name: "for_each",
          value: { is: "choice", condition: conditionRef(writing, condition), yes: listed(yes), no: listed(no) },
          from,
        },
        { is: "block", block: { type: "content", labels: [], entries: content, from } },
      ],
    },
  });
}

function serviceConnect(body: Body): void {
  const value = body.reader.inner("ServiceConnectConfiguration");
  if (!value) return;
  const own = body.nest(value).set("enabled", "Enabled").set("namespace", "Namespace");
  for (const one of value.each("Services")) {
    const service = body.nest(one).set("port_name", "PortName").set("discovery_name", "DiscoveryName");
    for (const alias of one.each("ClientAliases"))
      service.block("client_alias", body.nest(alias).set("dns_name", "DnsName").set("port", "Port"));
    own.block("service", service);
  }
  body.block("service_connect_configuration", own);
}

function serviceBlocks(body: Body, writing: Writing): void {
  strategy(body, "capacity_provider_strategy", "CapacityProviderStrategy");
  const deployment = body.reader.inner("DeploymentConfiguration");
  if (deployment) {
    const inner = body.nest(deployment);
    inner
      .set("deployment_maximum_percent", "MaximumPercent")
      .set("deployment_minimum_healthy_percent", "MinimumHealthyPercent");
    body.entries.push(...inner.entries);
    const breaker = deployment.inner("DeploymentCircuitBreaker");
    if (breaker)
      body.block("deployment_circuit_breaker", body.nest(breaker).set("enable", "Enable").set("rollback", "Rollback"));
  }
  const controller = body.reader.inner("DeploymentController");
  if (controller) body.block("deployment_controller", body.nest(controller).set("type", "Type"));
  const network = body.reader.inner("NetworkConfiguration")?.inner("AwsvpcConfiguration");
  if (network) {
    body.block(
      "network_configuration",
      body
        .nest(network)
        .set("subnets", "Subnets")
        .set("security_groups", "SecurityGroups")
        .set("assign_public_ip", "AssignPublicIp", enabled),
    );
  }
  for (const one of body.reader.each("LoadBalancers")) {
    body.block(
      "load_balancer",
      body
        .nest(one)
        .set("target_group_arn", "TargetGroupArn")
        .set("elb_name", "LoadBalancerName")
        .set("container_name", "ContainerName")
        .set("container_port", "ContainerPort"),
    );
  }
  for (const one of body.reader.each("PlacementStrategies"))
    body.block("ordered_placement_strategy", body.nest(one).set("type", "Type").set("field", "Field"));
  constraints(body, writing);
  serviceConnect(body);
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service and its neighbours */
export const ecs = {
  "AWS::ECS::Cluster": cell(
    "aws_ecs_cluster",
    { ref: "name", attributes: { Arn: "arn" } },
    (body, _writing, { id }) => {
      body.put("name", named(kebab(id)));
      for (const one of body.reader.each("ClusterSettings"))
        body.block("setting", body.nest(one).set("name", "Name").set("value", "Value"));
    },
  ),
  "AWS::ECS::ClusterCapacityProviderAssociations": cell("aws_ecs_cluster_capacity_providers", { ref: "id" }, (body) => {
    body.set("cluster_name", "Cluster").set("capacity_providers", "CapacityProviders");
    strategy(body, "default_capacity_provider_strategy", "DefaultCapacityProviderStrategy");
  }),
  "AWS::ECS::CapacityProvider": cell("aws_ecs_capacity_provider", { ref: "name" }, (body, writing, { id }) => {
    body.put("name", named(kebab(id)));
    const provider = body.reader.inner("AutoScalingGroupProvider");
    if (!provider) return;
    const own = body
      .nest(provider)
      .set("auto_scaling_group_arn", "AutoScalingGroupArn", attributeOf(writing, "arn"))
      .set("managed_draining", "ManagedDraining")
      .set("managed_termination_protection", "ManagedTerminationProtection");
    const scaling = provider.inner("ManagedScaling");
    if (scaling) {
      own.block(
        "managed_scaling",
        body
          .nest(scaling)
          .set("status", "Status")
          .set("target_capacity", "TargetCapacity")
          .set("instance_warmup_period", "InstanceWarmupPeriod")
          .set("minimum_scaling_step_size", "MinimumScalingStepSize")
          .set("maximum_scaling_step_size", "MaximumScalingStepSize"),
      );
    }
    body.block("auto_scaling_group_provider", own);
  }),
  "AWS::ECS::Service": cell(
    "aws_ecs_service",
    { ref: "id", attributes: { Name: "name", ServiceArn: "arn" } },
    (body, writing, resource) => {
      const scaled = isScaled(writing, resource);
      if (scaled) startsEmpty(body, resource);
      body
        .put("name", named(kebab(resource.id)))
        // By name, the provider would replace the service on the next run: ECS answers with the ARN.
        .set("cluster", "Cluster", attributeOf(writing, "arn"))
        .set("task_definition", "TaskDefinition")
        .set("desired_count", "DesiredCount", number(writing))
        .set("launch_type", "LaunchType")
        .set("scheduling_strategy", "SchedulingStrategy")
        .set("platform_version", "PlatformVersion")
        .set("availability_zone_rebalancing", "AvailabilityZoneRebalancing")
        .set("enable_ecs_managed_tags", "EnableECSManagedTags")
        .set("enable_execute_command", "EnableExecuteCommand")
        .set("health_check_grace_period_seconds", "HealthCheckGracePeriodSeconds");
      serviceBlocks(body, writing);
      if (scaled) leaveCount(body, resource);
    },
  ),
  "AWS::ECS::TaskDefinition": cell(
    "aws_ecs_task_definition",
    { ref: "arn", attributes: { TaskDefinitionArn: "arn" } },
    (body, writing) => {
      body
        .set("family", "Family")
        .set("cpu", "Cpu", number(writing))
        .set("memory", "Memory", number(writing))
        .set("network_mode", "NetworkMode")
        .set("requires_compatibilities", "RequiresCompatibilities")
        .set("execution_role_arn", "ExecutionRoleArn")
        .set("task_role_arn", "TaskRoleArn")
        .set("pid_mode", "PidMode")
        .set("ipc_mode", "IpcMode")
        .set("enable_fault_injection", "EnableFaultInjection");
      const platform = body.reader.inner("RuntimePlatform");
      if (platform)
        body.block(
          "runtime_platform",
          body
            .nest(platform)
            .set("cpu_architecture", "CpuArchitecture")
            .set("operating_system_family", "OperatingSystemFamily"),
        );
      const storage = body.reader.inner("EphemeralStorage");
      if (storage) body.block("ephemeral_storage", body.nest(storage).set("size_in_gib", "SizeInGiB"));
      for (const one of body.reader.each("PlacementConstraints"))
        body.block("placement_constraints", body.nest(one).set("type", "Type").set("expression", "Expression"));
      volumes(body);
      body.set("container_definitions", "ContainerDefinitions", containers(writing));
    },
  ),
  "AWS::ServiceDiscovery::HttpNamespace": cell(
    "aws_service_discovery_http_namespace",
    { ref: "id", attributes: { Arn: "arn", Id: "id" } },
    (body) => {
      body.set("name", "Name");
    },
  ),
} satisfies Partial<TypeTable>;
