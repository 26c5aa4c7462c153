import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const fargate = (container: WebChanges["container"], task: WebChanges["task"] = {}) =>
  draw((draft) => {
    fargateWeb(draft, { ...(container ? { container } : {}), task });
  });
const windows = (container: WebChanges["container"]) =>
  fargate(
    { readonlyRootFilesystem: undefined, ...container },
    { cpu: 1024, memory: 2048, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
  );
const ec2 = (container: WebChanges["container"], task: WebChanges["task"] = {}) =>
  draw((draft) => {
    ec2Web(draft, { ...(container ? { container } : {}), task });
  });

export const examples: Examples = {
  bad: [
    fargate({ hostname: "web" }),
    windows({ user: "1000" }),
    windows({ ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] }),
    windows({ readonlyRootFilesystem: true }),
    windows({ linuxParameters: { tmpfs: [{ containerPath: "/tmp", size: 64 }] } }),
    windows({ systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }] }),
    windows({
      credentialSpecs: ["credentialspec:arn:aws:s3:::specs/a.json", "credentialspec:arn:aws:s3:::specs/b.json"],
    }),
    ec2({ hostname: "web", extraHosts: [{ hostname: "db", ipAddress: "10.0.0.9" }] }, { networkMode: "awsvpc" }),
    ec2(undefined, {
      networkMode: "host",
      containerDefinitions: {
        c1: { name: "app", portMappings: [{ containerPort: 8080 }], memory: 256, user: "1000", links: ["db:db"] },
        c2: { name: "db", image: "public.ecr.aws/docker/library/redis:7.4", memory: 256, user: "1000" },
      },
    }),
  ],
  good: [
    draw(fargateWeb),
    windows({}),
    fargate({ user: "1000", ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] }),
    ec2({ hostname: "web", extraHosts: [{ hostname: "db", ipAddress: "10.0.0.9" }] }),
  ],
};
