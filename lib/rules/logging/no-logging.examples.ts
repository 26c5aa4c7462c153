import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => void fargateWeb(draft, { container: { logConfiguration: null } })),
    draw((draft) => void ec2Web(draft, { container: { logConfiguration: null } })),
  ],
  good: [draw((draft) => void fargateWeb(draft))],
};
