import type { Sourced } from "./docs";
import type { Os } from "./fargate-sizes";

export const cpuArchitectures = ["X86_64", "ARM64"] as const;
export type CpuArchitecture = (typeof cpuArchitectures)[number];

export const operatingSystemFamilies = [
  "LINUX",
  "WINDOWS_SERVER_2025_CORE",
  "WINDOWS_SERVER_2025_FULL",
  "WINDOWS_SERVER_2022_CORE",
  "WINDOWS_SERVER_2022_FULL",
  "WINDOWS_SERVER_2019_CORE",
  "WINDOWS_SERVER_2019_FULL",
  "WINDOWS_SERVER_2016_FULL",
  "WINDOWS_SERVER_20H2_CORE",
  "WINDOWS_SERVER_2004_CORE",
] as const;
export type OperatingSystemFamily = (typeof operatingSystemFamilies)[number];

/** What `runtimePlatform` accepts. */
export const runtimePlatforms: Sourced & {
  readonly cpuArchitectures: readonly CpuArchitecture[];
  readonly operatingSystemFamilies: readonly OperatingSystemFamily[];
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html",
  asOf: "2026-05",
  cpuArchitectures,
  operatingSystemFamilies,
};

/** Linux or Windows, from `operatingSystemFamily`; unset means Linux, as ECS takes it. */
export const osOf = (family: string | undefined): Os => (family?.startsWith("WINDOWS") ? "windows" : "linux");
