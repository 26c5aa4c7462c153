import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const none = { executionRole: { mode: "none" as const } };

export const examples: Examples = {
  bad: [
    draw((draft) => void fargateWeb(draft, { task: none })),
    draw((draft) => {
      const web = ec2Web(draft, { task: none });
      draft.connect(web.container, "inject", draft.add("secret", {}, { name: "Key" }), { name: "KEY" });
    }),
  ],
  good: [draw((draft) => void fargateWeb(draft)), draw((draft) => void ec2Web(draft, { task: none }))],
};
