import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const windows = "WINDOWS_SERVER_2022_CORE";
const linuxOnly = { readonlyRootFilesystem: undefined };

const instances = (capacity: InputOf<"asgCapacityProvider">) => draw((draft) => void ec2Web(draft, { capacity }));

export const examples: Examples = {
  bad: [
    instances({ instanceType: "large" }),
    instances({ instanceType: "" }),
    instances({ instanceType: "t4g.medium" }),
    instances({ ami: "al2023-arm64" }),
    instances({ ami: "custom", customImageId: "my-image" }),
    instances({ rootVolumeGiB: 20 }),
    instances({ ami: "custom", rootVolumeGiB: 0 }),
    instances({ rootVolumeGiB: 20_000 }),
    draw((draft) => {
      fargateWeb(draft, {
        task: { cpu: 1024, memory: 2048, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2016_FULL" } },
        container: linuxOnly,
      });
    }),
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
      ec2Web(draft, { capacity: { instanceType: "m5.metal", rootVolumeGiB: 8, ami: "custom" } });
    }),
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
