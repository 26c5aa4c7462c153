import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { service: { desiredCount: 1 } });
    }),
  ],
  good: [
    draw(fargateWeb),
    // Nobody waits for a service that stands behind nothing.
    draw((draft) => {
      const web = fargateWeb(draft, { service: { desiredCount: 1 } });
      delete draft.document.edges[web.forward];
    }),
  ],
};
