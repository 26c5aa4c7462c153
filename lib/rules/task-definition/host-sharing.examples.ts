import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const fargate = (task: WebChanges["task"]) =>
  draw((draft) => {
    fargateWeb(draft, task ? { task } : {});
  });
const ec2 = (task: WebChanges["task"], container: WebChanges["container"] = {}) =>
  draw((draft) => {
    ec2Web(draft, { ...(task ? { task } : {}), container });
  });

export const examples: Examples = {
  bad: [
    fargate({ pidMode: "host" }),
    fargate({ ipcMode: "task" }),
    ec2({ pidMode: "host" }),
    ec2({ ipcMode: "host" }, { systemControls: [{ namespace: "kernel.shmmax", value: "68719476736" }] }),
    ec2({ enableFaultInjection: true }),
  ],
  good: [
    fargate({ pidMode: "task" }),
    fargate({ enableFaultInjection: true }),
    ec2({ ipcMode: "task", pidMode: "task" }),
    ec2({ ipcMode: "none" }),
  ],
};
