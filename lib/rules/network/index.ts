import type { Rule } from "../rule";
import { awsvpcSettings } from "./awsvpc-settings";
import { blockedConnection } from "./blocked-connection";
import { closedDynamicPorts } from "./closed-dynamic-ports";
import { closedHostPort } from "./closed-host-port";
import { closedTaskGroup } from "./closed-task-group";
import { exposedTasks } from "./exposed-tasks";
import { fixedHostPort } from "./fixed-host-port";
import { hostPortMismatch } from "./host-port-mismatch";
import { interfaceLimit } from "./interface-limit";
import { missingZone } from "./missing-zone";
import { noPublicAddress } from "./no-public-address";
import { portClash } from "./port-clash";
import { reservedHostPort } from "./reserved-host-port";
import { singleNat } from "./single-nat";
import { unreachableDependencies } from "./unreachable-dependencies";
import { unusableEndpoint } from "./unusable-endpoint";

/** Networking and security groups (ECS-NET). */
export const network: readonly Rule[] = [
  awsvpcSettings,
  hostPortMismatch,
  portClash,
  fixedHostPort,
  reservedHostPort,
  closedTaskGroup,
  closedDynamicPorts,
  closedHostPort,
  unreachableDependencies,
  noPublicAddress,
  exposedTasks,
  unusableEndpoint,
  blockedConnection,
  singleNat,
  interfaceLimit,
  missingZone,
];
