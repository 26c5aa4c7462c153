import * as z from "zod";
import { pairsOf } from "./pairs";

/** Fields of one container definition, spelt as the ECS API spells them. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */

const portMapping = z.strictObject({
  containerPort: z.int().optional().meta({ label: "Container port" }),
  hostPort: z.int().optional().meta({ label: "Host port", help: "Bridge mode only. Empty or 0 means a random port." }),
  containerPortRange: z.string().optional().meta({ label: "Port range", advanced: true, placeholder: "8000-8010" }),
  protocol: z.enum(["tcp", "udp"]).default("tcp").meta({ label: "Protocol" }),
  name: z.string().optional().meta({ label: "Name", help: "Needed by Service Connect.", advanced: true }),
  appProtocol: z.enum(["http", "http2", "grpc"]).optional().meta({ label: "Application protocol", advanced: true }),
});

const healthCheck = z.strictObject({
  command: z
    .array(z.string())
    .meta({ label: "Command", placeholder: "CMD-SHELL, curl -f http://localhost/ || exit 1" }),
  interval: z.int().optional().meta({ label: "Interval", unit: "s", placeholder: "30" }),
  timeout: z.int().optional().meta({ label: "Timeout", unit: "s", placeholder: "5" }),
  retries: z.int().optional().meta({ label: "Retries", placeholder: "3" }),
  startPeriod: z.int().optional().meta({ label: "Start period", unit: "s", placeholder: "0" }),
});

const mountPoint = z.strictObject({
  sourceVolume: z.string().meta({ label: "Volume" }),
  containerPath: z.string().meta({ label: "Container path", placeholder: "/data" }),
  readOnly: z.boolean().optional().meta({ label: "Read-only" }),
});

const logConfiguration = z.strictObject({
  logDriver: z.string().default("awslogs").meta({ label: "Log driver" }),
  options: z.record(z.string(), z.string()).optional().meta({
    label: "Options",
    help: "For awslogs, group, Region and stream prefix are filled in unless given here.",
  }),
  secretOptions: pairsOf("valueFrom", "Value from").optional().meta({ label: "Secret options", advanced: true }),
});

const linuxParameters = z.strictObject({
  initProcessEnabled: z.boolean().optional().meta({ label: "Init process" }),
  capabilities: z
    .strictObject({
      add: z.array(z.string()).optional().meta({ label: "Add" }),
      drop: z.array(z.string()).optional().meta({ label: "Drop" }),
    })
    .optional()
    .meta({ label: "Capabilities" }),
  sharedMemorySize: z.int().optional().meta({ label: "Shared memory", unit: "MiB" }),
  maxSwap: z.int().optional().meta({ label: "Maximum swap", unit: "MiB" }),
  swappiness: z.int().optional().meta({ label: "Swappiness" }),
  tmpfs: z
    .array(
      z.strictObject({
        containerPath: z.string().meta({ label: "Container path" }),
        size: z.int().meta({ label: "Size", unit: "MiB" }),
      }),
    )
    .optional()
    .meta({ label: "tmpfs" }),
  devices: z
    .array(z.strictObject({ hostPath: z.string().meta({ label: "Host path" }) }))
    .optional()
    .meta({ label: "Devices" }),
});

const more = { advanced: true };

