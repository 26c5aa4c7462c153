import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [draw(fargateWeb)],
  good: [
    draw((draft) => {
      const web = fargateWeb(draft, { alb: { deletionProtection: true } });
      const logs = draft.add("s3Bucket", {}, { name: "Access logs" });
      draft.connect(web.alb, "accessLogs", logs);
      draft.add("generic", { type: "AWS::WAFv2::WebACLAssociation" }, { name: "Firewall" });
    }),
  ],
};
