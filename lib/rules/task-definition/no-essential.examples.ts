import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { container: { essential: false } });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { container: { essential: true } });
    }),
  ],
};
