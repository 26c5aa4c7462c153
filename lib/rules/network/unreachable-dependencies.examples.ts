import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (change: WebChanges) => draw((draft) => fargateWeb(draft, change));
const instances = (change: Parameters<typeof ec2Web>[1]) => draw((draft) => ec2Web(draft, change));

/** The usual web service on an image of Docker Hub. */
const fromDockerHub = (change: WebChanges) =>
  draw((draft) => {
    const { document } = draft;
    const drawn = fargateWeb(draft, change);
    const image = draft.add("dockerHub", {}, { name: "nginx" });
    const pull = Object.keys(document.edges).find((id) => document.edges[id]?.relation === "pull") as string;
    delete document.edges[pull];
    delete document.nodes[drawn.repository];
    draft.connect(drawn.container, "pull", image, { tag: "1.27" });
  });

/** The usual web service with a secret that exists already. */
const withSecret = (change: WebChanges) =>
  draw((draft) => {
    const drawn = fargateWeb(draft, change);
    const secret = draft.add("secret", {}, { name: "Password" });
    draft.connect(drawn.container, "inject", secret, { name: "DB_PASSWORD" });
  });

/** A report that a schedule starts beside the web service. */
const scheduled = (tier: "private" | "isolated", change: WebChanges = {}) =>
  draw((draft) => {
    const drawn = fargateWeb(draft, change);
    const task = draft.add(
      "taskDefinition",
      {
        cpu: 256,
        memory: 512,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: { c1: { name: "report", readonlyRootFilesystem: true } },
      },
      { name: "Report", parent: drawn.cluster },
    );
    draft.connect(`${task}/c1`, "pull", drawn.repository);
    const queue = draft.add("sqsQueue", {}, { name: "Lost runs" });
    const nightly = draft.add("eventSchedule", { scheduleExpression: "rate(1 day)" }, { name: "Nightly" });
    draft.connect(nightly, "runTask", task, { tier, deadLetterQueue: queue });
  });

const pulling = ["ecr.api", "ecr.dkr", "logs"] as const;
const s3 = ["s3"] as const;

export const examples: Examples = {
  bad: [
    web({ vpc: { natGateways: "none" } }),
    web({ service: { tier: "isolated" }, vpc: { isolatedSubnets: true } }),
    // The layers of an image come from S3.
    web({ vpc: { natGateways: "none", interfaceEndpoints: [...pulling] } }),
    // No endpoint leads to Docker Hub.
    fromDockerHub({ vpc: { natGateways: "none", interfaceEndpoints: [...pulling], gatewayEndpoints: [...s3] } }),
    withSecret({ vpc: { natGateways: "none", interfaceEndpoints: [...pulling], gatewayEndpoints: [...s3] } }),
    scheduled("isolated", { vpc: { isolatedSubnets: true } }),
    scheduled("isolated"),
    // On EC2 it is the agent that fetches, from the subnets of the instances; and the agent must reach ECS.
    instances({ vpc: { natGateways: "none" } }),
    instances({ vpc: { natGateways: "none", interfaceEndpoints: [...pulling], gatewayEndpoints: [...s3] } }),
    web({
      service: {
        securityGroups: {
          mode: "own",
          ingress: [{ fromPort: 8080, toPort: 8080, peer: { cidr: "10.0.0.0/16" } }],
          egress: [{ fromPort: 5432, toPort: 5432, peer: { cidr: "10.0.0.0/16" } }],
        },
      },
    }),
  ],
  good: [
    web({}),
    web({ vpc: { natGateways: "none", interfaceEndpoints: [...pulling], gatewayEndpoints: [...s3] } }),
    web({ service: { tier: "public", assignPublicIp: true }, vpc: { natGateways: "none" } }),
    withSecret({
      vpc: { natGateways: "none", interfaceEndpoints: [...pulling, "secretsmanager"], gatewayEndpoints: [...s3] },
    }),
    fromDockerHub({}),
    scheduled("private"),
    instances({ vpc: { natGateways: "none" }, capacity: { tier: "public" } }),
    instances({
      vpc: {
        natGateways: "none",
        interfaceEndpoints: [...pulling, "ecs", "ecs-agent", "ecs-telemetry"],
        gatewayEndpoints: [...s3],
      },
    }),
  ],
  unknowable: [
    web({ vpc: { source: "existing", natGateways: "none" } }),
    instances({ vpc: { source: "existing", natGateways: "none" } }),
    // A prefix list or a range of AWS may lie behind it.
    web({
      service: {
        securityGroups: {
          mode: "own",
          ingress: [{ fromPort: 8080, toPort: 8080, peer: { cidr: "10.0.0.0/16" } }],
          egress: [{ fromPort: 443, toPort: 443, peer: { cidr: "52.0.0.0/8" } }],
        },
      },
    }),
  ],
};
