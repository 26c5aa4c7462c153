import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const fargate = (
  networkMode: NonNullable<WebChanges["task"]>["networkMode"],
  container: WebChanges["container"] = {},
) =>
  draw((draft) => {
    fargateWeb(draft, { task: { networkMode }, container });
  });
const windows = (networkMode: NonNullable<WebChanges["task"]>["networkMode"]) =>
  draw((draft) => {
    ec2Web(draft, {
      task: { networkMode, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
      container: { readonlyRootFilesystem: undefined },
      capacity: { ami: "custom", customImageId: "ami-0123456789abcdef0" },
    });
  });

export const examples: Examples = {
  bad: [fargate("bridge"), fargate("host"), fargate(undefined), windows("bridge")],
  good: [fargate("awsvpc"), draw(ec2Web), windows("awsvpc"), windows(undefined)],
};
