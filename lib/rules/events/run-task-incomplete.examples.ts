import { draw } from "../../testing/draw";
import { nightly } from "../../testing/nightly";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      nightly(draft, { run: { cluster: undefined } });
      draft.add("cluster", {}, { name: "Other" });
      for (const node of Object.values(draft.document.nodes))
        if (node.kind === "taskDefinition") Reflect.deleteProperty(node, "parent");
    }),
    draw((draft) => void nightly(draft, { run: { taskCount: 11 } })),
    draw((draft) => void nightly(draft, { run: { taskCount: 0 } })),
  ],
  good: [
    draw((draft) => void nightly(draft)),
    draw((draft) => void nightly(draft, { run: { taskCount: 10, tier: "public", assignPublicIp: true } })),
  ],
};
