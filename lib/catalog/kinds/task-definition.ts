import * as z from "zod";
import { ID_PATTERN, slug } from "../../core/ids";
import { compareKeys } from "../../core/json";
import { placementConstraints } from "../fields/capacity";
import { containerDefinition } from "../fields/container";
import { roleSlot } from "../fields/roles";
import { defineKind } from "../kind";

const volume = z.strictObject({
  name: z.string().meta({ label: "Name" }),
  host: z
    .strictObject({ sourcePath: z.string().optional().meta({ label: "Host path", help: "Empty: scratch space." }) })
    .optional()
    .meta({ label: "Host" }),
  dockerVolumeConfiguration: z
    .strictObject({
      scope: z.enum(["task", "shared"]).default("task").meta({ label: "Scope" }),
      autoprovision: z.boolean().optional().meta({ label: "Autoprovision" }),
      driver: z.string().optional().meta({ label: "Driver", placeholder: "local" }),
    })
    .optional()
    .meta({ label: "Docker volume" }),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const taskDefinition = defineKind({
  label: "Task definition",
  short: "Task definition",
  about: "Which containers run together, how big the task is, and what it may do.",
  group: "Compute",
  icon: "task",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html",
  keywords: ["containers", "docker", "image", "task"],
  props: z.strictObject({
    family: z.string().optional().meta({ label: "Family", help: "From the name unless given.", advanced: true }),
    cpu: z.int().optional().meta({ label: "CPU", unit: "units", help: "1024 units are one vCPU.", placeholder: "256" }),
    memory: z.int().optional().meta({ label: "Memory", unit: "MiB", placeholder: "512" }),
    networkMode: z.enum(["awsvpc", "bridge", "host", "none"]).optional().meta({
      label: "Network mode",
      help: "Fargate needs awsvpc. Unset means bridge on EC2.",
    }),
    requiresCompatibilities: z
      .array(z.enum(["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"]))
      .default([])
      .meta({ label: "Requires compatibilities", advanced: true }),
    containerDefinitions: z
      .record(z.string().regex(ID_PATTERN, "is not a container id such as c1"), containerDefinition)
      .default({})
      .meta({ label: "Containers" }),
    runtimePlatform: z
      .strictObject({
        cpuArchitecture: z.enum(["X86_64", "ARM64"]).default("X86_64").meta({ label: "CPU architecture" }),
        operatingSystemFamily: z.string().default("LINUX").meta({ label: "Operating system" }),
      })
      .prefault({})
      .meta({ label: "Runtime platform" }),
    ephemeralStorage: z.int().optional().meta({
      label: "Ephemeral storage",
      unit: "GiB",
      help: "Fargate gives 20 GiB; 21 to 200 asks for more.",
      placeholder: "20",
      advanced: true,
    }),
    volumes: z.array(volume).default([]).meta({
      label: "Volumes",
      help: "Scratch, host and Docker volumes. Connect a file system to mount it.",
      advanced: true,
    }),
    taskRole: roleSlot("Task role", "ecs-tasks.amazonaws.com", "What your code may do."),
    executionRole: roleSlot(
      "Execution role",
      "ecs-tasks.amazonaws.com",
      "Pulls the image, writes logs, reads secrets.",
    ),
    pidMode: z.enum(["host", "task"]).optional().meta({ label: "PID mode", advanced: true }),
    ipcMode: z.enum(["host", "task", "none"]).optional().meta({ label: "IPC mode", advanced: true }),
    enableFaultInjection: z.boolean().optional().meta({ label: "Fault injection", advanced: true }),
    placementConstraints,
  }),
  initial: (near) => ({
    ...(near.ec2
      ? { networkMode: "bridge" as const, requiresCompatibilities: ["EC2" as const] }
      : { cpu: 256, memory: 512, networkMode: "awsvpc" as const, requiresCompatibilities: ["FARGATE" as const] }),
    containerDefinitions: {
      c1: {
        name: slug(near.name.replace(/ task( definition)?$/i, ""), "app"),
        image: "public.ecr.aws/nginx/nginx:1.27",
        portMappings: [{ containerPort: 80 }],
        ...(near.ec2 ? { memoryReservation: 256 } : {}),
      },
    },
  }),
  within: ["vpc", "cluster"],
  box: false,
  size: { w: 260, h: 72 },
  summary: (props) => {
    const facts: string[] = [];
    if (props.cpu !== undefined) facts.push(`${props.cpu / 1024} vCPU`);
    if (props.memory !== undefined) facts.push(`${props.memory / 1024} GB`);
    if (props.networkMode && props.networkMode !== "awsvpc") facts.push(props.networkMode);
    if (props.runtimePlatform.cpuArchitecture === "ARM64") facts.push("ARM64");
    return facts.length === 0 ? [] : [facts.join(" · ")];
  },
  rows: (props) =>
    Object.keys(props.containerDefinitions)
      .sort(compareKeys)
      .map((id) => {
        const container = props.containerDefinitions[id] as z.output<typeof containerDefinition>;
        const ports = container.portMappings.map((mapping) => mapping.containerPort ?? mapping.containerPortRange);
        return {
          id,
          title: container.name,
          lines: [container.image ?? "", ports.length === 0 ? "" : `:${ports.join(", :")}`].filter(
            (line) => line !== "",
          ),
        };
      }),
  deployable: true,
});
