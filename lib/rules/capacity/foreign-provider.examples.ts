import { type Draft, draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

/** A second cluster, with instances that the first one's service wants too. */
const neighbour = (draft: Draft) => {
  const web = ec2Web(draft);
  const cluster = draft.add("cluster", {}, { name: "Neighbour", parent: web.vpc });
  const provider = draft.add("asgCapacityProvider", { minSize: 2 }, { name: "Their instances", parent: cluster });
  draft.connect(web.service, "useCapacity", provider);
};

export const examples: Examples = {
  bad: [
    draw(neighbour),
    draw((draft) => {
      const web = ec2Web(draft);
      const provider = draft.add("asgCapacityProvider", { minSize: 2 }, { name: "Loose instances" });
      draft.connect(web.service, "useCapacity", provider);
    }),
  ],
  good: [draw(ec2Web)],
};
