import { foreignProvider } from "./capacity/foreign-provider";
import { mixedStrategy } from "./capacity/mixed-strategy";
import { instancesOnFargate } from "./compute/instances-on-fargate";
import { targetCount } from "./events/target-count";
import { acrossNetworks } from "./graph/across-networks";
import { balancerAlignment } from "./load-balancing/balancer-alignment";
import { classicOnAwsvpc } from "./load-balancing/classic-on-awsvpc";
import { classicWiring } from "./load-balancing/classic-wiring";
import { protocolFit } from "./load-balancing/protocol-fit";
import { schemeFit } from "./load-balancing/scheme-fit";
import { targetGroupCount } from "./load-balancing/target-group-count";
import { noNetwork } from "./network/no-network";
import type { Rule } from "./rule";
import { efsPlatform } from "./storage/efs-platform";
import { efsUnreachable } from "./storage/efs-unreachable";

/**
 * The rules that refuse connections because of settings; of two that refuse the same one the first speaks. They stand
 * apart from their topics because a drag asks them alone, so that drawing works before all the others are there.
 */
export const refusing: readonly Rule[] = [
  instancesOnFargate,
  noNetwork,
  classicOnAwsvpc,
  classicWiring,
  targetGroupCount,
  protocolFit,
  schemeFit,
  balancerAlignment,
  efsUnreachable,
  efsPlatform,
  mixedStrategy,
  foreignProvider,
  targetCount,
  acrossNetworks,
];
