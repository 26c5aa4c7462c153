import type { Rule } from "../rule";
import { balancerSubnets } from "./balancer-subnets";
import { classicInUse } from "./classic-in-use";
import { closedToClients } from "./closed-to-clients";
import { gracePeriod } from "./grace-period";
import { grouplessNetworkBalancer } from "./groupless-network-balancer";
import { hardening } from "./hardening";
import { healthCheck } from "./health-check";
import { listenerCertificate } from "./listener-certificate";
import { listenerSharing } from "./listener-sharing";
import { looseEnds } from "./loose-ends";
import { networkBalancerNeed } from "./network-balancer-need";
import { targetType } from "./target-type";
import { unencryptedClients } from "./unencrypted-clients";
import { unknownTarget } from "./unknown-target";

/** Load balancing (ECS-LB). */
export const loadBalancing: readonly Rule[] = [
  classicInUse,
  targetType,
  unknownTarget,
  listenerCertificate,
  unencryptedClients,
  closedToClients,
  balancerSubnets,
  networkBalancerNeed,
  healthCheck,
  gracePeriod,
  listenerSharing,
  looseEnds,
  grouplessNetworkBalancer,
  hardening,
];
