import type { InputOf } from "../catalog";
import type { Draft } from "./draw";

export interface Classic {
  internet: string;
  vpc: string;
  clb: string;
  cluster: string;
  service: string;
  task: string;
  forward: string;
}

/**
 * A Classic Load Balancer in front of EC2 tasks in bridge mode on a fixed host port: what it was made for. Raises the
 * warning that it is a legacy type and nothing else.
 */
export function classicWeb(
  draft: Draft,
  change: {
    clb?: InputOf<"clb">;
    service?: InputOf<"service">;
    task?: Partial<InputOf<"taskDefinition">>;
    container?: Partial<NonNullable<InputOf<"taskDefinition">["containerDefinitions"]>[string]>;
    /** False: no instances, for tasks on Fargate. */
    capacity?: false;
  } = {},
): Classic {
  const internet = draft.add("internet", {}, { name: "Users" });
  const vpc = draft.add("vpc", {}, { name: "Network" });
  const clb = draft.add("clb", change.clb ?? {}, { name: "Old front door", parent: vpc });
  const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
  const service = draft.add("service", { desiredCount: 2, ...change.service }, { name: "Web", parent: cluster });
  const task = draft.add(
    "taskDefinition",
    {
      networkMode: "bridge",
      requiresCompatibilities: ["EC2"],
      containerDefinitions: {
        c1: {
          name: "app",
          portMappings: [{ containerPort: 8080, hostPort: 8080 }],
          memoryReservation: 256,
          memory: 512,
          readonlyRootFilesystem: true,
          ...change.container,
        },
      },
      ...change.task,
    },
    { name: "Web task", parent: cluster },
  );
  if (change.capacity !== false) {
    const capacity = draft.add("asgCapacityProvider", { minSize: 2 }, { name: "Instances", parent: cluster });
    draft.connect(service, "useCapacity", capacity);
  }
  const repository = draft.add("ecrRepository", {}, { name: "Web image" });
  draft.connect(internet, "request", clb);
  const forward = draft.connect(clb, "forward", service);
  draft.connect(service, "run", task);
  draft.connect(`${task}/c1`, "pull", repository, { tag: "v1" });
  return { internet, vpc, clb, cluster, service, task, forward };
}
