import type { Rule } from "../rule";
import { blockedConnection } from "./blocked-connection";
import { closedDynamicPorts } from "./closed-dynamic-ports";
import { closedHostPort } from "./closed-host-port";
import { closedTaskGroup } from "./closed-task-group";
import { noPublicAddress } from "./no-public-address";
import { unreachableDependencies } from "./unreachable-dependencies";

/** Networking and security groups (ECS-NET). */
export const network: readonly Rule[] = [
  closedTaskGroup,
  closedDynamicPorts,
  closedHostPort,
  unreachableDependencies,
  noPublicAddress,
  blockedConnection,
];
