import type { Rule } from "../rule";
import { compatibilities } from "./compatibilities";
import { daemon } from "./daemon";
import { gpu } from "./gpu";
import { launchAndStrategy } from "./launch-and-strategy";
import { needsHost } from "./needs-host";
import { noInstances } from "./no-instances";
import { platform } from "./platform";
import { platformVersion } from "./platform-version";
import { unregisteredInstances } from "./unregistered-instances";

/** Launch type and compute (ECS-COMP). */
export const compute: readonly Rule[] = [
  noInstances,
  unregisteredInstances,
  launchAndStrategy,
  compatibilities,
  needsHost,
  platform,
  daemon,
  gpu,
  platformVersion,
];
