import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const files = (efsProps: InputOf<"efs">, mount: { transitEncryption?: "DISABLED"; iam?: boolean } = {}) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const efs = draft.add("efs", efsProps, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs, mount);
  });

export const examples: Examples = {
  bad: [
    files({}, { transitEncryption: "DISABLED", iam: false }),
    files({ encrypted: false }),
    files({ backup: false }),
  ],
  good: [files({}), files({}, { iam: false })],
};
