import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const ec2 = (container: WebChanges["container"], task: WebChanges["task"] = {}) =>
  draw((draft) => {
    ec2Web(draft, { ...(container ? { container } : {}), task });
  });

export const examples: Examples = {
  bad: [
    ec2({ memory: undefined, memoryReservation: undefined }),
    ec2({ memory: 128, memoryReservation: 256 }),
    ec2({ memory: 256, memoryReservation: 256 }),
    ec2({ memory: 4, memoryReservation: undefined }),
    ec2({ memory: 0, memoryReservation: undefined }),
    ec2({ memory: undefined, memoryReservation: -256 }),
    draw((draft) => {
      fargateWeb(draft, { container: { memory: 512, memoryReservation: 512 } });
    }),
  ],
  good: [
    ec2({ memory: 512, memoryReservation: undefined }),
    ec2({ memory: undefined, memoryReservation: 256 }),
    ec2({ memory: undefined, memoryReservation: undefined }, { memory: 512 }),
    draw(fargateWeb),
  ],
};
