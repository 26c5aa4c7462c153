import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** A database container beside the web one, in the same two tasks. */
const database = (
  image: string,
  mount?: string,
  change: { service?: InputOf<"service">; desiredCount?: number } = {},
) =>
  draw((draft) => {
    const vpc = draft.add("vpc", {}, { name: "Network" });
    const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
    const service = draft.add(
      "service",
      { launchType: "FARGATE", desiredCount: 2, ...change.service },
      { name: "Store", parent: cluster },
    );
    const task = draft.add("taskDefinition", definition(image), { name: "Store task", parent: cluster });
    draft.connect(service, "run", task);
    if (mount !== undefined) filesAt(draft, vpc, `${task}/c1`, mount);
  });

const definition = (image: string): InputOf<"taskDefinition"> => ({
  cpu: 512,
  memory: 1024,
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  containerDefinitions: { c1: { name: "db", image, portMappings: [{ containerPort: 5432 }] } },
});

function filesAt(draft: Draft, vpc: string, container: string, containerPath: string): void {
  const efs = draft.add("efs", {}, { name: "Files", parent: vpc });
  draft.connect(container, "mount", efs, { containerPath });
}

export const examples: Examples = {
  bad: [
    database("public.ecr.aws/docker/library/postgres:16.4"),
    database("public.ecr.aws/docker/library/mysql:8.4", "/backup"),
  ],
  good: [
    database("public.ecr.aws/docker/library/postgres:16.4", "/var/lib/postgresql/data"),
    database("public.ecr.aws/docker/library/postgres:16.4", undefined, { service: { desiredCount: 1 } }),
    draw(fargateWeb),
  ],
  // Nobody knows what an image of our own keeps, or where.
  unknowable: [database("public.ecr.aws/example/store:3.2")],
};
