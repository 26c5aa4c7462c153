import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Volume = NonNullable<InputOf<"taskDefinition">["volumes"]>[number];

const using = (volume: Omit<Volume, "name">, preset: (draft: Draft, change: object) => unknown = fargateWeb) =>
  draw((draft) => {
    preset(draft, {
      task: { volumes: [{ name: "work", ...volume }] },
      container: { mountPoints: [{ sourceVolume: "work", containerPath: "/work" }] },
    });
  });

export const examples: Examples = {
  bad: [
    using({ host: { sourcePath: "/srv" } }),
    using({ host: { sourcePath: "./nginx" } }, ec2Web),
    using({ dockerVolumeConfiguration: {} }),
    using({ dockerVolumeConfiguration: { scope: "task", autoprovision: true } }, ec2Web),
  ],
  good: [
    using({}),
    using({ host: {} }),
    using({ host: { sourcePath: "/srv" } }, ec2Web),
    using({ dockerVolumeConfiguration: { scope: "shared", autoprovision: true, driver: "local" } }, ec2Web),
  ],
};
