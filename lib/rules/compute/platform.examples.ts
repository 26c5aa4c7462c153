import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const windows = "WINDOWS_SERVER_2022_CORE";
const linuxOnly = { readonlyRootFilesystem: undefined };

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, {
        task: {
          cpu: 1024,
          memory: 2048,
          runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: windows },
        },
        container: linuxOnly,
      });
    }),
    draw((draft) => {
      fargateWeb(draft, { task: { runtimePlatform: { operatingSystemFamily: "SOLARIS" } } });
    }),
    draw((draft) => {
      ec2Web(draft, { task: { runtimePlatform: { cpuArchitecture: "ARM64" } } });
    }),
    draw((draft) => {
      ec2Web(draft, { capacity: { instanceType: "t4g.medium", ami: "al2023-arm64" } });
    }),
    draw((draft) => {
      ec2Web(draft, {
        task: { networkMode: undefined, runtimePlatform: { operatingSystemFamily: windows } },
        container: linuxOnly,
      });
    }),
  ],
  good: [
    draw((draft) => {
      fargateWeb(draft, {
        task: { cpu: 1024, memory: 2048, runtimePlatform: { operatingSystemFamily: windows } },
        container: linuxOnly,
      });
    }),
    draw((draft) => {
      fargateWeb(draft, { task: { runtimePlatform: { cpuArchitecture: "ARM64" } } });
    }),
    draw((draft) => {
      ec2Web(draft, {
        task: { runtimePlatform: { cpuArchitecture: "ARM64" } },
        capacity: { instanceType: "t4g.medium", ami: "al2023-arm64" },
      });
    }),
  ],
  unknowable: [
    // A type newer than the table.
    draw((draft) => {
      ec2Web(draft, {
        task: { runtimePlatform: { cpuArchitecture: "ARM64" } },
        capacity: { instanceType: "z99.large", ami: "custom", customImageId: "ami-0123456789abcdef0" },
      });
    }),
    draw((draft) => {
      ec2Web(draft, {
        task: { networkMode: undefined, runtimePlatform: { operatingSystemFamily: windows } },
        container: linuxOnly,
        capacity: { ami: "custom", customImageId: "ami-0123456789abcdef0" },
      });
    }),
  ],
};
