import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const sized = (cpu: number, memory: number, os?: string) =>
  draw((draft) => {
    fargateWeb(draft, {
      task: { cpu, memory, ...(os ? { runtimePlatform: { operatingSystemFamily: os } } : {}) },
      ...(os ? { container: { readonlyRootFilesystem: undefined } } : {}),
    });
  });

export const examples: Examples = {
  bad: [
    sized(256, 4096),
    sized(1024, 1024),
    sized(4096, 32768),
    sized(300, 512),
    sized(256, 1000),
    sized(512, 1024, "WINDOWS_SERVER_2022_CORE"),
    // Listed by a public tool only: a warning.
    sized(32768, 61440),
    // Nothing runs it on Fargate, but it is declared for it.
    draw((draft) => {
      ec2Web(draft, {
        task: { cpu: 256, memory: 1000, networkMode: "awsvpc", requiresCompatibilities: ["EC2", "FARGATE"] },
      });
    }),
  ],
  good: [
    sized(256, 512),
    sized(4096, 30720),
    sized(16384, 122880),
    sized(1024, 2048, "WINDOWS_SERVER_2022_CORE"),
    draw((draft) => {
      ec2Web(draft, { task: { cpu: 300, memory: 1000 } });
    }),
  ],
};
