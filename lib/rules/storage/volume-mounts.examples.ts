import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type Web, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

type Definition = InputOf<"taskDefinition">;
type Mounts = { sourceVolume: string; containerPath: string }[];

const mounting = (
  volumes: Definition["volumes"],
  mountPoints: Mounts,
  preset: (draft: Draft, change: WebChanges) => Web = fargateWeb,
  more: (draft: Draft, web: Web) => void = () => {},
) => draw((draft) => more(draft, preset(draft, { task: { volumes }, container: { mountPoints } })));

const work = { sourceVolume: "work", containerPath: "/work" };

function filesAt(containerPath: string) {
  return (draft: Draft, web: Web) => {
    const efs = draft.add("efs", {}, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs, { containerPath });
  };
}

export const examples: Examples = {
  bad: [
    mounting([], [work]),
    mounting([{ name: "workspace" }], [work, { sourceVolume: "workspace", containerPath: "/space" }]),
    mounting([{ name: "work", host: { sourcePath: "/srv" }, dockerVolumeConfiguration: {} }], [work], ec2Web),
    mounting([{ name: "work" }, { name: "other" }], [work, { sourceVolume: "other", containerPath: "/work/" }]),
    mounting([{ name: "work" }], [work], fargateWeb, filesAt("/work")),
    // Info only: nothing mounts it.
    mounting([{ name: "work" }], []),
  ],
  good: [
    mounting([{ name: "work" }], [work]),
    mounting([{ name: "work" }], [work, { sourceVolume: "work", containerPath: "/tmp" }]),
    mounting([{ name: "work" }], [work], fargateWeb, filesAt("/data")),
  ],
};
