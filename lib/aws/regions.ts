import { own } from "../core/json";
import type { Sourced } from "./docs";

/** Regions by code, with the names of the AWS console: those that have prices in the bundled snapshot. */
export const regions = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "sa-east-1": "South America (Sao Paulo)",
  "eu-west-1": "Europe (Ireland)",
  "eu-west-2": "Europe (London)",
  "eu-west-3": "Europe (Paris)",
  "eu-central-1": "Europe (Frankfurt)",
  "eu-central-2": "Europe (Zurich)",
  "eu-north-1": "Europe (Stockholm)",
  "eu-south-1": "Europe (Milan)",
  "eu-south-2": "Europe (Spain)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-northeast-2": "Asia Pacific (Seoul)",
  "ap-northeast-3": "Asia Pacific (Osaka)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "ap-southeast-3": "Asia Pacific (Jakarta)",
  "ap-southeast-4": "Asia Pacific (Melbourne)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-south-2": "Asia Pacific (Hyderabad)",
  "ap-east-1": "Asia Pacific (Hong Kong)",
  "me-south-1": "Middle East (Bahrain)",
  "me-central-1": "Middle East (UAE)",
  "af-south-1": "Africa (Cape Town)",
  "il-central-1": "Israel (Tel Aviv)",
} as const satisfies Record<string, string>;
export type RegionCode = keyof typeof regions;

export const regionSource: Sourced = {
  source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
  asOf: "2026-11",
};

/** The codes in the order of the table: America, Europe, Asia Pacific, Middle East and Africa. */
export const regionCodes: readonly RegionCode[] = Object.keys(regions) as RegionCode[];

/** True for a Region of the table; AWS has others (China, GovCloud, a few newer ones), without prices here. */
export const isRegion = (code: string): code is RegionCode => Object.hasOwn(regions, code);

/** "Europe (Ireland)"; the code itself for a Region outside the table. */
export const regionName = (code: string): string => own<string>(regions, code) ?? code;

/** Regions in which accounts of some age and newer see two zones, so that a third cannot be selected. */
const twoZonesForNewAccounts: readonly RegionCode[] = ["us-west-1"];

export const zonesSource: Sourced = {
  source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
  asOf: "2026-11",
};

/** True where not every account has three zones; AWS does not say from which age of account on. */
export const maySeeTwoZones = (region: string): boolean =>
  (twoZonesForNewAccounts as readonly string[]).includes(region);
