import { starter } from "./starter";

/** A web service on EC2 capacity: bridge mode, dynamic host ports behind an ALB. */
export const webEc2 = starter("Web service on EC2", (draft) => {
  const users = draft.add("internet", "Users", {}, { x: 0, y: 128 });
  const network = draft.add("vpc", "Network", {}, { x: 240, y: 0, w: 960, h: 440 });
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
  const cluster = draft.add("cluster", "Main cluster", {}, { x: 296, y: 48, w: 640, h: 344 }, network);
  const web = draft.add("service", "Web", { desiredCount: 4 }, { x: 32, y: 72 }, cluster);
  const task = draft.add(
    "taskDefinition",
    "Web task",
    {
      networkMode: "bridge",
      requiresCompatibilities: ["EC2"],
      containerDefinitions: {
        c1: {
          name: "web",
          cpu: 256,
          memory: 512,
          memoryReservation: 256,
          portMappings: [{ containerPort: 8080 }],
          readonlyRootFilesystem: true,
        },
      },
    },
    { x: 344, y: 56 },
    cluster,
  );
  const capacity = draft.add(
    "asgCapacityProvider",
    "Instances",
    { instanceType: "t3.medium", minSize: 2, maxSize: 6 },
    { x: 344, y: 224 },
    cluster,
  );
  const image = draft.add("ecrRepository", "Web image", {}, { x: 1264, y: 128 });
  draft.connect(users, "request", alb);
  draft.connect(alb, "forward", web, { healthCheck: { path: "/health" } });
  draft.connect(web, "run", task);
  draft.connect(web, "useCapacity", capacity, { weight: 1 });
  draft.connect(`${task}/c1`, "pull", image, { tag: "v1" });
});
