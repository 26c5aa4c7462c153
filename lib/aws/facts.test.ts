import { describe, expect, it } from "vitest";
import { dependencyConditionTable } from "./dependency-conditions";
import { nearestWithin, rangeText, within } from "./docs";
import { ebsVolumes } from "./ebs-volumes";
import {
  dependencies,
  dependencyEndpoints,
  endpointServiceName,
  endpointServices,
  endpointsFor,
  isGatewayEndpoint,
  missingEndpoints,
} from "./endpoints";
import {
  fargateCpuValues,
  fargateEphemeralStorage,
  fargateMemoryFor,
  fargateSizeStatus,
  fargateSizes,
  isFargateSize,
  nearestFargateSize,
  parseTaskCpu,
  parseTaskMemory,
} from "./fargate-sizes";
import {
  architectureOf,
  cpuUnitsOf,
  instanceFacts,
  instanceTypeNames,
  instanceTypeSource,
  instanceTypes,
} from "./instance-types";
import { circuitBreakerThreshold, limits } from "./limits";
import {
  isLogRetention,
  logDriverAllowed,
  logDriverSupport,
  logRetentionDays,
  nearestLogRetention,
  requiredLogOptions,
  requiredOptionsFor,
} from "./log-drivers";
import {
  computes,
  defaultNetworkMode,
  ec2Compute,
  networkModeSupport,
  networkModesFor,
  networkModeTable,
} from "./network-modes";
import { actionsFor, permissions, purposes, roles, ruleResourcePolicies } from "./permissions";
import { isBelowMinimum, minimumPlatformVersion, platformVersions } from "./platform-versions";
import {
  covers,
  ephemeralPorts,
  ephemeralPortsFor,
  isReservedHostPort,
  type PortTarget,
  portOf,
  reservedHostPorts,
  targetPorts,
} from "./ports";
import { isRegion, regionCodes, regionName, regionSource } from "./regions";
import { osOf, runtimePlatforms } from "./runtime-platforms";
import { scheduleSources } from "./schedule-expressions";
import { volumeSupport, volumeTable } from "./storage";

