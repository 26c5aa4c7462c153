import type { Rule } from "../rule";
import { balancerAlignment } from "./balancer-alignment";
import { balancerSubnets } from "./balancer-subnets";
import { classicInUse } from "./classic-in-use";
import { classicOnAwsvpc } from "./classic-on-awsvpc";
import { classicWiring } from "./classic-wiring";
import { closedToClients } from "./closed-to-clients";
import { gracePeriod } from "./grace-period";
import { grouplessNetworkBalancer } from "./groupless-network-balancer";
import { hardening } from "./hardening";
import { healthCheck } from "./health-check";
import { listenerCertificate } from "./listener-certificate";
import { listenerSharing } from "./listener-sharing";
import { looseEnds } from "./loose-ends";
import { networkBalancerNeed } from "./network-balancer-need";
import { protocolFit } from "./protocol-fit";
import { schemeFit } from "./scheme-fit";
import { targetGroupCount } from "./target-group-count";
import { targetType } from "./target-type";
import { unencryptedClients } from "./unencrypted-clients";
import { unknownTarget } from "./unknown-target";

/** Load balancing (ECS-LB). */
export const loadBalancing: readonly Rule[] = [
  classicOnAwsvpc,
  classicInUse,
  classicWiring,
  targetType,
  targetGroupCount,
  unknownTarget,
  protocolFit,
  listenerCertificate,
  unencryptedClients,
  closedToClients,
  balancerSubnets,
  schemeFit,
  balancerAlignment,
  networkBalancerNeed,
  healthCheck,
  gracePeriod,
  listenerSharing,
  looseEnds,
  grouplessNetworkBalancer,
  hardening,
];
