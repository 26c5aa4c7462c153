import type { ModelNode } from "../../model/model";
import type { Value } from "../../stack/value";
import {
  albUnits,
  balancerHours,
  capacityUnitHours,
  classicData,
  type NlbProtocol,
  nlbUnits,
} from "../formulas/balancers";
import { internetOut, publicAddresses } from "../formulas/network";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import type { Load } from "../traffic";
import { combine, type Known } from "../usage";
import { priced } from "./cell";

/** One public IPv4 address per zone of an internet-facing load balancer. https://aws.amazon.com/vpc/pricing/ */
function chargeAddresses(ledger: Ledger, scheme: Value | undefined, subnets: Value | undefined): void {
  if (scheme === "internal") return;
  if (!Array.isArray(subnets)) {
    const why = "One address per zone; the subnets are a parameter, so their number is not known.";
    ledger.miss("Public IPv4 address hours", "hours", 0, why);
    return;
  }
  ledger.add(publicAddresses(hoursPerMonth * subnets.length, `${hoursPerMonth} h × ${subnets.length} zones`));
}

/** A figure made of the balancer's load. */
function fromLoad(ledger: Ledger, node: string | undefined, value: (load: Load) => number): Known {
  const load = node === undefined ? undefined : ledger.traffic.of(node);
  if (!load) return { why: "Depends on use." };
  return "why" in load ? load : { value: value(load), assumed: load.assumed };
}

/** What a node sends to the internet: over its edges from the internet where there are some, else by itself. */
function chargeInternet(ledger: Ledger, node: ModelNode | undefined, scheme: Value | undefined): void {
  if (scheme === "internal") return;
  const given = ledger.givenHere("internetGb");
  const onEdges = node?.in.some(({ relation }) => relation === "request") ?? false;
  if (onEdges && !given) return;
  ledger.once("internet", () =>
    ledger.addKnown(given ?? fromLoad(ledger, node?.id, ({ outGb }) => outGb), internetOut),
  );
}

/** Capacity units: the person's, else from the load. */
function units(ledger: Ledger, node: ModelNode | undefined, network: boolean): Known {
  const given = ledger.givenHere("capacityUnits");
  if (given || !node) return given ?? { why: "Depends on use." };
  return combine(
    [
      fromLoad(ledger, node.id, (load) => load.requestsPerSecond),
      fromLoad(ledger, node.id, (load) => (load.inGb + load.outGb) / hoursPerMonth),
      ledger.figure("requestsPerConnection"),
      ledger.figure("connectionSeconds"),
    ],
    (requestsPerSecond, gbPerHour, perConnection, seconds) => {
      const fresh = requestsPerSecond / Math.max(1, perConnection);
      if (network)
        return nlbUnits({
          [protocolOf(node)]: { newFlowsPerSecond: fresh, flowSeconds: seconds, gbPerHour },
        });
      const rules = node.out.filter(({ relation }) => relation === "forward").length;
      return albUnits({
        newConnectionsPerSecond: fresh,
        connectionSeconds: seconds,
        gbPerHour,
        requestsPerSecond,
        rules,
      }).units;
    },
  );
}

/** One assumption stands for all listeners; the first one's protocol decides. */
function protocolOf(node: ModelNode): NlbProtocol {
  const listeners = "listeners" in node.props ? node.props.listeners : [];
  const protocol = listeners[0]?.protocol;
  return protocol === "TLS" ? "tls" : protocol === "UDP" ? "udp" : "tcp";
}

/** ALB and NLB: hours and capacity units. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const loadBalancer = priced<"AWS::ElasticLoadBalancingV2::LoadBalancer">(({ properties, origins }, ledger) => {
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  const network = properties.Type === "network";
  const type = network ? "nlb" : "alb";
  ledger.add(balancerHours(type));
  ledger.addKnown(units(ledger, node, network), (value) => capacityUnitHours(type, value));
  chargeAddresses(ledger, properties.Scheme, properties.Subnets ?? properties.SubnetMappings);
  chargeInternet(ledger, node, properties.Scheme);
});

/** Classic Load Balancer: hours and data. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const classicLoadBalancer = priced<"AWS::ElasticLoadBalancing::LoadBalancer">(
  ({ properties, origins }, ledger) => {
    const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
    ledger.add(balancerHours("clb"));
    const through = ledger.givenHere("processedGb") ?? fromLoad(ledger, node?.id, ({ inGb, outGb }) => inGb + outGb);
    ledger.addKnown(through, classicData);
    chargeAddresses(ledger, properties.Scheme, properties.Subnets);
    chargeInternet(ledger, node, properties.Scheme);
  },
);
