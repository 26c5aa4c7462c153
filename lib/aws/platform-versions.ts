import type { Sourced } from "./docs";
import type { Os } from "./fargate-sizes";

/** Features of Fargate that need a minimum platform version. */
export const platformFeatures = {
  efs: { label: "an EFS volume", linux: "1.4.0" },
  "s3-files": { label: "an S3 Files volume", linux: "1.4.0", unverified: true },
  ebs: { label: "an EBS volume", linux: "1.4.0", unverified: true },
  ephemeralStorage: { label: "ephemeral storage above 20 GiB", linux: "1.4.0" },
  pidMode: { label: "pidMode", linux: "1.4.0" },
  systemControls: { label: "systemControls", linux: "1.4.0" },
  serviceConnect: { label: "Service Connect", linux: "1.4.0" },
  executeCommand: { label: "ECS Exec", linux: "1.4.0", windows: "1.0.0" },
  environmentFiles: { label: "environment files", linux: "1.4.0", windows: "1.0.0" },
  udpBehindNlb: { label: "UDP behind a Network Load Balancer", linux: "1.4.0", windows: "1.0.0" },
  largeTask: { label: "8 or 16 vCPU", linux: "1.4.0" },
  spotArm64: { label: "Fargate Spot on ARM64", linux: "1.4.0" },
  spotX86: { label: "Fargate Spot", linux: "1.3.0" },
  dependsOn: { label: "dependsOn", linux: "1.3.0", windows: "1.0.0" },
  containerTimeouts: { label: "start and stop timeouts", linux: "1.3.0", windows: "1.0.0" },
} as const satisfies Record<string, { label: string; linux: string; windows?: string; unverified?: true }>;
export type PlatformFeature = keyof typeof platformFeatures;

export const platformVersions: Sourced & {
  readonly linux: readonly string[];
  readonly windows: readonly string[];
  /** What LATEST resolves to. */
  readonly latest: { readonly [O in Os]: string };
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform_versions.html",
  asOf: "2026-05",
  linux: ["1.4.0", "1.3.0"],
  windows: ["1.0.0"],
  latest: { linux: "1.4.0", windows: "1.0.0" },
};

/** The platform version a feature needs on an operating system; null when Windows has no such feature. */
export function minimumPlatformVersion(feature: PlatformFeature, os: Os): string | null {
  const row: { linux: string; windows?: string } = platformFeatures[feature];
  return os === "linux" ? row.linux : (row.windows ?? null);
}

/**
 * Whether a pinned version is below what a feature needs. Unset and LATEST never are, and neither is a text that is
 * not a version (that is another defect), nor a feature that the operating system does not have at all.
 */
export function isBelowMinimum(version: string | undefined, feature: PlatformFeature, os: Os): boolean {
  const minimum = minimumPlatformVersion(feature, os);
  if (version === undefined || minimum === null) return false;
  const have = numbers(version);
  const want = numbers(minimum);
  if (!have || !want) return false;
  for (const [index, wanted] of want.entries()) {
    const got = have[index] ?? 0;
    if (got !== wanted) return got < wanted;
  }
  return false;
}

const numbers = (version: string): readonly number[] | null =>
  /^\d{1,6}(\.\d{1,6}){0,2}$/.test(version) ? version.split(".").map(Number) : null;
