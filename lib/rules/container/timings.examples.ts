import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

type Check = NonNullable<NonNullable<WebChanges["container"]>["healthCheck"]>;
const command = ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"];

const container = (container: WebChanges["container"]) =>
  draw((draft) => {
    fargateWeb(draft, container ? { container } : {});
  });
const onEc2 = (container: NonNullable<WebChanges["container"]>) => draw((draft) => void ec2Web(draft, { container }));
const health = (check: Partial<Check>) => container({ healthCheck: { command, ...check } });

export const examples: Examples = {
  bad: [
    health({ command: [] }),
    health({ command: ["curl", "-f", "http://localhost:8080/"] }),
    health({ interval: 4 }),
    health({ interval: 301 }),
    health({ retries: 11 }),
    draw((draft) => {
      fargateWeb(draft, {
        service: { healthCheckGracePeriodSeconds: 400 },
        container: { healthCheck: { command, startPeriod: 301 } },
      });
    }),
    health({ timeout: 1 }),
    health({ timeout: 121, interval: 300 }),
    container({ ulimits: [{ name: "openfiles", softLimit: 1, hardLimit: 1 }] }),
    container({ ulimits: [{ name: "nofile", softLimit: 2048, hardLimit: 1024 }] }),
    container({ linuxParameters: { capabilities: { drop: ["CAP_NET_RAW"] } } }),
    onEc2({ linuxParameters: { capabilities: { add: ["net_admin"] } } }),
    onEc2({ linuxParameters: { devices: [{ hostPath: "fuse" }] } }),
    onEc2({ linuxParameters: { swappiness: 101 } }),
    onEc2({ linuxParameters: { maxSwap: -1 } }),
    onEc2({ linuxParameters: { sharedMemorySize: 0 } }),
    // The API's page says 60 at most, the CDK accepts 120.
    health({ timeout: 90, interval: 120 }),
    health({ timeout: 30, interval: 30 }),
    container({ stopTimeout: 121 }),
    container({ startTimeout: 1 }),
    container({ restartPolicy: { enabled: true, restartAttemptPeriod: 30 } }),
    container({ restartPolicy: { enabled: true, ignoredExitCodes: Array.from({ length: 51 }, (_, index) => index) } }),
    container({ restartPolicy: { enabled: false, restartAttemptPeriod: 120 } }),
  ],
  good: [
    container({ ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }] }),
    container({ ulimits: [{ name: "memlock", softLimit: -1, hardLimit: -1 }] }),
    container({ linuxParameters: { capabilities: { drop: ["ALL"] } } }),
    onEc2({ linuxParameters: { capabilities: { add: ["NET_ADMIN"] }, devices: [{ hostPath: "/dev/fuse" }] } }),
    onEc2({ linuxParameters: { swappiness: 0, maxSwap: 0, sharedMemorySize: 256 } }),
    health({}),
    health({ interval: 300, timeout: 60, retries: 10 }),
    container({ stopTimeout: 120, startTimeout: 2 }),
    container({ restartPolicy: { enabled: true, restartAttemptPeriod: 60, ignoredExitCodes: [0] } }),
    draw((draft) => {
      ec2Web(draft, { container: { stopTimeout: 600 } });
    }),
  ],
};
