import type { Rule } from "../rule";
import { circularDependency } from "./circular-dependency";
import { exec } from "./exec";
import { impossibleCondition } from "./impossible-condition";
import { movingTag } from "./moving-tag";
import { noImage } from "./no-image";
import { outOfPlace } from "./out-of-place";
import { ownRegistry } from "./own-registry";
import { privileged } from "./privileged";
import { registryLogin } from "./registry-login";
import { timings } from "./timings";
import { writableRoot } from "./writable-root";

/** Containers and images (ECS-CON). */
export const container: readonly Rule[] = [
  noImage,
  registryLogin,
  ownRegistry,
  movingTag,
  impossibleCondition,
  circularDependency,
  timings,
  privileged,
  writableRoot,
  exec,
  outOfPlace,
];
