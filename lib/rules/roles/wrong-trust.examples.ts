import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const trusting = (trusts?: string) =>
  draw((draft) => void fargateWeb(draft, { task: { taskRole: { mode: "own", ...(trusts ? { trusts } : {}) } } }));

export const examples: Examples = {
  bad: [trusting("ec2.amazonaws.com"), trusting("ecs.amazonaws.com")],
  good: [trusting(), trusting("ecs-tasks.amazonaws.com")],
};
