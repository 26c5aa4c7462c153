import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const behind = (props: InputOf<"nlb">) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const nlb = draft.add("nlb", { ...props, statedNeed: "Fixed addresses" }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    draft.connect(nlb, "forward", web.service);
  });

export const examples: Examples = {
  bad: [behind({ withSecurityGroup: false })],
  good: [behind({}), draw(fargateWeb)],
};
