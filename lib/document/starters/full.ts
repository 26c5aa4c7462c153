import type { Document } from "../document";
import { starter } from "./starter";

/** The main starter: web, worker and nightly report, with what each of them needs. */
export const full: Document = starter("Shop on Fargate", (draft) => {
  const users = draft.add("internet", "Users", {}, { x: 0, y: 128 });
  const network = draft.add("vpc", "Network", { gatewayEndpoints: ["s3"] }, { x: 240, y: 0, w: 960, h: 672 });
  const alb = draft.add(
    "alb",
    "Front door",
    {
      listeners: [
        { port: 80, protocol: "HTTP", redirectToHttps: true },
        { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
      ],
    },
    { x: 24, y: 120 },
    network,
  );
  const cluster = draft.add("cluster", "Main cluster", {}, { x: 296, y: 48, w: 640, h: 512 }, network);
  const files = draft.add("efs", "Shared files", {}, { x: 704, y: 584 }, network);

  const web = draft.add("service", "Web", { launchType: "FARGATE", desiredCount: 2 }, { x: 32, y: 72 }, cluster);
  const webTask = draft.add(
    "taskDefinition",
    "Web task",
    fargate(512, 1024, {
      name: "web",
      portMappings: [{ containerPort: 8080 }],
      readonlyRootFilesystem: true,
    }),
    { x: 344, y: 56 },
    cluster,
  );
  const worker = draft.add(
    "service",
    "Worker",
    {
      launchType: "FARGATE",
      autoScaling: { minCapacity: 2, maxCapacity: 10, policies: [{ policyType: "StepScaling" }] },
    },
    { x: 32, y: 224 },
    cluster,
  );
  const workerTask = draft.add(
    "taskDefinition",
    "Worker task",
    fargate(256, 512, { name: "worker", readonlyRootFilesystem: true }),
    { x: 344, y: 208 },
    cluster,
  );
  const reportTask = draft.add(
    "taskDefinition",
    "Report task",
    fargate(1024, 2048, { name: "report", readonlyRootFilesystem: true }),
    { x: 344, y: 360 },
    cluster,
  );

  const webImage = draft.add("ecrRepository", "Web image", {}, { x: 1264, y: 72 });
  const workerImage = draft.add("ecrRepository", "Worker image", {}, { x: 1264, y: 280 });
  const reportImage = draft.add("ecrRepository", "Report image", {}, { x: 1264, y: 424 });
  const password = draft.add("secret", "Database password", {}, { x: 1264, y: 176 });
  const orders = draft.add("sqsQueue", "Orders", { visibilityTimeout: 180 }, { x: 0, y: 280 });
  const failed = draft.add("sqsQueue", "Failed orders", { messageRetentionPeriod: 1209600 }, { x: 0, y: 384 });
  const lostRuns = draft.add("sqsQueue", "Lost runs", { messageRetentionPeriod: 1209600 }, { x: 0, y: 592 });
  const nightly = draft.add(
    "eventSchedule",
    "Nightly report",
    { scheduleExpression: "cron(0 3 * * ? *)" },
    { x: 0, y: 488 },
  );
  const stopped = draft.add("eventRule", "Stopped tasks", {}, { x: 560, y: 720 });
  const alerts = draft.add("snsTopic", "Alerts", {}, { x: 840, y: 720 });

  draft.connect(users, "request", alb);
  draft.connect(alb, "forward", web, { healthCheck: { path: "/health" } });
  draft.connect(web, "run", webTask);
  draft.connect(`${webTask}/c1`, "pull", webImage, { tag: "v1" });
  draft.connect(`${webTask}/c1`, "mount", files, { containerPath: "/data", accessPoint: { path: "/web" } });
  draft.connect(`${webTask}/c1`, "inject", password, { name: "DB_PASSWORD" });
  draft.connect(`${webTask}/c1`, "send", orders);
  draft.connect(orders, "poll", worker);
  draft.connect(orders, "deadLetter", failed, { maxReceiveCount: 5 });
  draft.connect(worker, "run", workerTask);
  draft.connect(`${workerTask}/c1`, "pull", workerImage, { tag: "v1" });
  draft.connect(`${workerTask}/c1`, "inject", password, { name: "DB_PASSWORD" });
  draft.connect(nightly, "runTask", reportTask, { cluster, deadLetterQueue: lostRuns });
  draft.connect(`${reportTask}/c1`, "pull", reportImage, { tag: "v1" });
  draft.connect(`${reportTask}/c1`, "inject", password, { name: "DB_PASSWORD" });
  draft.connect(cluster, "intercept", stopped);
  draft.connect(stopped, "deliver", alerts);
});

function fargate<C>(cpu: number, memory: number, container: C) {
  return {
    cpu,
    memory,
    networkMode: "awsvpc" as const,
    requiresCompatibilities: ["FARGATE" as const],
    containerDefinitions: { c1: container },
  };
}