export const containerDefinition = z.strictObject({
  name: z.string().meta({ label: "Name" }),
  image: z.string().optional().meta({
    label: "Image",
    help: "A public image by name. Connect a repository instead to pull from it.",
    placeholder: "public.ecr.aws/nginx/nginx:1.27",
  }),
  essential: z.boolean().default(true).meta({ label: "Essential", help: "The task stops when this container stops." }),
  portMappings: z.array(portMapping).default([]).meta({ label: "Port mappings" }),
  environment: pairsOf("value", "Value").default([]).meta({ label: "Environment" }),
  secrets: pairsOf("valueFrom", "Value from")
    .default([])
    .meta({
      label: "Secrets",
      help: "By ARN. Connect a secret or a parameter instead to have the permission written too.",
      ...more,
    }),
  environmentFiles: z
    .array(
      z.strictObject({
        value: z.string().meta({ label: "Object ARN", placeholder: "arn:aws:s3:::bucket/app.env" }),
        type: z.string().default("s3").meta({ label: "Type" }),
      }),
    )
    .default([])
    .meta({ label: "Environment files", ...more }),
  cpu: z
    .int()
    .optional()
    .meta({ label: "CPU", unit: "units", ...more }),
  memory: z
    .int()
    .optional()
    .meta({ label: "Memory, hard limit", unit: "MiB", ...more }),
  memoryReservation: z
    .int()
    .optional()
    .meta({ label: "Memory reservation", unit: "MiB", ...more }),
  command: z
    .array(z.string())
    .optional()
    .meta({ label: "Command", ...more }),
  entryPoint: z
    .array(z.string())
    .optional()
    .meta({ label: "Entry point", ...more }),
  workingDirectory: z
    .string()
    .optional()
    .meta({ label: "Working directory", ...more }),
  healthCheck: healthCheck.optional().meta({ label: "Health check", ...more }),
  mountPoints: z
    .array(mountPoint)
    .default([])
    .meta({
      label: "Mount points",
      help: "Of the task definition's own volumes. Connect a file system to mount it.",
      ...more,
    }),
  logConfiguration: logConfiguration
    .nullable()
    .default({ logDriver: "awslogs" })
    .meta({ label: "Logging", help: "None: output is lost when the task stops." }),
  user: z
    .string()
    .optional()
    .meta({ label: "User", ...more }),
  readonlyRootFilesystem: z
    .boolean()
    .optional()
    .meta({ label: "Read-only root file system", ...more }),
  privileged: z
    .boolean()
    .optional()
    .meta({ label: "Privileged", ...more }),
  startTimeout: z
    .int()
    .optional()
    .meta({ label: "Start timeout", unit: "s", ...more }),
  stopTimeout: z
    .int()
    .optional()
    .meta({ label: "Stop timeout", unit: "s", placeholder: "30", ...more }),
  linuxParameters: linuxParameters.optional().meta({ label: "Linux parameters", ...more }),
  ulimits: z
    .array(
      z.strictObject({
        name: z.string().meta({ label: "Name", placeholder: "nofile" }),
        softLimit: z.int().meta({ label: "Soft limit" }),
        hardLimit: z.int().meta({ label: "Hard limit" }),
      }),
    )
    .optional()
    .meta({ label: "Ulimits", ...more }),
  restartPolicy: z
    .strictObject({
      enabled: z.boolean().meta({ label: "Enabled" }),
      ignoredExitCodes: z.array(z.int()).optional().meta({ label: "Ignored exit codes" }),
      restartAttemptPeriod: z.int().optional().meta({ label: "Attempt period", unit: "s" }),
    })
    .optional()
    .meta({ label: "Restart policy", ...more }),
  firelensConfiguration: z
    .strictObject({
      type: z.string().meta({ label: "Router", placeholder: "fluentbit" }),
      options: z.record(z.string(), z.string()).optional().meta({ label: "Options" }),
    })
    .optional()
    .meta({ label: "FireLens router", ...more }),
  resourceRequirements: z
    .array(
      z.strictObject({
        type: z.enum(["GPU", "InferenceAccelerator"]).meta({ label: "Type" }),
        value: z.string().meta({ label: "Value" }),
      }),
    )
    .optional()
    .meta({ label: "Resource requirements", ...more }),
  volumesFrom: z
    .array(
      z.strictObject({
        sourceContainer: z.string().meta({ label: "Container" }),
        readOnly: z.boolean().optional().meta({ label: "Read-only" }),
      }),
    )
    .optional()
    .meta({ label: "Volumes from", ...more }),
  links: z
    .array(z.string())
    .optional()
    .meta({ label: "Links", ...more }),
  hostname: z
    .string()
    .optional()
    .meta({ label: "Host name", ...more }),
  extraHosts: z
    .array(
      z.strictObject({
        hostname: z.string().meta({ label: "Host name" }),
        ipAddress: z.string().meta({ label: "IP address" }),
      }),
    )
    .optional()
    .meta({ label: "Extra hosts", ...more }),
  dnsServers: z
    .array(z.string())
    .optional()
    .meta({ label: "DNS servers", ...more }),
  dnsSearchDomains: z
    .array(z.string())
    .optional()
    .meta({ label: "DNS search domains", ...more }),
  dockerSecurityOptions: z
    .array(z.string())
    .optional()
    .meta({ label: "Docker security options", ...more }),
  dockerLabels: z
    .record(z.string(), z.string())
    .optional()
    .meta({ label: "Docker labels", ...more }),
  disableNetworking: z
    .boolean()
    .optional()
    .meta({ label: "Disable networking", ...more }),
  systemControls: z
    .array(
      z.strictObject({
        namespace: z.string().meta({ label: "Namespace" }),
        value: z.string().meta({ label: "Value" }),
      }),
    )
    .optional()
    .meta({ label: "System controls", ...more }),
  credentialSpecs: z
    .array(z.string())
    .optional()
    .meta({ label: "Credential specs", ...more }),
  interactive: z
    .boolean()
    .optional()
    .meta({ label: "Interactive", ...more }),
  pseudoTerminal: z
    .boolean()
    .optional()
    .meta({ label: "Pseudo terminal", ...more }),
  versionConsistency: z
    .enum(["enabled", "disabled"])
    .optional()
    .meta({ label: "Version consistency", ...more }),
});

export type ContainerDefinition = z.output<typeof containerDefinition>;
