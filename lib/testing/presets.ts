import type { InputOf } from "../catalog";
import type { Draft } from "./draw";

/** Ids of the usual web service, so that an example can change one thing and connect more. */
export interface Web {
  internet: string;
  vpc: string;
  alb: string;
  cluster: string;
  service: string;
  task: string;
  /** `TASK/c1`. */
  container: string;
  repository: string;
  run: string;
  forward: string;
}

/** What a preset lets an example change, part by part. */
export interface WebChanges {
  vpc?: InputOf<"vpc">;
  alb?: InputOf<"alb">;
  cluster?: InputOf<"cluster">;
  service?: InputOf<"service">;
  task?: Partial<InputOf<"taskDefinition">>;
  container?: Partial<NonNullable<InputOf<"taskDefinition">["containerDefinitions"]>[string]>;
}

/**
 * A complete design without an error or a warning: internet → HTTPS ALB → two Fargate tasks in private subnets behind
 * NAT, image from ECR by tag, logs on.
 */
export function fargateWeb(draft: Draft, change: WebChanges = {}): Web {
  const internet = draft.add("internet", {}, { name: "Users" });
  const vpc = draft.add("vpc", change.vpc ?? {}, { name: "Network" });
  const alb = draft.add(
    "alb",
    {
      listeners: [
        { port: 80, protocol: "HTTP", redirectToHttps: true },
        { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
      ],
      ...change.alb,
    },
    { name: "Front door", parent: vpc },
  );
  const cluster = draft.add("cluster", change.cluster ?? {}, { name: "Main", parent: vpc });
  const service = draft.add(
    "service",
    { launchType: "FARGATE", desiredCount: 2, ...change.service },
    { name: "Web", parent: cluster },
  );
  const task = draft.add(
    "taskDefinition",
    {
      cpu: 256,
      memory: 512,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: {
        c1: {
          name: "app",
          portMappings: [{ containerPort: 8080 }],
          readonlyRootFilesystem: true,
          ...change.container,
        },
      },
      ...change.task,
    },
    { name: "Web task", parent: cluster },
  );
  const repository = draft.add("ecrRepository", {}, { name: "Web image" });
  const container = `${task}/c1`;
  draft.connect(internet, "request", alb);
  const forward = draft.connect(alb, "forward", service);
  const run = draft.connect(service, "run", task);
  draft.connect(container, "pull", repository, { tag: "v1" });
  return { internet, vpc, alb, cluster, service, task, container, repository, run, forward };
}

/** The same on EC2 capacity: bridge mode with dynamic host ports behind the ALB. */
export function ec2Web(
  draft: Draft,
  change: WebChanges & { capacity?: InputOf<"asgCapacityProvider"> } = {},
): Web & { capacity: string } {
  const web = fargateWeb(draft, {
    ...change,
    service: { launchType: undefined, ...change.service },
    task: {
      cpu: undefined,
      memory: undefined,
      networkMode: "bridge",
      requiresCompatibilities: ["EC2"],
      containerDefinitions: {
        c1: {
          name: "app",
          portMappings: [{ containerPort: 8080 }],
          memoryReservation: 256,
          memory: 512,
          readonlyRootFilesystem: true,
          ...change.container,
        },
      },
      ...change.task,
    },
  });
  const capacity = draft.add(
    "asgCapacityProvider",
    { minSize: 2, ...change.capacity },
    { name: "Instances", parent: web.cluster },
  );
  draft.connect(web.service, "useCapacity", capacity);
  return { ...web, capacity };
}
