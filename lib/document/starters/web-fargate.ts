import { starter } from "./starter";

/** A web service alone: ALB, Fargate, private subnets. */
export const webFargate = starter("Web service on Fargate", (draft) => {
  const users = draft.add("internet", "Users", {}, { x: 0, y: 168 });
  const network = draft.add("vpc", "Network", {}, { x: 260, y: 0, w: 1080, h: 400 });
  const alb = draft.add(
    "alb",
    "Front door",
    {
      listeners: [
        { port: 80, protocol: "HTTP", redirectToHttps: true },
        { port: 443, protocol: "HTTPS", certificate: { from: "parameter" } },
      ],
    },
    { x: 32, y: 160 },
    network,
  );
  const cluster = draft.add("cluster", "Main cluster", {}, { x: 300, y: 64, w: 744, h: 296 }, network);
  const web = draft.add("service", "Web", { launchType: "FARGATE", desiredCount: 2 }, { x: 40, y: 96 }, cluster);
  const task = draft.add(
    "taskDefinition",
    "Web task",
    {
      cpu: 256,
      memory: 512,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: {
        c1: { name: "web", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true },
      },
    },
    { x: 440, y: 80 },
    cluster,
  );
  const image = draft.add("ecrRepository", "Web image", {}, { x: 1420, y: 168 });
  draft.connect(users, "request", alb);
  draft.connect(alb, "forward", web, { healthCheck: { path: "/health" } });
  draft.connect(web, "run", task);
  draft.connect(`${task}/c1`, "pull", image, { tag: "v1" });
});
