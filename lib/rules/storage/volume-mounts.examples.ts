import type * as z from "zod";
import type { InputOf } from "../../catalog";
import type { relations } from "../../catalog/relations";
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

type Tmpfs = { containerPath: string; size: number };
const scratch = (tmpfs: Tmpfs) =>
  draw((draft) => void fargateWeb(draft, { container: { linuxParameters: { tmpfs: [tmpfs] } } }));

type Mount = z.input<(typeof relations)["mount"]["props"]>;
function filesAt(containerPath: string, more: Mount = {}) {
  return (draft: Draft, web: Web) => {
    const efs = draft.add("efs", {}, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs, { containerPath, ...more });
  };
}

export const examples: Examples = {
  bad: [
    mounting([], [work]),
    mounting([{ name: "workspace" }], [work, { sourceVolume: "workspace", containerPath: "/space" }]),
    mounting([{ name: "work", host: { sourcePath: "/srv" }, dockerVolumeConfiguration: {} }], [work], ec2Web),
    mounting([{ name: "work" }, { name: "other" }], [work, { sourceVolume: "other", containerPath: "/work/" }]),
    mounting([{ name: "work" }], [work], fargateWeb, filesAt("/work")),
    mounting([{ name: "work" }], [{ sourceVolume: "work", containerPath: "work" }]),
    mounting([], [], fargateWeb, filesAt("")),
    mounting([], [], fargateWeb, filesAt("/data", { accessPoint: { path: "app" } })),
    mounting([], [], fargateWeb, filesAt("/data", { accessPoint: { path: "/a/b/c/d/e" } })),
    mounting([], [], fargateWeb, filesAt("/data", { accessPoint: { path: "/app", uid: -1 } })),
    mounting([], [], fargateWeb, filesAt("/data", { rootDirectory: "app" })),
    scratch({ containerPath: "tmp", size: 64 }),
    scratch({ containerPath: "/tmp", size: 0 }),
    // Info only: nothing mounts it.
    mounting([{ name: "work" }], []),
  ],
  good: [
    scratch({ containerPath: "/tmp", size: 64 }),
    mounting([], [], fargateWeb, filesAt("/data", { accessPoint: { path: "/", uid: 0, gid: 0 } })),
    mounting([], [], fargateWeb, filesAt("/data", { rootDirectory: "/app" })),
    mounting([{ name: "work" }], [work]),
    mounting([{ name: "work" }], [work, { sourceVolume: "work", containerPath: "/tmp" }]),
    mounting([{ name: "work" }], [work], fargateWeb, filesAt("/data")),
  ],
};
