import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const counting = (service: InputOf<"service">, preset: (draft: Draft, change: object) => unknown = fargateWeb) =>
  draw((draft) => {
    preset(draft, { service });
  });

export const examples: Examples = {
  bad: [
    counting({ desiredCount: undefined }),
    counting({ desiredCount: -1 }),
    counting({ desiredCount: 5001 }),
    counting({ schedulingStrategy: "DAEMON", desiredCount: 2 }, ec2Web),
  ],
  good: [
    counting({ desiredCount: 0 }),
    counting({ desiredCount: 5000 }),
    counting({ schedulingStrategy: "DAEMON", desiredCount: undefined }, ec2Web),
  ],
};
