import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const existing = (name: string) => ({ mode: "existing" as const, arn: `arn:aws:iam::123456789012:role/${name}` });

export const examples: Examples = {
  bad: [
    draw((draft) => void fargateWeb(draft, { task: { taskRole: existing("app"), executionRole: existing("app") } })),
  ],
  good: [
    draw(
      (draft) => void fargateWeb(draft, { task: { taskRole: existing("app"), executionRole: existing("execution") } }),
    ),
  ],
};
