import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const fargate = (container: WebChanges["container"]) =>
  draw((draft) => {
    fargateWeb(draft, container ? { container } : {});
  });

export const examples: Examples = {
  bad: [
    fargate({ cpu: 512 }),
    fargate({ cpu: -1 }),
    fargate({ memoryReservation: 1024 }),
    fargate({ memory: 1024 }),
    // A reservation counts for the sum, but the hard limit has to fit too.
    fargate({ memoryReservation: 256, memory: 1024 }),
    draw((draft) => {
      ec2Web(draft, { task: { cpu: 256, memory: 256 } });
    }),
  ],
  good: [
    fargate({ cpu: 256, memory: 512 }),
    fargate({ memoryReservation: 256, memory: 512 }),
    draw((draft) => {
      ec2Web(draft, { task: { cpu: 256, memory: 512 } });
    }),
  ],
};
