import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

const needing = (memoryReservation: number, cpu?: number, instanceType = "t3.medium") =>
  draw((draft) => {
    ec2Web(draft, {
      container: { memoryReservation, memory: memoryReservation * 2, ...(cpu === undefined ? {} : { cpu }) },
      capacity: { instanceType },
    });
  });

export const examples: Examples = {
  bad: [
    // A t3.medium has 2 vCPU and 4 GiB.
    needing(5000),
    needing(4096),
    needing(512, 4096),
    draw((draft) => {
      ec2Web(draft, { task: { cpu: 64, memory: 512 } });
    }),
  ],
  good: [needing(2048, 2048), needing(5000, 512, "t3.large")],
  unknowable: [needing(5000, 512, "z99.large")],
};
