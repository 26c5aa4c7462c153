import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const using = (relation: "mount" | "access" | "environmentFile") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const bucket = draft.add("s3Bucket", {}, { name: "Pictures" });
    draft.connect(web.container, relation, bucket);
  });

export const examples: Examples = {
  bad: [using("mount")],
  good: [using("access"), using("environmentFile")],
};
