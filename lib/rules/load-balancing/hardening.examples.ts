import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const hardened = (bucket: InputOf<"s3Bucket">) =>
  draw((draft) => {
    const web = fargateWeb(draft, { alb: { deletionProtection: true } });
    const logs = draft.add("s3Bucket", bucket, { name: "Access logs" });
    draft.connect(web.alb, "accessLogs", logs);
    draft.add("generic", { type: "AWS::WAFv2::WebACLAssociation" }, { name: "Firewall" });
  });

export const examples: Examples = {
  bad: [draw(fargateWeb), hardened({ encryption: "SSE-KMS" })],
  good: [hardened({})],
};
