import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      const { internet, service } = fargateWeb(draft);
      draft.connect(internet, "request", service);
    }),
    draw((draft) => {
      const { internet, cluster, task } = fargateWeb(draft);
      const other = draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name: "Shop", parent: cluster });
      draft.connect(other, "run", task);
      draft.connect(internet, "forward", other);
    }),
    draw((draft) => {
      const { internet, task } = fargateWeb(draft);
      draft.connect(internet, "request", task);
    }),
    draw((draft) => {
      const { internet, vpc, container } = fargateWeb(draft);
      const files = draft.add("efs", {}, { name: "Files", parent: vpc });
      draft.connect(container, "mount", files);
      draft.connect(internet, "request", files);
    }),
  ],
  good: [draw(fargateWeb)],
};