describe("every table of facts", () => {
  it("names its AWS page and when it was last held against it", () => {
    const tables = [
      fargateSizes,
      fargateEphemeralStorage,
      runtimePlatforms,
      networkModeTable,
      reservedHostPorts,
      ephemeralPorts,
      dependencyEndpoints,
      ebsVolumes,
      logDriverSupport,
      logRetentionDays,
      requiredLogOptions,
      dependencyConditionTable,
      platformVersions,
      regionSource,
      instanceTypeSource,
      volumeTable,
      ruleResourcePolicies,
      scheduleSources.rule,
      scheduleSources.schedule,
      ...Object.values(limits),
      ...Object.values(roles),
      ...Object.values(permissions),
    ];
    for (const table of tables) {
      expect(table.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
      expect(table.asOf).toMatch(/^2026-(0[1-9]|1[0-2])$/);
    }
  });
});

describe("ranges", () => {
  const range = { min: 5, max: 300, default: 30, unit: "seconds" };

  it("include both ends and refuse not-a-number", () => {
    expect([4, 5, 300, 301, Number.NaN].map((value) => within(range, value))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it("give the nearest value and read as words", () => {
    expect([1, 60, 999, Number.NaN].map((value) => nearestWithin(range, value))).toEqual([5, 60, 300, 30]);
    expect(rangeText(range)).toBe("5 to 300 seconds");
  });
});

describe("Fargate sizes", () => {
  it("offers the CPU values of AWS's table", () => {
    expect(fargateCpuValues("linux")).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384]);
    expect(fargateCpuValues("windows")).toEqual([1024, 2048, 4096]);
  });

  it.each([
    [256, [512, 1024, 2048]],
    [512, [1024, 2048, 3072, 4096]],
    [1024, [2048, 3072, 4096, 5120, 6144, 7168, 8192]],
    [8192, [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440]],
    [16384, [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880]],
    [300, []],
  ])("%d CPU units go with %j MiB", (cpu, memory) => {
    expect(fargateMemoryFor(cpu, "linux")).toEqual(memory);
  });

  it("stops 4 vCPU at 30 GB, not 32", () => {
    expect(isFargateSize(4096, 30720, "linux")).toBe(true);
    expect(isFargateSize(4096, 31744, "linux")).toBe(false);
    expect(isFargateSize(4096, 32768, "linux")).toBe(false);
  });

  it("has no quarter vCPU on Windows", () => {
    expect(isFargateSize(256, 512, "windows")).toBe(false);
    expect(isFargateSize(1024, 2048, "windows")).toBe(true);
    expect(fargateMemoryFor(8192, "windows")).toEqual([]);
  });

  it("calls 32 vCPU unconfirmed, and more than that invalid", () => {
    expect(fargateSizeStatus(32768, 122880, "linux")).toBe("unconfirmed");
    expect(isFargateSize(32768, 122880, "linux")).toBe(false);
    expect(fargateSizeStatus(32768, 65536, "linux")).toBe("invalid");
    expect(fargateSizeStatus(32768, 122880, "windows")).toBe("invalid");
    expect(fargateSizeStatus(65536, 249856, "linux")).toBe("invalid");
  });

  it.each([
    [0, 0, "linux", { cpu: 256, memory: 512 }],
    [256, 600, "linux", { cpu: 256, memory: 1024 }],
    [256, 3000, "linux", { cpu: 512, memory: 3072 }],
    [4096, 32768, "linux", { cpu: 8192, memory: 32768 }],
    [300, 512, "linux", { cpu: 512, memory: 1024 }],
    [256, 512, "windows", { cpu: 1024, memory: 2048 }],
    [4096, 40000, "windows", null],
    [16384, 122881, "linux", null],
    [Number.NaN, 512, "linux", { cpu: 256, memory: 512 }],
  ] as const)("rounds %d CPU and %d MiB on %s up to %j", (cpu, memory, os, size) => {
    expect(nearestFargateSize(cpu, memory, os)).toEqual(size);
  });

  it("reads AWS's spellings", () => {
    expect(["256", "1 vCPU", ".5 vCPU", "0.25vcpu", "lots", ""].map(parseTaskCpu)).toEqual([
      256,
      1024,
      512,
      256,
      null,
      null,
    ]);
    expect(["512", "2 GB", "2GB", "0.5 GB", "-1"].map(parseTaskMemory)).toEqual([512, 2048, 2048, 512, null]);
  });

  it("takes an unset operating system for Linux", () => {
    expect([undefined, "LINUX", "WINDOWS_SERVER_2022_CORE"].map(osOf)).toEqual(["linux", "linux", "windows"]);
  });
});

describe("network modes", () => {
  it("knows what each compute allows", () => {
    expect(networkModesFor("fargate")).toEqual(["awsvpc"]);
    expect(networkModesFor("ec2-linux")).toEqual(["awsvpc", "bridge", "host", "none"]);
    expect(networkModesFor("ec2-windows")).toEqual(["awsvpc", "default"]);
    expect(networkModesFor("managed-instances")).toEqual(["awsvpc", "host"]);
    expect(networkModesFor("external-linux")).toEqual(["bridge", "host", "none"]);
    expect(networkModeSupport("none", "managed-instances")).toBe("unverified");
  });

  it("allows every default it names", () => {
    for (const compute of computes) {
      const mode = defaultNetworkMode(compute);
      if (mode !== null) expect(networkModeSupport(mode, compute)).toBe("yes");
    }
    expect(defaultNetworkMode("fargate")).toBeNull();
    expect(defaultNetworkMode(ec2Compute("linux"))).toBe("bridge");
    expect(defaultNetworkMode(ec2Compute("windows"))).toBe("default");
  });
});

describe("ports", () => {
  it("gives every target at least one port, in order", () => {
    for (const [name, { ports }] of Object.entries(targetPorts)) {
      expect(ports.length, name).toBeGreaterThan(0);
      for (const { from, to } of ports) expect(from, name).toBeLessThanOrEqual(to);
    }
    const wanted: [PortTarget, number][] = [
      ["efs", 2049],
      ["postgresql", 5432],
      ["mysql", 3306],
      ["redis", 6379],
      ["vpc-endpoint", 443],
    ];
    for (const [target, port] of wanted) expect(portOf(target)).toBe(port);
  });

  it("reserves the six host ports", () => {
    expect([22, 2375, 2376, 51678, 51679, 51680].every(isReservedHostPort)).toBe(true);
    expect([21, 80, 51677, 51681].some(isReservedHostPort)).toBe(false);
  });

  it("compares spans of ports", () => {
    expect(ephemeralPortsFor("linux")).toEqual({ from: 32768, to: 65535 });
    expect(covers({ from: 0, to: 65535 }, ephemeralPortsFor("linux"))).toBe(true);
    expect(covers(ephemeralPortsFor("linux"), ephemeralPorts.linuxFallback)).toBe(true);
    expect(covers({ from: 80, to: 80 }, ephemeralPortsFor("linux"))).toBe(false);
  });
});

describe("VPC endpoints", () => {
  it("needs three for an image in ECR, since S3 serves the layers", () => {
    expect(endpointsFor("ecr")).toEqual(["ecr.api", "ecr.dkr", "s3"]);
    expect(missingEndpoints("ecr", ["ecr.api", "ecr.dkr"])).toEqual(["s3"]);
    expect(missingEndpoints("ecr", ["s3", "ecr.api", "ecr.dkr", "logs"])).toEqual([]);
  });

  it("has none for what lies outside AWS", () => {
    expect(missingEndpoints("other-registry", Object.keys(endpointServices))).toBeNull();
    expect(endpointsFor("ecr-public")).toBeNull();
  });

  it("does not ask Fargate for the agent's endpoints", () => {
    const only = dependencies.filter((dependency) => dependencyEndpoints.rows[dependency].instancesOnly);
    expect(only).toEqual(["ecs-control"]);
  });

  it("spells service names and tells gateways apart", () => {
    expect(endpointServiceName("eu-west-1", "ecr.dkr")).toBe("com.amazonaws.eu-west-1.ecr.dkr");
    expect(isGatewayEndpoint("s3")).toBe(true);
    expect(isGatewayEndpoint("dynamodb")).toBe(true);
    expect(isGatewayEndpoint("logs")).toBe(false);
  });
});

describe("limits", () => {
  it("are ranges that hold their own default", () => {
    for (const [name, limit] of Object.entries(limits)) {
      expect(limit.min, name).toBeLessThanOrEqual(limit.max);
    }
    expect(within(limits.containersPerTaskDefinition, 10)).toBe(true);
    expect(within(limits.containersPerTaskDefinition, 11)).toBe(false);
    expect(limits.targetGroupsPerService.max).toBe(5);
    expect(limits.queueMessageBytes.max).toBe(1024 * 1024);
    expect(limits.queueRetention.max).toBe(14 * 24 * 3600);
    expect(limits.queueRetention.default).toBe(4 * 24 * 3600);
  });

  it("derives the circuit breaker's threshold", () => {
    expect([1, 6, 10, 25, 1000].map(circuitBreakerThreshold)).toEqual([3, 3, 5, 13, 200]);
  });

  it("describes EBS volumes", () => {
    expect(ebsVolumes.rows.gp3.iops).toMatchObject({ min: 3000, max: 16000 });
    expect(ebsVolumes.rows.io1.iopsRequired).toBe(true);
    expect(ebsVolumes.rows.gp2.iops).toBeNull();
    expect(ebsVolumes.rows.standard.fargate).toBe(false);
    expect(ebsVolumes.rows.st1.size.min).toBe(125);
  });
});

describe("permissions", () => {
  it("trusts one service per role", () => {
    expect(roles.task.trusts).toBe("ecs-tasks.amazonaws.com");
    expect(roles.execution.trusts).toBe("ecs-tasks.amazonaws.com");
    expect(roles.events.trusts).toBe("events.amazonaws.com");
    expect(roles.scheduler.trusts).toBe("scheduler.amazonaws.com");
    expect(roles.execution.managedPolicies).toEqual([
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    ]);
  });

  it("grants exact actions, and everything only where the action has no resource", () => {
    for (const purpose of purposes) {
      for (const statement of permissions[purpose].statements) {
        for (const action of statement.actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
        if (statement.on === "*") {
          expect(
            statement.actions.every((action) =>
              /^(ecs:DiscoverPollEndpoint$|ecr:GetAuthorizationToken|ssmmessages:)/.test(action),
            ),
          ).toBe(true);
        }
      }
    }
  });

  it("sends with SendMessage alone and polls with what a consumer needs", () => {
    expect(actionsFor("sqs-send")).toEqual(["sqs:SendMessage"]);
    expect(actionsFor("sqs-poll")).toEqual([
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ]);
    expect(permissions["inject-secret"].role).toBe("execution");
  });
});

describe("logs", () => {
  it("keeps host drivers off Fargate", () => {
    expect(["awslogs", "splunk", "awsfirelens"].every((driver) => logDriverAllowed(driver, "fargate"))).toBe(true);
    expect(
      ["fluentd", "gelf", "json-file", "journald", "syslog"].some((driver) => logDriverAllowed(driver, "fargate")),
    ).toBe(false);
    expect(logDriverAllowed("json-file", "ec2")).toBe(true);
    expect(logDriverAllowed("none", "ec2")).toBe(false);
  });

  it("asks for a stream prefix on Fargate only", () => {
    expect(requiredOptionsFor("awslogs", "fargate")).toEqual([
      "awslogs-group",
      "awslogs-region",
      "awslogs-stream-prefix",
    ]);
    expect(requiredOptionsFor("awslogs", "ec2")).toEqual(["awslogs-group", "awslogs-region"]);
    expect(requiredOptionsFor("__proto__", "fargate")).toEqual([]);
  });

  it("accepts CloudWatch's retentions alone", () => {
    expect(logRetentionDays.days).toHaveLength(22);
    expect([30, 3653].every(isLogRetention)).toBe(true);
    expect([0, 31, 10, Number.NaN].some(isLogRetention)).toBe(false);
    expect([31, 4000].map(nearestLogRetention)).toEqual([60, 3653]);
  });
});

describe("platform versions", () => {
  it("compares versions by number", () => {
    expect(isBelowMinimum("1.3.0", "efs", "linux")).toBe(true);
    expect(isBelowMinimum("1.4.0", "efs", "linux")).toBe(false);
    expect(isBelowMinimum("1.10.0", "efs", "linux")).toBe(false);
    expect(isBelowMinimum("LATEST", "efs", "linux")).toBe(false);
    expect(isBelowMinimum(undefined, "efs", "linux")).toBe(false);
    expect(isBelowMinimum("1.2.0", "dependsOn", "linux")).toBe(true);
    expect(isBelowMinimum("1.0.0", "udpBehindNlb", "windows")).toBe(false);
    expect(minimumPlatformVersion("efs", "windows")).toBeNull();
  });
});

describe("regions and instance types", () => {
  it("has the 28 regions of the price snapshot", () => {
    expect(regionCodes).toHaveLength(28);
    expect(regionName("eu-west-1")).toBe("Europe (Ireland)");
    expect(regionName("mx-central-1")).toBe("mx-central-1");
    expect(isRegion("us-east-1")).toBe(true);
    expect(["", "us-east-9", "__proto__", "toString"].some(isRegion)).toBe(false);
  });

  it("has the 102 types of the price snapshot", () => {
    expect(instanceTypeNames).toHaveLength(102);
    expect(instanceTypes["t3.medium"]).toEqual({ vcpu: 2, memoryGiB: 4, arch: "x86_64" });
    expect(instanceFacts("m7g.large")).toEqual({ vcpu: 2, memoryGiB: 8, arch: "arm64" });
    expect(instanceFacts("p5.48xlarge")).toBeUndefined();
    expect(instanceFacts("constructor")).toBeUndefined();
    expect(cpuUnitsOf(instanceTypes["c5.large"])).toBe(2048);
    expect(architectureOf(instanceTypes["c7g.large"])).toBe("ARM64");
  });
});

describe("volumes and conditions", () => {
  it("knows what Fargate can mount", () => {
    expect(volumeSupport("efs", "fargate-linux")).toBe("yes");
    expect(volumeSupport("host-path", "fargate-linux")).toBe("no");
    expect(volumeSupport("fsx-windows", "fargate-linux")).toBe("no");
    expect(volumeSupport("s3-files", "ec2-linux")).toBe("no");
    expect(volumeTable.rows.efs).toMatchObject({ shared: "yes", survives: "yes" });
  });

  it("knows what a condition needs of the other container", () => {
    expect(dependencyConditionTable.rows.SUCCESS.needsNonEssential).toBe(true);
    expect(dependencyConditionTable.rows.HEALTHY.needsHealthCheck).toBe(true);
    expect(dependencyConditionTable.rows.START).toMatchObject({ needsNonEssential: false, needsHealthCheck: false });
  });
});
