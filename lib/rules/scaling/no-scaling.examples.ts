import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { service: { desiredCount: 4 } });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { service: { desiredCount: 4, autoScaling: { minCapacity: 4, maxCapacity: 12 } } });
    }),
  ],
  unknowable: [
    draw((draft) => {
      const web = fargateWeb(draft, { service: { desiredCount: 4 } });
      const target = draft.add("generic", { type: "AWS::ApplicationAutoScaling::ScalableTarget" });
      draft.connect(target, "reference", web.service, { pointer: "/ResourceId", attribute: "Name" });
    }),
  ],
};
