import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

/** Small tasks with their own interface on at most two instances. */
const web = (instanceType: string, desiredCount: number, networkMode: "awsvpc" | "bridge" = "awsvpc") =>
  draw((draft) =>
    ec2Web(draft, {
      service: { desiredCount },
      task: { networkMode },
      capacity: { instanceType, minSize: 1, maxSize: 2 },
    }),
  );

export const examples: Examples = {
  // A t3.large has three interfaces, so two tasks fit on each.
  bad: [web("t3.large", 5)],
  good: [web("t3.large", 4), web("t3.large", 5, "bridge")],
  unknowable: [web("m5.large", 5), web("t9.huge", 5)],
};
