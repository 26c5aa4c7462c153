import type * as z from "zod";
import type { InputOf } from "../../catalog";
import type { relations } from "../../catalog/relations";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const mounted = (
  props: z.input<(typeof relations)["mount"]["props"]>,
  taskRole?: InputOf<"taskDefinition">["taskRole"],
) =>
  draw((draft) => {
    const web = fargateWeb(draft, taskRole ? { task: { taskRole } } : {});
    const efs = draft.add("efs", {}, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs, props);
  });

const accessPoint = { path: "/app" };

export const examples: Examples = {
  bad: [
    mounted({ transitEncryption: "DISABLED" }),
    mounted({ iam: false, accessPoint, transitEncryption: "DISABLED" }),
    mounted({ accessPoint, rootDirectory: "/data" }),
  ],
  good: [
    mounted({}),
    mounted({ accessPoint, rootDirectory: "/" }),
    mounted({ rootDirectory: "/data" }),
    mounted({ iam: false }, { mode: "none" }),
  ],
};
